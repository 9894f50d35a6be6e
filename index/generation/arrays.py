"""Number columns of a generation: `.npy` files, memory-mapped, and rows of unequal length in CSR form."""

import io
import math
import mmap
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.errors import GenerationCorrupt

# As `np.save` writes it. numpy reads it with `ast`, which in Python 3.11 fails now and then where two threads
# do it at a time ("AST constructor recursion depth mismatch").
_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(?P<type><i[48])', 'fortran_order': False, "
    rb"'shape': \((?P<shape>\d{1,18},|\d{1,18}, \d{1,18})\), \} *\n",
    re.DOTALL,
)
_LONGEST_HEADER = 256

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
RowIds = Longs
"""Rows of a generation, and places among them, as questions are answered with."""


def to_npy(array: npt.NDArray[np.int32] | npt.NDArray[np.int64]) -> bytes:
    """Return the bytes of a `.npy` file."""
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(array), allow_pickle=False)
    return buffer.getvalue()


def map_ints(path: Path, columns: int | None = None) -> Ints:
    """Map a file of int32, with so many columns or none.

    Raises:
        GenerationCorrupt: The file holds something else.
    """
    array: Ints = _map(path)
    if array.dtype != np.int32 or array.ndim != (1 if columns is None else 2):
        raise _other(path)
    if columns is not None and array.shape[1] != columns:
        raise _other(path)
    return array


def map_longs(path: Path) -> Longs:
    """Map a file of int64 in one column.

    Raises:
        GenerationCorrupt: The file holds something else.
    """
    array: Longs = _map(path)
    if array.dtype != np.int64 or array.ndim != 1:
        raise _other(path)
    return array


def _map(path: Path) -> npt.NDArray[Any]:
    with path.open("rb") as file:
        header = _HEADER.match(file.read(_LONGEST_HEADER))
        size = file.seek(0, 2)
        if header:
            dtype = np.dtype(header["type"].decode())
            shape = [int(length) for length in header["shape"].split(b",") if length.strip()]
            if size == header.end() + dtype.itemsize * math.prod(shape):
                mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
                return np.frombuffer(mapped, dtype, offset=header.end()).reshape(shape)
    raise GenerationCorrupt(f"{path.name} of {path.parent.name} cannot be read as numbers.")


def _other(path: Path) -> GenerationCorrupt:
    return GenerationCorrupt(f"{path.name} of {path.parent.name} holds other numbers than it should.")


def runs(starts: Longs, lengths: Longs) -> tuple[Longs, Longs]:
    """Return the places of runs of numbers one after another, and where each run begins among them.

    Args:
        starts: First place of each run.
        lengths: Number of places of each.

    Returns:
        The places, and int64 (len(starts) + 1,): run `i` is `places[indptr[i]:indptr[i + 1]]`.
    """
    indptr = np.zeros(len(starts) + 1, dtype=np.int64)
    np.cumsum(lengths, out=indptr[1:])
    return np.arange(indptr[-1]) + np.repeat(starts - indptr[:-1], lengths), indptr


class Taken(NamedTuple):
    """Some rows of a `Csr`, one after another.

    Attributes:
        values: Their values, concatenated.
        indptr: Row `i` of them is `values[indptr[i]:indptr[i + 1]]`.
    """

    values: Ints
    indptr: Longs


