"""Two bits a value: what is left of vectors when a large collection is scanned.

Each value becomes one of the four levels that lose least of a normal distribution (Max 1960, "Quantizing for
minimum distortion") of the mean and deviation that the values of its dimension have in the part. Nothing is
trained, so equal vectors have equal codes. FAISS scans them as the codes of a product quantiser of two
dimensions each, 32 vectors at a time in the registers of the processor (André et al. 2015, "Cache locality is
not enough").
"""

import threading
from pathlib import Path

import faiss
import numpy as np

from index.encoders.base import Floats
from index.generation.arrays import RowIds
from index.generation.vectors.faiss_files import checked, other_kind, read

_LEVELS = np.array([-1.5104, -0.4528, 0.4528, 1.5104], dtype=np.float32)
_FOURCC = b"IPfs"
_BLOCK = 32  # vectors that are packed together


def to_codes(vectors: Floats) -> bytes:
    """Return the file of the codes of float32 (n, dimension).

    Raises:
        EncoderError: A value is not finite.
    """
    # Of what is stored, so that a part made of stored rows has the codes of one made of the encoder's.
    rows = _even(checked(vectors, vectors.shape[1]).astype(np.float16).astype(np.float32))
    index = _empty(rows.shape[1])
    if len(rows):
        levels = rows.mean(axis=0)[:, None] + rows.std(axis=0)[:, None] * _LEVELS
        pairs = np.empty((rows.shape[1] // 2, len(_LEVELS), len(_LEVELS), 2), dtype=np.float32)
        pairs[..., 0], pairs[..., 1] = levels[0::2, :, None], levels[1::2, None, :]
        faiss.copy_array_to_vector(pairs.ravel(), index.pq.centroids)
        index.is_trained = True
        index.add(rows)
    data: bytes = faiss.serialize_index(index).tobytes()
    return data


class VectorCodes:
    """The codes of some vectors; they are read when they are first searched, and stay in memory.

    Attributes:
        count: How many.
    """

    def __init__(self, path: Path, count: int, dimension: int) -> None:
        """Keep in mind a file whose checksum has been verified, and which must have this size."""
        self._path = path
        self.count = count
        self._dimension = dimension
        self._index: faiss.IndexPQFastScan | None = None
        self._lock = threading.Lock()

    def search(self, query: Floats, k: int) -> tuple[Floats, RowIds]:
        """Return what may be the scores, and the rows, of the `k` nearest of float32 (1, dimension).

        Raises:
            GenerationCorrupt: The file is of another kind or size.
        """
        with self._lock:
            if self._index is None:
                self._index = self._read()
        scores, rows = self._index.search(_even(query), min(k, self.count))
        found = rows[0] >= 0
        return scores[0][found], rows[0][found]

    def _read(self) -> faiss.IndexPQFastScan:
        data = np.fromfile(self._path, dtype=np.uint8)
        even = self._dimension + self._dimension % 2
        packed = -(-self.count // _BLOCK) * _BLOCK * -(-(even // 2) // 2)
        expected = len(faiss.serialize_index(_empty(even))) + packed
        size = (int.from_bytes(data[start : start + width].tobytes(), "little") for start, width in _SIZES)
        if len(data) != expected or data[:4].tobytes() != _FOURCC or tuple(size) != (even, self.count):
            raise other_kind()
        index = read(data)
        if not isinstance(index, faiss.IndexPQFastScan) or (index.d, index.ntotal) != (even, self.count):
            raise other_kind()
        return index


_SIZES = ((4, 4), (8, 8))  # where dimension and count stand


def _empty(dimension: int) -> faiss.IndexPQFastScan:
    return faiss.IndexPQFastScan(dimension, dimension // 2, 4, faiss.METRIC_INNER_PRODUCT)


def _even(vectors: Floats) -> Floats:
    """Return vectors of an even dimension: two share a code."""
    return np.pad(vectors, ((0, 0), (0, 1))) if vectors.shape[1] % 2 else vectors
