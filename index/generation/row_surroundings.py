"""What stands around the rows of a generation: their paragraphs and documents."""

from dataclasses import dataclass

import numpy as np

from index.generation.arrays import Ints, Longs, RowIds


@dataclass(frozen=True, slots=True)
class RowSurroundings:
    """Where paragraphs and documents begin.

    Attributes:
        first_of_paragraphs: int32: the first row of each paragraph, and the number of rows.
        first_of_documents: int64: the same of documents.
    """

    first_of_paragraphs: Ints
    first_of_documents: Longs

    def paragraphs(self, rows: RowIds) -> tuple[RowIds, RowIds]:
        """Return of the paragraph of each row its first row, and the one behind its last."""
        return _around(self.first_of_paragraphs, rows)

    def documents(self, rows: RowIds) -> tuple[RowIds, RowIds]:
        """Return the same of its document."""
        return _around(self.first_of_documents, rows)

    def sizes(self) -> tuple[RowIds, RowIds]:
        """Return how many rows paragraphs have, and how many paragraphs have so many."""
        sizes, counts = np.unique(np.diff(self.first_of_paragraphs), return_counts=True)
        return sizes.astype(np.int64), counts


def _around(first: Ints | Longs, rows: RowIds) -> tuple[RowIds, RowIds]:
    place = np.searchsorted(first, rows, side="right")
    return first[place - 1].astype(np.int64, copy=False), first[place].astype(np.int64, copy=False)
