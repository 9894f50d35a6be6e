"""The vectors themselves, in half precision: a FAISS file that is searched and read where it lies.

Half precision moves a cosine by some 1e-5, and a scan of every vector reads half of the bytes.
"""

import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import faiss
import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.generation.arrays import RowIds
from index.generation.vectors.faiss_files import Bytes, checked, other_kind, read, too_large

_COUNT = slice(8, 16)
_SIZE = 2  # bytes of a value


def to_file(vectors: Floats) -> bytes:
    """Return the file of float32 (n, dimension) that FAISS itself would write, with one copy and not three.

    Raises:
        EncoderError: A value is not finite, or too large for half precision.
    """
    rows = checked(vectors, vectors.shape[1])
    with np.errstate(over="ignore"):
        halves = rows.astype("<f2")
    if not np.isfinite(halves).all():
        raise too_large()
    header = _header(*rows.shape)
    return b"".join([header, halves.data.cast("B") if halves.size else b""])


@dataclass(frozen=True, slots=True)
class HalfVectors:
    """Some vectors, one after another.

    Attributes:
        index: What searches them.
        values: float16 (n, dimension), the same bytes.
        file: The file that they are, where its pages must not stay in memory.
    """

    index: faiss.IndexScalarQuantizer
    values: npt.NDArray[np.float16]
    file: mmap.mmap | None = None

    @classmethod
    def map(cls, path: Path, count: int, dimension: int, *, spare: bool = False) -> Self:
        """Map a file; arguments as those of `VectorIndex.map`.

        Raises:
            GenerationCorrupt: It is of another kind or size.
        """
        with path.open("rb") as file:
            if file.seek(0, 2) != len(_header(0, dimension)) + _SIZE * count * dimension:
                raise other_kind()
            mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        return cls.view(np.frombuffer(mapped, dtype=np.uint8), count, dimension, mapped if spare else None)

    @classmethod
    def view(cls, data: Bytes, count: int, dimension: int, file: mmap.mmap | None = None) -> Self:
        """Look into what `to_file` wrote, which is not copied.

        Raises:
            GenerationCorrupt: It is of another kind or size.
        """
        header = _header(count, dimension)
        if len(data) != len(header) + _SIZE * count * dimension or data[: len(header)].tobytes() != header:
            raise other_kind()  # FAISS sees no byte of another kind
        index = read(data)
        if not isinstance(index, faiss.IndexScalarQuantizer) or (index.d, index.ntotal) != (dimension, count):
            raise other_kind()
        values = np.frombuffer(data, "<f2", offset=len(header)).reshape(count, dimension)
        return cls(index, values, file)

    def __len__(self) -> int:
        return len(self.values)

    def search(self, queries: Floats, k: int) -> tuple[Floats, RowIds]:
        """Return scores and rows of the `k` nearest of each query; fewer where there are not that many."""
        scores, rows = self.index.search(queries, min(k, len(self)))
        self._spare()
        return scores, rows

    def rows(self, rows: RowIds) -> Floats:
        """Return the vectors of rows, float32."""
        vectors = self.values[rows].astype(np.float32)
        self._spare()
        return vectors

    def _spare(self) -> None:
        if self.file is not None:
            self.file.madvise(mmap.MADV_DONTNEED)


def _header(count: int, dimension: int) -> bytes:
    kind = faiss.ScalarQuantizer.QT_fp16
    empty = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    header = bytearray(faiss.serialize_index(empty).tobytes())  # ends in the number of bytes that follow
    header[_COUNT] = count.to_bytes(8, "little")
    header[-8:] = (_SIZE * count * dimension).to_bytes(8, "little")
    return bytes(header)
