"""Sentence vectors: the only door to FAISS. Scores are inner products; higher is better."""

import mmap
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import faiss
import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.errors import EncoderError, GenerationCorrupt

Rows = npt.NDArray[np.int64]

FLAT = "flat-inner-product"
"""The exact kind, and the only one so far; the manifest names it."""

_FOURCC = b"IxFI"
_HEADER = 45  # fourcc 4, dimension 4, count 8, unused 16, trained 1, metric 4, length of the data 8
_NEAR = 1e-5  # scores of equal vectors may differ by so much within FAISS, by their place in a block
_MARGIN = 16  # so many more are fetched, in which ties at the k-th place mostly end
_reading = threading.Lock()  # the byte limit of the reader is a global of the library


@dataclass(frozen=True, slots=True)
class _Block:
    """Some vectors, one after another.

    Attributes:
        index: What searches them.
        data: The bytes that it looks into, which must live as long; None where it has its own.
        file: The file that `data` is, where its pages shall not stay in memory.
    """

    index: faiss.IndexFlatIP
    data: npt.NDArray[np.uint8] | None = None
    file: mmap.mmap | None = None

    def search(self, queries: Floats, k: int) -> tuple[Floats, Rows]:
        scores, rows = self.index.search(queries, min(k, self.index.ntotal))
        self._spare()
        return scores, rows

    def rows(self, rows: Rows) -> Floats:
        vectors: Floats = self.index.reconstruct_batch(rows)
        self._spare()
        return vectors

    def _spare(self) -> None:
        if self.file is not None:
            self.file.madvise(mmap.MADV_DONTNEED)


class VectorIndex:
    """The vectors of a generation's sentences, in the order of its rows."""

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self._blocks = blocks
        counts = [block.index.ntotal for block in blocks]
        self._first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.dimension: int = blocks[0].index.d

    @classmethod
    def build(cls, vectors: Floats) -> Self:
        """Index float32 (n, dimension).

        Raises:
            EncoderError: A value is not finite.
        """
        return cls.from_bytes(to_file(vectors), *vectors.shape)

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Put the rows of some one after another; at least one, all of one dimension."""
        return cls([block for part in parts for block in part._blocks])

    @classmethod
    def map(cls, path: Path, count: int, dimension: int, *, spare: bool = False) -> Self:
        """Map a file whose checksum has been verified, and which must have this size.

        Nothing is copied: however many generations share a file, memory holds it once, and the system takes
        it back when it needs it.

        Args:
            path: The file, which must not change.
            count: Number of vectors in it.
            dimension: Their length.
            spare: Give memory back after every use, for who uses little of it and seldom.

        Raises:
            GenerationCorrupt: It is of another kind or size.
        """
        with path.open("rb") as file:
            if file.seek(0, 2) != _HEADER + 4 * count * dimension:
                raise _other()
            mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        data = np.frombuffer(mapped, dtype=np.uint8)
        return cls([_Block(_view(data, count, dimension), data, mapped if spare else None)])

    @classmethod
    def from_bytes(cls, data: bytes, count: int, dimension: int) -> Self:
        """Read what `to_file` wrote; its checksum has been verified, and it must have this size.

        Raises:
            GenerationCorrupt: It is of another kind or size.
        """
        array = np.frombuffer(data, dtype=np.uint8)
        return cls([_Block(_view(array, count, dimension), array)])

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
            (first, block.search(queries, k))
            for block, first in zip(self._blocks, self._first.tolist(), strict=False)
            if block.index.ntotal
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
            vectors[here] = self._blocks[part].rows(wanted[here] - self._first[part])
        return vectors


def to_file(vectors: Floats) -> bytes:
    """Return the file of float32 (n, dimension) that FAISS itself would write, with one copy and not three.

    Raises:
        EncoderError: A value is not finite.
    """
    rows = _checked(vectors, vectors.shape[1])
    header = bytearray(faiss.serialize_index(faiss.IndexFlatIP(rows.shape[1])).tobytes())
    header[8:16] = len(rows).to_bytes(8, "little")
    header[37:45] = rows.size.to_bytes(8, "little")
    return b"".join([header, rows.data.cast("B") if rows.size else b""])


def _view(data: npt.NDArray[np.uint8], count: int, dimension: int) -> faiss.IndexFlatIP:
    """Return an index that looks into `data`, which is not copied."""
    size = 4 * count * dimension
    if len(data) != _HEADER + size or data[:4].tobytes() != _FOURCC:
        raise _other()
    if _header(data[:_HEADER].tobytes()) != (dimension, count, faiss.METRIC_INNER_PRODUCT, count * dimension):
        raise _other()
    with _reading:
        limit = faiss.get_deserialization_vector_byte_limit()
        faiss.set_deserialization_vector_byte_limit(size + 64)
        try:
            reader = faiss.ZeroCopyIOReader(faiss.swig_ptr(data), len(data))  # type: ignore[attr-defined]
            index = faiss.read_index(reader)
        except (RuntimeError, MemoryError) as error:
            raise GenerationCorrupt("The vector index cannot be read.") from error
        finally:
            faiss.set_deserialization_vector_byte_limit(limit)
    if not isinstance(index, faiss.IndexFlatIP) or (index.d, index.ntotal) != (dimension, count):
        raise _other()
    return index


def _other() -> GenerationCorrupt:
    return GenerationCorrupt("The vector index is of another kind or size than its manifest says.")


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
