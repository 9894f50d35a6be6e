"""The vectors of a generation: all compared one by one, or in a large collection scanned by codes first."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.generation.arrays import RowIds
from index.generation.vectors.faiss_files import checked, too_large
from index.generation.vectors.half_vectors import HalfVectors, to_file
from index.generation.vectors.vector_codes import VectorCodes

KIND = "half-precision-and-two-bit-codes"
"""What the manifest calls the files."""

EXACT_UP_TO = 100_000
"""In a collection of more sentences not every vector is compared where nothing else is said."""

VECTORS = "vectors.faiss"
CODES = "codes.faiss"

REFINED = 10
"""For each row asked for, this many found by the codes are compared by their vectors."""
_LEAST_REFINED = 200
_AMPLE = 4  # times the share of a part, where rows are found evenly
_SHARE = 1 / 8  # of all vectors: to find more, comparing all is as fast

_NEAR = 1e-5  # scores of equal vectors may differ by this much within FAISS, by their place in a block
_MARGIN = 16  # this many more are fetched; most ties at the k-th place end within them


@dataclass(frozen=True, slots=True)
class _Block:
    """The vectors of a part, with their codes where there are any."""

    vectors: HalfVectors
    codes: VectorCodes | None = None


class VectorIndex:
    """The vectors of a generation's sentences, in the order of its rows."""

    def __init__(self, blocks: Sequence[_Block], dimension: int, exact_up_to: int = EXACT_UP_TO) -> None:
        self._blocks = blocks
        self._first = np.concatenate([[0], np.cumsum([len(block.vectors) for block in blocks])]).astype(
            np.int64
        )
        self.dimension = dimension
        self._exact_up_to = exact_up_to

    @classmethod
    def build(cls, vectors: Floats) -> Self:
        """Index float32 (n, dimension) in memory, to be compared one by one.

        Raises:
            EncoderError: A value is not finite, or too large for half precision.
        """
        return cls.from_bytes(to_file(vectors), *vectors.shape)

    @classmethod
    def joined(cls, parts: Iterable[Self], exact_up_to: int = EXACT_UP_TO) -> Self:
        """Put the rows of some one after another; at least one, all of one dimension."""
        known = list(parts)
        return cls([block for part in known for block in part._blocks], known[0].dimension, exact_up_to)

    @classmethod
    def map(cls, folder: Path, count: int, dimension: int, *, spare: bool = False) -> Self:
        """Map the files `VECTORS` and `CODES`, whose checksums have been verified, and which have this size.

        Nothing is copied but the codes, once they are searched: however many generations share a file, memory
        holds it once, and the system takes it back when it needs it.

        Args:
            folder: Where the files are, which must not change.
            count: Number of vectors in them.
            dimension: Their length.
            spare: Give memory back after every use, for callers that use little of it, and rarely.

        Raises:
            GenerationCorrupt: The vectors are of another kind or size.
        """
        vectors = HalfVectors.map(folder / VECTORS, count, dimension, spare=spare)
        return cls([_Block(vectors, VectorCodes(folder / CODES, count, dimension))], dimension)

    @classmethod
    def from_bytes(cls, data: bytes, count: int, dimension: int) -> Self:
        """Read what `to_file` wrote; its checksum has been verified, and it must have this size.

        Raises:
            GenerationCorrupt: It is of another kind or size.
        """
        return cls([_Block(HalfVectors.view(np.frombuffer(data, np.uint8), count, dimension))], dimension)

    def part(self, number: int) -> "VectorIndex":
        """Return the vectors of one part, to be compared one by one, with rows from 0."""
        return VectorIndex(self._blocks[number : number + 1], self.dimension, len(self))

    def __len__(self) -> int:
        return int(self._first[-1])

    def search(self, queries: Floats, k: int) -> tuple[Floats, RowIds]:
        """Return scores and rows of the `k` nearest of each query, best first, equal scores by row.

        Of a large collection one of the last may be missing for one that is nearly as near; scores are exact.

        Args:
            queries: float32 (n, dimension).
            k: How many; fewer come back when there are fewer vectors.

        Returns:
            float32 (n, k') and int64 (n, k'), where k' is the smaller of `k` and the number of vectors.

        Raises:
            EncoderError: A query is not finite or of another dimension.
        """
        wanted = checked(queries, self.dimension)
        width = max(0, min(k, len(self)))
        scores = np.empty((len(wanted), width), dtype=np.float32)
        rows = np.empty((len(wanted), width), dtype=np.int64)
        if width and len(wanted):
            if self._is_scanned(width):
                for place, query in enumerate(wanted):
                    scores[place], rows[place] = self._best(query, width, self._scan(query, _reach(width)))
            else:
                fetched = min(width + _MARGIN, len(self))
                found, ids = self._compare(wanted, fetched)
                for place, query in enumerate(wanted):
                    scores[place], rows[place] = self._settled(query, width, found[place], ids[place])
        return scores, rows

    def _is_scanned(self, k: int) -> bool:
        large = len(self) > self._exact_up_to and _reach(k) < _SHARE * len(self)
        return large and all(block.codes for block in self._blocks)

    def _scan(self, query: Floats, reach: int) -> RowIds:
        """Return the rows of the `reach` best codes, more or less.

        Each part is first asked for somewhat more than its share, and those that might hold more for all.
        """
        share = min(reach, math.ceil(_AMPLE * reach / len(self._blocks)) + _MARGIN)
        found = [self._codes(number, query, share) for number in range(len(self._blocks))]
        if share < reach:
            worst = _nth_best(np.concatenate([scores for scores, _ in found]), reach)
            for number, (scores, rows) in enumerate(found):
                if len(rows) == share and scores.min() > worst:
                    found[number] = self._codes(number, query, reach)
        scores = np.concatenate([scores for scores, _ in found])
        rows = np.concatenate([rows for _, rows in found])
        return np.sort(rows[scores >= _nth_best(scores, reach)])

    def _codes(self, number: int, query: Floats, k: int) -> tuple[Floats, RowIds]:
        codes = self._blocks[number].codes
        if codes is None or self._first[number] == self._first[number + 1]:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        scores, rows = codes.search(query[None, :], k)
        return scores, rows + self._first[number]

    def _compare(self, queries: Floats, k: int) -> tuple[Floats, RowIds]:
        parts = [
            (first, block.vectors.search(queries, k))
            for block, first in zip(self._blocks, self._first.tolist(), strict=False)
            if len(block.vectors)
        ]
        found = np.concatenate([scores for _, (scores, _) in parts], axis=1)
        ids = np.concatenate([np.where(rows < 0, -1, rows + first) for first, (_, rows) in parts], axis=1)
        if len(parts) > 1 and ids.min() >= 0:
            best = np.argsort(-found, axis=1, kind="stable")[:, :k]
            found, ids = np.take_along_axis(found, best, axis=1), np.take_along_axis(ids, best, axis=1)
        # FAISS fills up with -1, which is a valid place in a list.
        if ids.min() < 0 or not np.isfinite(found).all():
            raise too_large()
        return found, ids

    def _settled(self, query: Floats, k: int, found: Floats, ids: RowIds) -> tuple[Floats, RowIds]:
        """Return the k nearest of one query, ties settled by row also where they go on beyond the k-th."""
        while len(ids) < len(self) and found[-1] >= found[k - 1] - 2 * _NEAR:
            (found,), (ids,) = self._compare(query[None, :], min(2 * len(ids), len(self)))
        return self._best(query, k, ids)

    def _best(self, query: Floats, k: int, ids: RowIds) -> tuple[Floats, RowIds]:
        exact = np.einsum("ij,j->i", self.rows(ids), query, dtype=np.float32)  # equal vectors, equal scores
        if not np.isfinite(exact).all():
            raise too_large()
        best = np.lexsort((ids, -exact))[:k]
        return exact[best], ids[best]

    def rows(self, rows: npt.ArrayLike) -> Floats:
        """Return the vectors of `rows`, float32 (m, dimension).

        Raises:
            IndexError: A row is negative or beyond the last.
        """
        wanted = np.ascontiguousarray(rows, dtype=np.int64)
        if wanted.size == 0:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if wanted.min() < 0 or wanted.max() >= len(self):
            raise IndexError("a row outside of the generation")
        if (wanted[1:] < wanted[:-1]).any():
            order = np.argsort(wanted, kind="stable")
            vectors = np.empty((len(wanted), self.dimension), dtype=np.float32)
            vectors[order] = self.rows(wanted[order])
            return vectors
        ends = np.searchsorted(wanted, self._first)
        found = np.empty((len(wanted), self.dimension), dtype=np.float32)
        for part in np.flatnonzero(np.diff(ends)).tolist():
            some = slice(ends[part], ends[part + 1])
            found[some] = self._blocks[part].vectors.rows(wanted[some] - self._first[part])
        return found


def _reach(k: int) -> int:
    return max(REFINED * k, _LEAST_REFINED)


def _nth_best(scores: Floats, count: int) -> float:
    """Return the score of the `count`-th best; the least of all where there are fewer."""
    return float(np.partition(scores, max(len(scores) - count, 0))[max(len(scores) - count, 0)])