class Csr:
    """Rows of int32 of unequal length: row `i` is `values[indptr[i]:indptr[i + 1]]`."""

    def __init__(self, values: Ints, indptr: Longs) -> None:
        self.values = values
        self.indptr = indptr

    @classmethod
    def from_rows(cls, rows: list[Ints]) -> Self:
        """Make one of rows in memory."""
        indptr = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=indptr[1:])
        values = np.concatenate(rows).astype(np.int32) if rows else np.zeros(0, dtype=np.int32)
        return cls(values, indptr)

    @classmethod
    def gather(cls, values: Ints, starts: Longs, lengths: Longs) -> Self:
        """Make one whose row `i` is `values[starts[i]:starts[i] + lengths[i]]`."""
        places, indptr = runs(starts, lengths)
        return cls(values[places], indptr)

    @classmethod
    def map(cls, folder: Path, name: str, rows: int) -> Self:
        """Map the files `name.npy` and `name.indptr.npy`.

        Raises:
            GenerationCorrupt: They do not fit together, or hold another number of rows.
        """
        # Copied: a map holds its file open, and a process may not have many.
        mapped = cls(map_ints(folder / f"{name}.npy"), map_longs(folder / f"{name}.indptr.npy").copy())
        indptr = mapped.indptr
        if len(indptr) != rows + 1 or indptr[0] != 0 or indptr[-1] != len(mapped.values):
            raise GenerationCorrupt(f"{name}.npy of {folder.name} does not fit the number of sentences.")
        return mapped

    def to_files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield the two files that `map` reads, with their names."""
        yield f"{name}.npy", to_npy(self.values)
        yield f"{name}.indptr.npy", to_npy(self.indptr)

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def row(self, row: int) -> Ints:
        """Return the values of one row, from 0."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        return self.values[self.indptr[row] : self.indptr[row + 1]]

    def take(self, rows: npt.ArrayLike) -> Taken:
        """Return the values of `rows`, in their order.

        Raises:
            IndexError: A row is negative or beyond the last.
        """
        wanted = np.asarray(rows, dtype=np.int64)
        if wanted.size and (wanted.min() < 0 or wanted.max() >= len(self)):
            raise IndexError("a row outside of the generation")
        starts = self.indptr[wanted]
        taken = Csr.gather(self.values, starts, self.indptr[wanted + 1] - starts)
        return Taken(taken.values, taken.indptr)

    def frequencies(self, size: int) -> Ints:
        """Count for each value below `size` the rows that hold it, int32."""
        row_of = np.repeat(np.arange(len(self)), np.diff(self.indptr))
        pairs = np.sort(row_of * max(size, 1) + self.values)
        first = np.ones(len(pairs), dtype=bool)
        first[1:] = pairs[1:] != pairs[:-1]
        return np.bincount(pairs[first] % max(size, 1), minlength=size).astype(np.int32)


class PartedRows:
    """The rows of several `Csr` one after another, as one.

    Attributes:
        indptr: Row `i` has `indptr[i + 1] - indptr[i]` values, of `indptr[-1]` in all.
    """

    def __init__(self, parts: Sequence[Csr], numbers: Sequence[Ints] | None = None) -> None:
        """Put parts together.

        Args:
            parts: At least one.
            numbers: For each part what stands for its values; None where they stand for themselves.
        """
        self._parts = parts
        self._numbers = numbers if numbers and len(parts) > 1 else None
        self._first = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
        sizes = np.concatenate([[0], np.cumsum([part.indptr[-1] for part in parts])]).astype(np.int64)
        self.indptr: Longs = parts[0].indptr
        if len(parts) > 1:
            ends = [part.indptr[1:] + size for part, size in zip(parts, sizes[:-1], strict=True)]
            self.indptr = np.concatenate([[0], *ends]).astype(np.int64)

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def row(self, row: int) -> Ints:
        """Return the values of one row, from 0."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        return self.take([row]).values

    def take(self, rows: npt.ArrayLike) -> Taken:
        """Return the values of `rows`, in their order.

        Raises:
            IndexError: A row is negative or beyond the last.
        """
        if len(self._parts) == 1:
            return self._parts[0].take(rows)
        wanted = np.asarray(rows, dtype=np.int64)
        if wanted.size and (wanted.min() < 0 or wanted.max() >= len(self)):
            raise IndexError("a row outside of the generation")
        indptr = np.concatenate([[0], np.cumsum(self.indptr[wanted + 1] - self.indptr[wanted])])
        values = np.empty(indptr[-1], dtype=np.int32)
        part_of = np.searchsorted(self._first, wanted, side="right") - 1
        for part in np.unique(part_of).tolist():
            places = np.flatnonzero(part_of == part)
            taken = self._parts[part].take(wanted[places] - self._first[part])
            shift = np.repeat(indptr[places] - taken.indptr[:-1], np.diff(taken.indptr))
            found = taken.values if self._numbers is None else self._numbers[part][taken.values]
            values[np.arange(len(taken.values)) + shift] = found
        return Taken(values, indptr.astype(np.int64))
