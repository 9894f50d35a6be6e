"""The judgments of `training/data/reader`: whether the sentences that come first answer a question.

A file names its documents as the others of `training/data` do (`training/written.py`). Below them a question
a line: its language, its style, the question, and the sentences that were judged as
`document:start-end:label`, with `:start-end` of the words that answer behind it where a run of words does.
Documents are counted from 0, offsets in code points of the document. The first four at most are those that
the program put up first, in its order; one with `+` before it answers too, but did not come first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.records import Document
from training.written import files

FOR_READER = Path(__file__).parent / "data" / "reader"
ACCENTS, NO_ACCENTS, CHAT, OTHER = STYLES = ("accents", "no accents", "chat", "other language")
"""How a question is typed; all but the last are Vietnamese."""


class Label(StrEnum):
    """Whether a sentence answers."""

    YES = "yes"
    """To somebody who knows the question, on its own."""
    LEAN = "lean"
    """Together with the sentence before."""
    FAR = "far"
    """Together with the title or what stands further up."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, and whether it answers.

    Attributes:
        start: Code-point offset of the sentence in the document.
        end: Where it ends.
        words: Code-point range in the document of the words that answer; None where no run of words does.
        first: Whether it was among the first four.
    """

    document: Document
    start: int
    end: int
    label: Label
    words: tuple[int, int] | None
    first: bool


@dataclass(frozen=True, slots=True)
class Judgment:
    """A question and the sentences that were judged."""

    language: str
    style: str
    question: str
    sentences: tuple[Judged, ...]


_SENTENCE = re.compile(r"(\+?)(\d+):(\d+)-(\d+):(yes|lean|far|no)(?::(\d+)-(\d+))?")


def judgments(folder: Path, data: Path = FOR_READER) -> Iterator[Judgment]:
    """Yield the questions of the files in `data` with what was judged.

    Raises:
        ValueError: A document is not in the corpora, or a line is not as described above.

    """
    for name, documents, lines in files(folder, data):
        for number, line in enumerate(lines, 2):
            try:
                language, style, question, sentences = line.split("\t")
                judged = tuple(_judged(each, documents) for each in sentences.split(","))
            except (ValueError, IndexError) as error:
                raise ValueError(f"{name}, line {number}: {error}") from error
            yield Judgment(language, style, question, judged)


def _judged(text: str, documents: tuple[Document, ...]) -> Judged:
    if not (match := _SENTENCE.fullmatch(text)):
        raise ValueError(f"not a judged sentence: {text!r}")
    plus, document, start, end, label, first_word, last_word = match.groups()
    words = (int(first_word), int(last_word)) if first_word else None
    return Judged(documents[int(document)], int(start), int(end), Label(label), words, not plus)
