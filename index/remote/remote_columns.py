"""Columns of a generation in Milvus: each reads the rows that are asked for, and looks like an array."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from index.encoders.base import Floats
from index.generation.arrays import Ints, Longs, RowIds, Taken
from index.generation.word_index import Field
from index.remote.row_records import RemoteRow

ReadRows = Callable[[Sequence[int]], list[RemoteRow]]


class RemoteColumn:
    """Numbers by row, or by row and column."""

    def __init__(self, read: Callable[[Sequence[int]], Any], count: int) -> None:
        self._read = read
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, key: Any, /) -> Any:  # noqa: ANN401 - as an array of numpy
        """Return the numbers of a row, or of some."""
        rows, columns = key if isinstance(key, tuple) else (key, None)
        if isinstance(rows, slice):
            rows = np.arange(*rows.indices(self._count))
        found = self._read(np.atleast_1d(np.asarray(rows, dtype=np.int64)).tolist())
        found = found if np.ndim(rows) else found[0]
        return found if columns is None else found[..., columns]


class RemoteValues:
    """For each row some numbers."""

    def __init__(self, read: ReadRows, name: str, total: int) -> None:
        self._read = read
        self._name = name
        self.total = total

    def lengths(self, rows: RowIds) -> Longs:
        """Return the number of values of each row."""
        return np.diff(self.take(rows).indptr)

    def take(self, rows: RowIds, /) -> Taken:
        """Return the values of rows, in their order."""
        values: list[Ints] = [row.values[self._name] for row in self._read(np.asarray(rows).tolist())]
        indptr = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in values], out=indptr[1:])
        joined = np.concatenate(values) if values else np.zeros(0)
        return Taken(joined.astype(np.int32), indptr)


class RemoteSurroundings:
    """What stands around rows."""

    def __init__(self, read: ReadRows, sizes: Mapping[str, int]) -> None:
        self._read = read
        self._sizes = sizes

    def paragraphs(self, rows: RowIds) -> tuple[RowIds, RowIds]:
        """Return of the paragraph of each row its first row, and the one behind its last."""
        return _pairs([row.paragraph for row in self._read(rows.tolist())])

    def documents(self, rows: RowIds) -> tuple[RowIds, RowIds]:
        """Return the same of its document."""
        flat = rows.ravel()
        first, behind = _pairs([row.document for row in self._read(flat.tolist())])
        return first.reshape(rows.shape), behind.reshape(rows.shape)

    def sizes(self) -> tuple[RowIds, RowIds]:
        """Return how many rows paragraphs have, and how many paragraphs have so many."""
        return np.array([*map(int, self._sizes)], dtype=np.int64), np.array([*self._sizes.values()])


def _pairs(found: Sequence[tuple[int, int]]) -> tuple[RowIds, RowIds]:
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


class RemoteVectors:
    """The vector of each sentence."""

    def __init__(self, read: ReadRows, search: Callable[[Floats, int], tuple[Floats, RowIds]]) -> None:
        self._read = read
        self._search = search

    def search(self, queries: Floats, k: int) -> tuple[Floats, RowIds]:
        """Return scores and rows of the `k` nearest of a query, best first."""
        scores, rows = self._search(queries[0], k)
        return scores[None, :], rows[None, :]

    def rows(self, rows: RowIds, /) -> Floats:
        """Return the vectors of rows, float32."""
        return np.stack([row.vector for row in self._read(np.asarray(rows).tolist())])


class RemoteWords:
    """The terms of each sentence: a product of sparse vectors is BM25."""

    def __init__(
        self,
        weigh: Callable[[Mapping[str, float], Field], dict[int, float]],
        search: Callable[[Field, dict[int, float], int], tuple[Floats, RowIds]],
    ) -> None:
        self._weigh = weigh
        self._search = search

    def search(
        self, terms: Mapping[str, float] | Sequence[str], field: Field, k: int
    ) -> list[tuple[int, float]]:
        """Return rows with their scores, best first."""
        weights = terms if isinstance(terms, Mapping) else Counter(terms)
        query = self._weigh({term: float(weight) for term, weight in weights.items() if weight > 0}, field)
        if not query or k <= 0:
            return []
        scores, rows = self._search(field, query, k)
        return [(row, score) for row, score in zip(rows.tolist(), scores.tolist(), strict=True) if score > 0]
