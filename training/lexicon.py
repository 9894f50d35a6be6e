"""Finds which known words the teacher holds most like words of other languages, and puts these there."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training import corpora
from training.other_words import script

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
NEAREST = 6
"""Known words that tell where an unknown one belongs."""
SHARPNESS = 25.0
ANCHORS = 7_500
"""Words of Vietnamese, and as many of English, that others are looked for among."""
UNLIKE, ALIKE = 0.05, 0.3
"""Up to the one words have nothing to do with each other, from the other they translate each other."""
_BATCH = 1000
_BORDER = "▁"
_LANGUAGES = {
    "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "DEVANAGARI": "hi", "THAI": "th", "HANGUL": "ko",
}  # fmt: skip
_UKRAINIAN = frozenset("іїєґ")


class Neighbours(NamedTuple):
    """The known words most like each unknown one, best first.

    Attributes:
        numbers: int64 (unknown, NEAREST), rows of the known words.
        alike: float32 (unknown, NEAREST), cosines less what either word is like everything around it.
    """

    numbers: Ints
    alike: Floats


def neighbours(unknown: Floats, groups: Ints, known: Floats, known_groups: Ints) -> Neighbours:
    """Compare the teacher's vectors of words.

    The mean of its group is taken from each, since a language or script has a direction of its own; and a
    word that is like everything is like nothing ("CSLS", Lample et al. 2018).

    Args:
        unknown: Unit vectors, float32 (unknown, width).
        groups: int64 (unknown,), the script of each.
        known: Unit vectors, float32 (known, width).
        known_groups: int64 (known,), the language of each.
    """
    unknown, known = _centred(unknown, groups), _centred(known, known_groups)
    crowd = np.zeros(len(known), dtype=np.float32)
    sample = unknown[:: max(1, len(unknown) // 4000)]
    for start in range(0, len(known), _BATCH):
        cosines = known[start : start + _BATCH] @ sample.T
        crowd[start : start + _BATCH] = np.partition(cosines, -10, axis=1)[:, -10:].mean(axis=1)
    numbers = np.empty((len(unknown), NEAREST), dtype=np.int64)
    alike = np.empty((len(unknown), NEAREST), dtype=np.float32)
    for start in range(0, len(unknown), _BATCH):
        cosines = unknown[start : start + _BATCH] @ known.T
        around = np.partition(cosines, -10, axis=1)[:, -10:].mean(axis=1, keepdims=True)
        scores = 2 * cosines - crowd - around
        some = np.argpartition(-scores, NEAREST, axis=1)[:, :NEAREST]
        order = np.argsort(-np.take_along_axis(scores, some, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(some, order, axis=1)
        numbers[start : start + _BATCH] = best
        alike[start : start + _BATCH] = np.take_along_axis(scores, best, axis=1)
    return Neighbours(numbers, alike)


def placed(found: Neighbours, known: Floats, now: Floats, is_old: npt.NDArray[np.bool_]) -> Floats:
    """Return a vector for each unknown word: between those of its neighbours, as far as these are like it.

    Args:
        found: The neighbours.
        known: Token vectors of the known words, float32 (known, dimension).
        now: Those of the unknown ones so far, float32 (unknown, dimension).
        is_old: bool (unknown,), which of these were learned: such a one comes half way at most.
    """
    shares = np.exp(SHARPNESS * (found.alike - found.alike[:, :1]))
    shares /= shares.sum(axis=1, keepdims=True)
    lengths = (shares * np.linalg.norm(known, axis=1)[found.numbers]).sum(axis=1, keepdims=True)
    between = _unit(np.einsum("nk,nkd->nd", shares, known[found.numbers]))
    surely = (
        np.clip((found.alike[:, :1] - UNLIKE) / (ALIKE - UNLIKE), 0, 1) * np.where(is_old, 0.5, 1)[:, None]
    )
    directions = _unit(surely * between + (1 - surely) * _unit(now))
    result = directions * (surely * lengths + (1 - surely) * np.linalg.norm(now, axis=1, keepdims=True))
    return np.asarray(result, dtype=np.float32)


def learned(found: Neighbours, known: Sequence[str], unknown: Sequence[str]) -> list[corpora.Pair]:
    """Return the words of scripts of their own with what they most probably mean, as a dictionary has them.

    Its entries are English or Vietnamese; a Vietnamese one of several syllables is also its own translation.
    """
    pairs = []
    for name, numbers, alike in zip(unknown, found.numbers, found.alike, strict=True):
        language = "uk" if _UKRAINIAN & set(name) else _LANGUAGES[script(name)]
        for number, score in zip(numbers[:3], alike[:3], strict=True):
            if score >= ALIKE:
                pairs.append(corpora.Pair(language, "teacher", _text(known[number]), _text(name)))
    phrases = dict.fromkeys(pair.left for pair in pairs if " " in pair.left)
    return [*pairs, *(corpora.Pair("vi", "teacher", phrase, phrase) for phrase in phrases)]


def spelt(name: str, pieces: Mapping[str, float]) -> str:
    """Return a token as the teacher has met it most: names with a capital letter.

    Args:
        name: The token.
        pieces: The teacher's vocabulary, with the logarithm of how likely each piece is.
    """
    word = _text(name)
    capital = word[:1].upper() + word[1:]
    unseen = min(pieces.values(), default=0.0) - 1
    return capital if pieces.get(_BORDER + capital, unseen) > pieces.get(_BORDER + word, unseen) else word


def _text(name: str) -> str:
    return name.replace(_BORDER, " ").strip()


class Anchors(NamedTuple):
    """Known words.

    Attributes:
        numbers: int64, tokens.
        languages: int64, 0 for those of Vietnamese texts, 1 for those of English ones.
    """

    numbers: Ints
    languages: Ints


def anchors(folder: Path, tokenizer: Tokenizer) -> Anchors:
    """Return the words that are most frequent in Vietnamese and in English texts of every kind."""
    vocabulary = tokenizer.get_vocab()
    is_word = np.zeros(len(vocabulary), dtype=bool)
    for name, number in vocabulary.items():
        is_word[number] = name.startswith(_BORDER) and len(name) > 2 and not script(name)
    counts = np.zeros((2, len(vocabulary)), dtype=np.int64)
    for language, texts in enumerate(_samples(folder)):
        for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
            np.add.at(counts[language], encoding.ids, 1)
    counts[:, ~is_word] = 0
    chosen = {int(n) for row in counts for n in np.argsort(-row, kind="stable")[:ANCHORS] if row[n]}
    numbers = np.array(sorted(chosen))
    vietnamese, english = counts[:, numbers] / counts.sum(axis=1, keepdims=True)
    return Anchors(numbers, (english > vietnamese).astype(np.int64))


def _samples(folder: Path) -> Iterator[list[str]]:
    pairs = [p for p in corpora.english_vietnamese(folder) if p.source in {"evbnews", "bbc_mt", "manythings"}]
    paragraphs = [paragraph for _, _, paragraph in corpora.wikipedia(folder)][::12]
    yield [*(pair.right for pair in pairs), *paragraphs]
    english = [pair.left for pair in pairs]
    for name in ("en.squad2-train-part", "en.tydiqa"):
        told = list(corpora.extractive(folder, name))
        english += [reading.question for reading in told]
        english += dict.fromkeys(reading.context for reading in told)
    yield english


def _centred(vectors: Floats, groups: Ints) -> Floats:
    centred = vectors.copy()
    for group in np.unique(groups):
        centred[groups == group] -= vectors[groups == group].mean(axis=0)
    return _unit(centred)


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
