"""Number columns of a generation: `.npy` files, memory-mapped, and rows of unequal length in CSR form.

What maps a file raises `GenerationCorrupt` where it holds something else.
"""

import io
import math
import mmap
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.errors import GenerationCorrupt

# As `np.save` writes it. numpy reads it with `ast`, which in Python 3.11 occasionally fails when two threads
# do it at a time ("AST constructor recursion depth mismatch").
_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(?P<type><i[48]|<u2)', 'fortran_order': False, "
    rb"'shape': \((?P<shape>\d{1,18},|\d{1,18}, \d{1,18})\), \} *\n",
    re.DOTALL,
)
_LONGEST_HEADER = 256
_MOST_OF_TWO_BYTES = np.iinfo(np.uint16).max
_MOST_OF_FOUR_BYTES = np.iinfo(np.int32).max

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Ids = npt.NDArray[np.uint16] | npt.NDArray[np.int32]
"""Numbers of terms or tokens in a part: of two bytes where there are so few."""
Ends = npt.NDArray[np.int32] | npt.NDArray[np.int64]
"""Where rows end among all values: of four bytes where there are so few."""
RowIds = Longs
"""Rows of a generation, and places among them, as questions are answered with."""


def ids_of(values: Ints) -> Ids:
    """Return numbers from 0 as they are stored."""
    return values.astype(np.uint16) if values.max(initial=0) <= _MOST_OF_TWO_BYTES else values


def ends_of(indptr: Longs) -> Ends:
    """Return ascending numbers from 0 as they are stored."""
    return indptr.astype(np.int32) if indptr[-1] <= _MOST_OF_FOUR_BYTES else indptr


def to_npy(array: Ids | Ends) -> bytes:
    """Return the bytes of a `.npy` file."""
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(array), allow_pickle=False)
    return buffer.getvalue()


def map_ints(path: Path, columns: int | None = None) -> Ints:
    """Map a file of int32, with this number of columns or none."""
    return _map(path, np.int32, columns=columns)


def map_longs(path: Path) -> Longs:
    """Map a file of int64 in one column."""
    return _map(path, np.int64)


def map_ids(path: Path) -> Ids:
    """Map a file of what `ids_of` returned."""
    return _map(path, np.uint16, np.int32)


def map_ends(path: Path) -> Ends:
    """Map a file of what `ends_of` returned."""
    return _map(path, np.int32, np.int64)


def _map(path: Path, *types: type, columns: int | None = None) -> npt.NDArray[Any]:
    array = _mapped(path)
    if array.dtype not in types or array.shape[1:] != (() if columns is None else (columns,)):
        raise GenerationCorrupt(
            "{file} of {name} holds other numbers than it should.", file=path.name, name=path.parent.name
        )
    return array


def _mapped(path: Path) -> npt.NDArray[Any]:
    with path.open("rb") as file:
        header = _HEADER.match(file.read(_LONGEST_HEADER))
        size = file.seek(0, 2)
        if header:
            dtype = np.dtype(header["type"].decode())
            shape = [int(length) for length in header["shape"].split(b",") if length.strip()]
            if size == header.end() + dtype.itemsize * math.prod(shape):
                mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
                return np.frombuffer(mapped, dtype, offset=header.end()).reshape(shape)
    raise GenerationCorrupt(
        "{file} of {name} cannot be read as numbers.", file=path.name, name=path.parent.name
    )


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

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def frequencies(self, size: int) -> Ints:
        """Count for each value below `size` the rows that hold it, int32."""
        row_of = np.repeat(np.arange(len(self)), np.diff(self.indptr))
        pairs = np.sort(row_of * max(size, 1) + self.values)
        first = np.ones(len(pairs), dtype=bool)
        first[1:] = pairs[1:] != pairs[:-1]
        return np.bincount(pairs[first] % max(size, 1), minlength=size).astype(np.int32)


class PartedRows:
    """The rows of several parts one after another, each of int32 of unequal length."""

    def __init__(
        self, values: Sequence[Callable[[], Ids]], first: Longs, ends: Ends, numbers: Sequence[Ints]
    ) -> None:
        """Put parts together.

        Args:
            values: For each part what gives the values of its rows, one after another; at least one.
            first: The first row of each part, and the number of rows.
            ends: The row `i` has the values from `ends[i]` to `ends[i + 1]` of all.
            numbers: For each part what its values stand for.
        """
        self._parts = values
        self._first = first
        self._ends = ends
        self._begin: list[int] = ends[first].tolist()
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def total(self) -> int:
        """Number of values of all rows."""
        return self._begin[-1]

    def lengths(self, rows: RowIds) -> Longs:
        """Return the number of values of each row; a row that is none is not looked for."""
        return (self._ends[rows + 1] - self._ends[rows]).astype(np.int64)

    def row(self, row: int) -> Ints:
        """Return the values of one row, from 0."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        return self.take([row]).values

    def take(self, rows: npt.ArrayLike) -> Taken:
        """Return the values of `rows`, in their order.

        Raises:
            IndexError: A row is negative or beyond the last.
            GenerationCorrupt: The files do not fit together.
        """
        wanted = np.asarray(rows, dtype=np.int64)
        if wanted.size and (wanted.min() < 0 or wanted.max() >= len(self)):
            raise IndexError("a row outside of the generation")
        if (wanted[1:] < wanted[:-1]).any():
            order = np.argsort(wanted, kind="stable")
            values, starts = self.take(wanted[order])
            back = np.empty_like(order)
            back[order] = np.arange(len(order))
            sorted_back = Csr.gather(values, starts[back], np.diff(starts)[back])
            return Taken(sorted_back.values, sorted_back.indptr)
        places, indptr = runs(self._ends[wanted].astype(np.int64), self.lengths(wanted))
        found = np.empty(len(places), dtype=np.int32)
        cuts = np.searchsorted(wanted, self._first)
        for part in np.flatnonzero(np.diff(cuts)).tolist():
            here = slice(*indptr[cuts[part : part + 2]].tolist())
            found[here] = self._numbers[part][self._values(part)[places[here] - self._begin[part]]]
        return Taken(found, indptr)

    def _values(self, part: int) -> Ids:
        values = self._parts[part]()
        if len(values) != self._begin[part + 1] - self._begin[part]:
            raise GenerationCorrupt("A part does not fit the number of its sentences.")
        return values
