"""Terms as numbers: rows of ids, and the vocabulary that says what they stand for."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.generation.arrays import Csr, Ints
from index.text.terms import fold

_BLOCK = 4096


class Numbered(NamedTuple):
    """Rows of term ids.

    Attributes:
        rows: The ids of each row, in reading order.
        vocabulary: The term of each id; ids ascend in the order in which terms first stand in the rows.
    """

    rows: Csr
    vocabulary: list[str]

    def terms(self) -> Iterator[list[str]]:
        """Yield the terms of each row."""
        vocabulary = np.asarray([*self.vocabulary, None], dtype=object)[
            :-1
        ]  # None: never an array of strings
        for first in range(0, len(self.rows), _BLOCK):
            ends = self.rows.indptr[first : first + _BLOCK + 1]
            block: list[str] = vocabulary[self.rows.values[ends[0] : ends[-1]]].tolist()
            for start, end in pairwise((ends - ends[0]).tolist()):
                yield block[start:end]


def renumbered(rows: Csr, vocabulary: list[str]) -> Numbered:
    """Give the terms of rows new ids, whatever ids they had: equal rows of terms get equal ids.

    Terms that stand in no row are left out.
    """
    values = rows.values
    first = np.full(len(vocabulary), len(values), dtype=np.int64)
    first[values[::-1]] = np.arange(len(values) - 1, -1, -1)  # of many places the first is written last
    order = np.argsort(first, kind="stable")
    order = order[first[order] < len(values)]
    number = np.zeros(len(vocabulary), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return Numbered(Csr(number[values], rows.indptr), [vocabulary[old] for old in order.tolist()])


def folded(accented: Numbered) -> tuple[Numbered, Ints]:
    """Return the same rows in terms without accents, and by id of a term the id that it has there."""
    numbers: dict[str, int] = {}
    folds = [numbers.setdefault(fold(term), len(numbers)) for term in accented.vocabulary]
    ids = np.asarray(folds, dtype=np.int32)  # they ascend with those of the accented terms, which all stand
    return Numbered(Csr(ids[accented.rows.values], accented.rows.indptr), list(numbers)), ids
