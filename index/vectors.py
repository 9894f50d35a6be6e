"""Sentence vectors: the only door to FAISS. Scores are inner products; higher is better."""

import threading
from collections.abc import Iterable, Sequence
from typing import Self

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import EncoderError, GenerationCorrupt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

FLAT = "flat-inner-product"
"""The exact kind, and the only one so far; the manifest names it."""

_FOURCC = b"IxFI"
_HEADER = 45  # fourcc 4, dimension 4, count 8, unused 16, trained 1, metric 4, length of the data 8
_NEAR = 1e-5  # scores of equal vectors may differ by so much within FAISS, by their place in a block
_MARGIN = 16  # so many more are fetched, in which ties at the k-th place mostly end
_reading = threading.Lock()  # the byte limit of the reader is a global of the library


class Vectors:
    """The vectors of a generation's sentences, in the order of its rows."""

    def __init__(self, indexes: Sequence[faiss.IndexFlatIP]) -> None:
        self._indexes = indexes
        self._first = np.concatenate([[0], np.cumsum([index.ntotal for index in indexes])]).astype(np.int64)
        self.dimension: int = indexes[0].d

    @classmethod
    def build(cls, vectors: Floats) -> Self:
        """Index float32 (n, dimension).

        Raises:
            EncoderError: A value is not finite.
        """
        rows = _checked(vectors, vectors.shape[1])
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(rows)
        return cls([index])

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Put the rows of some one after another; at least one, all of one dimension."""
        return cls([index for part in parts for index in part._indexes])

    def to_bytes(self) -> bytes:
        """Return the bytes that `from_bytes` reads, of what has not been joined."""
        (index,) = self._indexes
        return faiss.serialize_index(index).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes, count: int, dimension: int) -> Self:
        """Read an index whose checksum has been verified, and which must have this size.

        Raises:
            GenerationCorrupt: It is of another kind or size.
        """
        size = 4 * count * dimension
        other = GenerationCorrupt("The vector index is of another kind or size than its manifest says.")
        if data[:4] != _FOURCC or len(data) != _HEADER + size:
            raise other
        if _header(data) != (dimension, count, faiss.METRIC_INNER_PRODUCT, count * dimension):
            raise other
        with _reading:
            limit = faiss.get_deserialization_vector_byte_limit()
            faiss.set_deserialization_vector_byte_limit(size + 64)
            try:
                index = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
            except (RuntimeError, MemoryError) as error:
                raise GenerationCorrupt("The vector index cannot be read.") from error
            finally:
                faiss.set_deserialization_vector_byte_limit(limit)
        if not isinstance(index, faiss.IndexFlatIP) or (index.d, index.ntotal) != (dimension, count):
            raise other
        return cls([index])

    def __len__(self) -> int:
        return int(self._first[-1])

    def search(self, queries: Floats, k: int) -> tuple[Floats, Rows]:
        """Return scores and rows of the `k` nearest of each query, best first, equal scores by row.

        Args:
            queries: float32 (n, dimension).
            k: How many; fewer come back when there are fewer vectors.

        Returns:
            float32 (n, k') and int64 (n, k'), where k' is the smaller of `k` and the number of vectors.

        Raises:
            EncoderError: A query is not finite or of another dimension.
        """
        wanted = _checked(queries, self.dimension)
        width = max(0, min(k, len(self)))
        scores = np.empty((len(wanted), width), dtype=np.float32)
        rows = np.empty((len(wanted), width), dtype=np.int64)
        if width and len(wanted):
            fetched = min(width + _MARGIN, len(self))
            found, ids = self._search(wanted, fetched)
            for place, query in enumerate(wanted):
                scores[place], rows[place] = self._settled(query, width, found[place], ids[place])
        return scores, rows

    def _search(self, queries: Floats, k: int) -> tuple[Floats, Rows]:
        parts = [
            (first, index.search(queries, min(k, index.ntotal)))
            for index, first in zip(self._indexes, self._first.tolist(), strict=False)
            if index.ntotal
        ]
        found = np.concatenate([scores for _, (scores, _) in parts], axis=1)
        ids = np.concatenate([np.where(rows < 0, -1, rows + first) for first, (_, rows) in parts], axis=1)
        if len(parts) > 1 and ids.min() >= 0:
            best = np.argsort(-found, axis=1, kind="stable")[:, :k]
            found, ids = np.take_along_axis(found, best, axis=1), np.take_along_axis(ids, best, axis=1)
        # FAISS fills up with -1, which is a valid place in a list.
        if ids.min() < 0 or not np.isfinite(found).all():
            raise EncoderError("The encoder gave a vector too large to compare.")
        return found, ids

    def _settled(self, query: Floats, k: int, found: Floats, ids: Rows) -> tuple[Floats, Rows]:
        """Return the k nearest of one query, ties settled by row also where they go on beyond the k-th."""
        while len(ids) < len(self) and found[-1] >= found[k - 1] - 2 * _NEAR:
            (found,), (ids,) = self._search(query[None, :], min(2 * len(ids), len(self)))
        exact = np.einsum("ij,j->i", self.rows(ids), query, dtype=np.float32)  # equal vectors, equal scores
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
        vectors = np.empty((len(wanted), self.dimension), dtype=np.float32)
        part_of = np.searchsorted(self._first, wanted, side="right") - 1
        for part in np.unique(part_of).tolist():
            here = part_of == part
            vectors[here] = self._indexes[part].reconstruct_batch(wanted[here] - self._first[part])
        return vectors


def _header(data: bytes) -> tuple[int, int, int, int]:
    """Return dimension, count, metric and number of values."""
    return (
        int.from_bytes(data[4:8], "little", signed=True),
        int.from_bytes(data[8:16], "little", signed=True),
        int.from_bytes(data[33:37], "little", signed=True),
        int.from_bytes(data[37:45], "little", signed=True),
    )


def _checked(vectors: Floats, dimension: int) -> Floats:
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or rows.shape[1] != dimension:
        raise EncoderError(f"The encoder gave vectors of shape {rows.shape}, not (n, {dimension}).")
    if not np.isfinite(rows).all():
        raise EncoderError("The encoder gave a vector that is not finite (NaN or infinity).")
    return rows
