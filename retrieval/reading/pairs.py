"""A question and a sentence in its context as one row of pieces: what the reader's network is given.

`<s> question </s> title </s> sentence before </s> sentence </s>`, each part cut to its length, with two marks
a piece: the part it belongs to, and whether its word also stands on the other side.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.encoders.model_files import Pieces, Vocabulary
from index.text.terms import UNSPACED, fold

Ints = npt.NDArray[np.int32]

QUESTION, TITLE, BEFORE, SENTENCE = range(4)
"""The parts of a row; `PARTS` is how many there are."""
PARTS = 4
APART, FOLDED, EXACT = range(3)
"""Whether the word of a piece stands on the other side: not, without its accents, as it is."""
MATCHES = 3
LONGEST = (40, 14, 28, 96)
"""Pieces of each part at most; of the sentence before, the last ones."""
START, END = 0, 2
"""Ids of `<s>` and `</s>`."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(f"[{UNSPACED}]")


class Passage(NamedTuple):
    """A sentence and what stands around it.

    Attributes:
        title: The nearest heading above the sentence and the document's title; empty where it has neither.
        before: The sentence before; empty at the start of a document.
        text: The sentence.
    """

    title: str
    before: str
    text: str


class Pair(NamedTuple):
    """One pair in pieces.

    Attributes:
        ids: Vocabulary ids, int32 (n,).
        parts: Part of each piece, int32 (n,).
        matches: Match of each piece with the other side, int32 (n,).
        first: Place of the sentence's first piece.
        offsets: Code points of the sentence that each of its pieces stands for.
    """

    ids: Ints
    parts: Ints
    matches: Ints
    first: int
    offsets: tuple[tuple[int, int], ...]


def rows(vocabulary: Vocabulary, question: str, passages: Sequence[Passage]) -> list[Pair]:
    """Return a row for each passage."""
    texts = [question, *(text for passage in passages for text in passage)]
    encoded = vocabulary.pieces(texts)
    asked, others = encoded[0], encoded[1:]
    asked_words = _Side.of([question], [asked])
    found = []
    for number in range(len(passages)):
        parts = others[3 * number : 3 * number + 3]
        there = _Side.of(passages[number], parts)
        found.append(_row(question, asked, asked_words, passages[number], parts, there))
    return found


def question_rows(vocabulary: Vocabulary, questions: Sequence[str]) -> list[Ints]:
    """Return the ids of each question alone, int32: its pieces, cut to their length, between the marks."""
    return [
        np.array([START, *each.ids[: LONGEST[QUESTION]], END], dtype=np.int32)
        for each in vocabulary.pieces(list(questions))
    ]


class _Side(NamedTuple):
    """The words of one side, and for scripts without spaces its pieces."""

    exact: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[str], encoded: Sequence[Pieces]) -> "_Side":
        words = {word for text in texts for word in _WORD.findall(text.lower())}
        for text, each in zip(texts, encoded, strict=True):
            words |= {piece for start, end in each.offsets if _UNSPACED.search(piece := text[start:end])}
        return cls(frozenset(words), frozenset(map(fold, words)))

    def match(self, word: str) -> int:
        if word in self.exact:
            return EXACT
        return FOLDED if fold(word) in self.folded else APART


def _row(
    question: str,
    asked: Pieces,
    asked_words: _Side,
    passage: Passage,
    parts: Sequence[Pieces],
    there: _Side,
) -> Pair:
    ids, kinds, matches = [START], [QUESTION], [APART]
    first: int = 0
    offsets: tuple[tuple[int, int], ...] = ()
    sides = [(question, asked, there), *((t, e, asked_words) for t, e in zip(passage, parts, strict=True))]
    for part, (text, encoding, other) in enumerate(sides):
        kept = slice(-LONGEST[part], None) if part == BEFORE else slice(LONGEST[part])
        if part == SENTENCE:
            first, offsets = len(ids), tuple(encoding.offsets[kept])
        ids += [*encoding.ids[kept], END]
        matches += [*_matches(text, encoding.offsets[kept], other), APART]
        kinds += [part] * (len(ids) - len(kinds))
    arrays = [np.array(each, dtype=np.int32) for each in (ids, kinds, matches)]
    return Pair(arrays[0], arrays[1], arrays[2], first, offsets)


def _matches(text: str, offsets: Sequence[tuple[int, int]], other: _Side) -> list[int]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that becomes two when lowered, as İ
        lowered = text
    spans = [(found.start(), found.end(), other.match(found.group())) for found in _WORD.finditer(lowered)]
    result, place = [], 0
    for start, end in offsets:
        piece = lowered[start:end]
        if _UNSPACED.search(piece):
            result.append(other.match(piece))
            continue
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        inside = place < len(spans) and spans[place][0] < end
        result.append(spans[place][2] if inside else APART)
    return result
