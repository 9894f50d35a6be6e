"""Documents of a generation in Milvus: a number each, which it keeps for as long as it stays the same."""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np

from index.generation.arrays import Longs, RowIds

_SHIFT: Final = 24  # bits of a key for the sentences of a document
DIGEST: Final = 16  # bytes


@dataclass(frozen=True)
class RemoteDocuments:
    """The documents by position.

    A sentence is kept in Milvus by a key that no change of other documents touches: the number of its
    document, and its place within. Rows are numbers of a generation, as everywhere.

    Attributes:
        numbers: int64, of each document; ascending in the order in which they were pushed first.
        sizes: int64, how many sentences it has.
        digests: The first bytes of the SHA-256 of all that it says, joined.
    """

    numbers: Longs
    sizes: Longs
    digests: bytes

    @classmethod
    def none(cls) -> Self:
        """Return no documents."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), b"")

    @cached_property
    def first(self) -> Longs:
        """First row of each document, and the number of all."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.sizes)])

    @cached_property
    def _order(self) -> Longs:
        return np.argsort(self.numbers)

    def by_digest(self) -> dict[bytes, int]:
        """Return the numbers of documents by what they say."""
        cut = range(0, len(self.digests), DIGEST)
        names = (self.digests[start : start + DIGEST] for start in cut)
        return dict(zip(names, self.numbers.tolist(), strict=True))

    def positions_of(self, rows: RowIds) -> RowIds:
        """Return the position of the document of each row."""
        return np.searchsorted(self.first, rows, side="right") - 1

    def rows_of(self, positions: Sequence[int]) -> RowIds:
        """Return the rows of documents."""
        found = [np.arange(self.first[place], self.first[place + 1]) for place in positions]
        return np.concatenate([np.zeros(0, np.int64), *found])

    def keys(self, rows: RowIds) -> RowIds:
        """Return the key of each row."""
        positions = self.positions_of(rows)
        return (self.numbers[positions] << _SHIFT) + (rows - self.first[positions])

    def rows(self, keys: RowIds) -> RowIds:
        """Return the row of each key, -1 of one that is no sentence of these documents."""
        if not len(self.numbers):
            return np.full(len(keys), -1, dtype=np.int64)
        numbers, places = keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)
        at = np.searchsorted(self.numbers, numbers, sorter=self._order)
        positions = self._order[np.minimum(at, len(self._order) - 1)]
        known = (self.numbers[positions] == numbers) & (places < self.sizes[positions])
        return np.where(known, self.first[positions] + places, -1)

    def position(self, number: int) -> int:
        """Return the position of a document; `KeyError` where it is none of these."""
        at = int(np.searchsorted(self.numbers, number, sorter=self._order))
        if at == len(self._order) or self.numbers[self._order[at]] != number:
            raise KeyError(number)
        return int(self._order[at])

    def to_text(self) -> str:
        """Write them down."""
        numbers = np.diff(self.numbers, prepend=0)  # most follow each other
        data = numbers.astype("<i8").tobytes() + self.sizes.astype("<i8").tobytes() + self.digests
        return base64.b64encode(zlib.compress(data)).decode()

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read what `to_text` wrote."""
        data = zlib.decompress(base64.b64decode(text))
        count = len(data) // (16 + DIGEST)
        numbers, sizes = np.frombuffer(data[: 16 * count], "<i8").astype(np.int64).reshape(2, count)
        return cls(np.cumsum(numbers), sizes, data[16 * count :])
