"""Files of FAISS, read without trusting a size that they claim."""

import threading

import faiss
import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.errors import EncoderError, GenerationCorrupt

Bytes = npt.NDArray[np.uint8]

_reading = threading.Lock()  # the byte limit of the reader is a global of the library


def read(data: Bytes) -> faiss.Index:
    """Return the index in `data`; the caller has checked its header.

    Raises:
        GenerationCorrupt: FAISS cannot read it.
    """
    with _reading:
        limit = faiss.get_deserialization_vector_byte_limit()
        faiss.set_deserialization_vector_byte_limit(len(data) + 64)
        try:
            reader = faiss.ZeroCopyIOReader(faiss.swig_ptr(data), len(data))  # type: ignore[attr-defined]
            return faiss.read_index(reader)
        except (RuntimeError, MemoryError) as error:
            raise GenerationCorrupt("The vector index cannot be read.") from error
        finally:
            faiss.set_deserialization_vector_byte_limit(limit)


def other_kind() -> GenerationCorrupt:
    """Return what to say of a file of another kind or size."""
    return GenerationCorrupt("The vector index is of another kind or size than its manifest says.")


def checked(vectors: Floats, dimension: int) -> Floats:
    """Return vectors as FAISS takes them.

    Raises:
        EncoderError: They are of another dimension, or a value is not finite.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or rows.shape[1] != dimension:
        raise EncoderError(
            "The encoder gave vectors of shape {shape}, not (n, {dimension}).",
            shape=rows.shape,
            dimension=dimension,
        )
    if not np.isfinite(rows).all():
        raise EncoderError("The encoder gave a vector that is not finite (NaN or infinity).")
    return rows


def too_large() -> EncoderError:
    """Return what to say of vectors whose product is no number."""
    return EncoderError("The encoder gave a vector too large to compare.")
