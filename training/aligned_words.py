"""Finds which words translate each other in sentence pairs: those that come together and seldom apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from training.corpora import Pair

SELDOM, OFTEN = 4, 0.05
"""Words in fewer pairs tell nothing, those in a larger share of them stand beside everything."""
ALIKE, MOST = 0.3, 3
"""Least coefficient of Dice (1945), and how many translations of a word are kept."""
_WORD = re.compile(r"[^\W\d_]+")
_BATCH = 2000


def aligned_words(pairs: Iterable[Pair], language: str) -> Iterator[Pair]:
    """Yield English words with words of the other language, best first; both have spaces between words.

    Args:
        pairs: Sentences in English, left, and in the other language, right.
        language: The other one.
    """
    lines = [(_words(pair.left), _words(pair.right)) for pair in pairs]
    english, english_names = _table([left for left, _ in lines])
    other, other_names = _table([right for _, right in lines])
    if not english_names or not other_names:
        return
    how_often = np.asarray(other.sum(axis=0)).ravel()
    for first in range(0, len(english_names), _BATCH):
        some = english[:, first : first + _BATCH]
        together = (some.T @ other).toarray()
        dice = 2 * together / (np.asarray(some.sum(axis=0)).ravel()[:, None] + how_often)
        for row, column in _best(dice):
            yield Pair(language, "aligned", english_names[first + row], other_names[column])


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _table(lines: list[set[str]]) -> tuple[sparse.csc_matrix, list[str]]:
    """Return which line has which word, float32 (lines, words), and the words."""
    counts = Counter(word for line in lines for word in line)
    names = sorted(word for word, n in counts.items() if SELDOM <= n <= OFTEN * len(lines))
    numbers = {name: number for number, name in enumerate(names)}
    places = [(row, numbers[word]) for row, line in enumerate(lines) for word in line & numbers.keys()]
    rows, columns = zip(*places, strict=True) if places else ((), ())
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.csc_matrix((ones, (rows, columns)), shape=(len(lines), len(names))), names


def _best(dice: npt.NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    for row in range(len(dice)):
        for column in np.argsort(-dice[row], kind="stable")[:MOST]:
            if dice[row, column] >= ALIKE:
                yield row, int(column)
