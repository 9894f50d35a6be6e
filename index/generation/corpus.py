"""What questions are asked of: everything that answering reads, whatever holds it.

`index.generation.Generation` holds it in files of this machine, `index.remote` in Milvus. A side gives what
is found, and of each row its place, its text, and the inputs of its features; whatever is done with that is
one code for all sides.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from index.encoders.base import Floats
from index.generation.arrays import Longs, RowIds, Taken
from index.generation.catalogue import Summary
from index.generation.word_index import Field
from index.records import Document, Sentence


class Column(Protocol):
    """Numbers by row, or by row and column; indexed as an array is."""

    def __len__(self) -> int:
        """Return the number of rows."""

    def __getitem__(self, key: Any, /) -> Any:  # noqa: ANN401 - whatever an array of numpy takes and gives
        """Return the numbers of a row, or of some."""


class Vectors(Protocol):
    """The vector of each sentence; scores are inner products."""

    def search(self, queries: Floats, k: int) -> tuple[Floats, RowIds]:
        """Return scores and rows of the `k` nearest of each query, best first; fewer where none is left."""

    def rows(self, rows: RowIds, /) -> Floats:
        """Return the vectors of rows, float32."""


class WordSearch(Protocol):
    """The terms of each sentence; scores are BM25."""

    def search(
        self, terms: Mapping[str, float] | Sequence[str], field: Field, k: int
    ) -> list[tuple[int, float]]:
        """Return rows with their scores, best first."""


class Values(Protocol):
    """For each row some numbers."""

    @property
    def total(self) -> int:
        """Number of values of all rows."""

    def lengths(self, rows: RowIds) -> Longs:
        """Return the number of values of each row."""

    def take(self, rows: RowIds, /) -> Taken:
        """Return the values of rows, in their order."""


class Surroundings(Protocol):
    """What stands around rows."""

    def paragraphs(self, rows: RowIds) -> tuple[RowIds, RowIds]:
        """Return of the context of each row its first row, and the one behind its last."""

    def documents(self, rows: RowIds) -> tuple[RowIds, RowIds]:
        """Return the same of its document."""

    def sizes(self) -> tuple[RowIds, RowIds]:
        """Return how many rows paragraphs have, and how many paragraphs have so many."""


class Corpus(Protocol):
    """One state of a collection, which never changes; attributes as those of `Generation`."""

    name: str

    @property
    def sentences(self) -> int: ...  # noqa: D102 - as of `Generation`, like all that follow
    @property
    def documents(self) -> int: ...  # noqa: D102
    @property
    def newest(self) -> dt.date | None: ...  # noqa: D102
    @property
    def is_sample(self) -> bool: ...  # noqa: D102
    @property
    def vectors(self) -> Vectors: ...  # noqa: D102
    @property
    def words(self) -> WordSearch: ...  # noqa: D102
    @property
    def tokens(self) -> Values: ...  # noqa: D102
    @property
    def terms(self) -> Values: ...  # noqa: D102
    @property
    def concepts(self) -> Values: ...  # noqa: D102
    @property
    def places(self) -> Column: ...  # noqa: D102
    @property
    def duplicate_keys(self) -> Column: ...  # noqa: D102
    @property
    def days(self) -> Column: ...  # noqa: D102
    @property
    def around(self) -> Surroundings: ...  # noqa: D102
    def rows_of_terms(self, field: Field) -> Values: ...  # noqa: D102
    def term_id(self, field: Field, term: str) -> int | None: ...  # noqa: D102
    def frequencies(self, field: Field) -> Column: ...  # noqa: D102
    def rows_at(self, position: int) -> range: ...  # noqa: D102
    def rows_of(self, document_id: str) -> range: ...  # noqa: D102
    def same(self, row: int) -> list[int]: ...  # noqa: D102
    def sentence(self, row: int) -> Sentence: ...  # noqa: D102
    def texts_of(self, rows: Sequence[int]) -> list[str]: ...  # noqa: D102
    def title(self, position: int) -> str | None: ...  # noqa: D102
    def document(self, identifier: str) -> Document: ...  # noqa: D102
    def document_at(self, position: int) -> Document: ...  # noqa: D102
    def iter_documents(self) -> Iterator[Document]: ...  # noqa: D102
    def summaries(self) -> list[Summary]: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


@runtime_checkable
class Narrowing(Protocol):
    """A corpus that leaves out itself what a filter leaves out, so that nobody needs a mask of all rows."""

    def outlets(self) -> Sequence[tuple[str, str]]:
        """Return name and an address of each outlet; its number is its place."""

    def within(self, since: dt.date | None, until: dt.date | None, outlets: Sequence[int] | None) -> Corpus:
        """Return the same corpus, where searches and `same` find only documents of these days and outlets."""
