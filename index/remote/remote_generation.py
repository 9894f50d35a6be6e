"""A generation in Milvus: what `index.generation.corpus.Corpus` asks for, read when a question wants it."""

import copy
import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from index.encoders import EncoderIdentity
from index.encoders.base import Floats
from index.errors import GenerationCorrupt
from index.generation.arrays import RowIds
from index.generation.bm25 import idf
from index.generation.catalogue import Summary
from index.generation.manifest import Recipe
from index.generation.term_keys import key_of
from index.generation.word_index import FIELDS, Field
from index.records import Document, Sentence
from index.remote.counts import gist_key, id_key, term_key
from index.remote.facts import AT_ONCE, Facts, version
from index.remote.milvus import Milvus, Record
from index.remote.remote_columns import (
    RemoteColumn,
    RemoteSurroundings,
    RemoteValues,
    RemoteVectors,
    RemoteWords,
)
from index.remote.remote_documents import RemoteDocuments
from index.remote.remote_texts import RemoteTexts, read_root
from index.remote.row_records import FEATURES, RemoteRow, number_of, outlet_of

_KEPT: Final = 1 << 15


class RemoteGeneration:
    """A generation that was pushed; safe to use from any number of threads. Attributes as of `Generation`."""

    def __init__(self, milvus: Milvus, told: Mapping[str, Any], own: RemoteDocuments) -> None:
        self.name = str(told["name"])
        self._rows, facts = milvus.address.shared(told["base"])
        self._milvus, self._facts = milvus, Facts(milvus, facts)
        self._told, self._own, self._pushes = told, own, frozenset(told["pushes"])
        self._texts = RemoteTexts(self._facts, own, self.name)
        # What a later push brings, and what the last one took away, stands beside what is asked here.
        self._wanted = f"document < {told['ceiling']}"
        if told["gone"]:
            self._wanted += f" and document not in {told['gone']}"
        self._kept: OrderedDict[int, RemoteRow] = OrderedDict()
        self._lock = threading.RLock()
        self._frequencies: dict[Field, dict[int, int]] = {field: {} for field in FIELDS}
        self.sentences, self.documents = told["sentences"], told["documents"]
        self.newest = dt.date.fromisoformat(told["newest"]) if told["newest"] else None
        self.is_sample = bool(told["sample"])
        recipe = dict(told["recipe"])
        self.recipe = Recipe(EncoderIdentity(**recipe.pop("encoder")), **recipe)
        self.document_at = lru_cache(64)(self._texts.document)
        self.places = RemoteColumn(
            lambda rows: np.array([row.place for row in self.read(rows)]).reshape(-1, 6), self.sentences
        )
        self.duplicate_keys = RemoteColumn(self._gists, self.sentences)
        self.days = RemoteColumn(lambda places: np.array(self._texts.days(places)), self.documents)
        self.around = RemoteSurroundings(self.read, told["paragraphs"])
        self.tokens, self.terms, self.folded, self.concepts = (
            RemoteValues(self.read, name, int(told["totals"][name])) for name in ("tokens", *FIELDS)
        )
        self._open_searches()

    def _open_searches(self) -> None:
        self.vectors = RemoteVectors(self.read, lambda query, k: self._search("vector", query, k))
        self.words = RemoteWords(self._weigh, self._search)

    @classmethod
    def open(cls, milvus: Milvus, live: str) -> Self:
        """Open a generation by its collection.

        Raises:
            GenerationCorrupt: It was not pushed to its end.
            CollectionUnreachable: Milvus does not answer.
        """
        root = read_root(milvus, live)
        if root is None:
            raise GenerationCorrupt("{name} was not pushed to its end; push again.", name=live)
        opened = cls(milvus, *root)
        milvus.load(opened._rows)
        milvus.load(opened._facts.collection)
        return opened

    def outlets(self) -> Sequence[tuple[str, str]]:
        """Return name and an address of each outlet; its number is its place."""
        return [(str(source), str(url)) for source, url in self._told["outlets"]]

    def within(self, since: dt.date | None, until: dt.date | None, outlets: Sequence[int] | None) -> Self:
        """Return the same, where searches and `same` find only documents of these days and outlets."""
        wanted = [self._wanted]
        if since:
            wanted.append(f"day >= {since.toordinal()}")
        if until:
            wanted.append(f"day > 0 and day <= {until.toordinal()}")
        if outlets is not None:
            known = [outlet_of(*self._told["outlets"][number]) for number in outlets]
            wanted.append(f"outlet in {known}" if known else "document < 0")
        narrowed = copy.copy(self)
        narrowed._wanted = " and ".join(wanted)
        narrowed._open_searches()
        return narrowed

    def read(self, rows: Sequence[int]) -> list[RemoteRow]:
        """Return rows, in their order.

        Raises:
            IndexError: There is no such row.
            GenerationCorrupt: Milvus has lost one.
        """
        if len(rows) and not 0 <= min(rows) <= max(rows) < self.sentences:
            raise IndexError("a row outside of the generation")
        with self._lock:
            found = {row: self._kept[row] for row in rows if row in self._kept}
        missing = sorted({*rows} - found.keys())
        for start in range(0, len(missing), AT_ONCE):
            keys = self._own.keys(np.array(missing[start : start + AT_ONCE], dtype=np.int64))
            records = self._milvus.get(self._rows, keys.tolist(), FEATURES)
            found |= dict(map(self._row_of, records))
        lost = [row for row in missing if row not in found]
        if lost:
            raise GenerationCorrupt("Row {row} of {name} is not in Milvus.", row=lost[0], name=self.name)
        with self._lock:
            self._kept.update((row, found[row]) for row in missing)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [found[row] for row in rows]

    def _row_of(self, record: Record) -> tuple[int, RemoteRow]:
        (row,) = self._own.rows(np.array([record["row"]], dtype=np.int64)).tolist()
        (position,) = self._own.positions_of(np.array([row])).tolist()
        its = self.rows_at(position)
        return row, RemoteRow.of(record, position, its.start, len(its))

    def _gists(self, rows: Sequence[int]) -> RowIds:
        return np.array([row.gist for row in self.read(rows)], dtype=np.int64)

    def _search(self, field: str, query: Floats | dict[int, float], k: int) -> tuple[Floats, RowIds]:
        scores, keys = self._milvus.search(self._rows, field, query, min(k, self.sentences), self._wanted)
        rows = self._own.rows(keys)
        order = np.lexsort((rows, -scores))
        order = order[rows[order] >= 0]
        return scores[order], rows[order]

    def _weigh(self, terms: Mapping[str, float], field: Field) -> dict[int, float]:
        """Return the dimension of each term with its weight by how rare it is."""
        known = self._known(field, list(terms))
        weights: dict[int, float] = {}
        for weight, (number, frequency) in zip(terms.values(), known, strict=True):
            if frequency:
                rarity = float(idf(frequency, self.sentences))
                weights[number] = weights.get(number, 0.0) + weight * rarity
        return weights

    def _known(self, field: Field, terms: Sequence[str]) -> list[tuple[int, int]]:
        """Return number and frequency of each term; no sentence holds one that there is not."""
        numbers = [number_of(key_of(term)) for term in terms]
        counts = self._counts([term_key(field, number) for number in numbers])
        pairs = [(number, count or 0) for number, count in zip(numbers, counts, strict=True)]
        with self._lock:
            self._frequencies[field].update(pairs)
        return pairs

    def _counts(self, keys: Sequence[str]) -> list[int | None]:
        """Return what numbers are as of this generation, None where there is none."""
        found = self._facts.get(keys)
        versions = (version(found[key], self._pushes) for key in keys)
        return [its and its[1] for its in versions]

    def term_id(self, field: Field, term: str) -> int | None:
        """Return the id of a term of a field."""
        ((number, frequency),) = self._known(field, [term])
        return number if frequency else None

    def frequencies(self, field: Field) -> dict[int, int]:
        """Return by ids that `term_id` gave how many sentences hold the term."""
        return self._frequencies[field]

    def rows_of_terms(self, field: Field) -> RemoteValues:
        """Return the ids of the terms of each sentence."""
        return {"accented": self.terms, "folded": self.folded, "concepts": self.concepts}[field]

    def same(self, row: int) -> list[int]:
        """Return the rows that say what a row says and are not left out, ascending."""
        (here,) = self.read([row])
        if (self._counts([gist_key(here.gist)])[0] or 1) == 1:
            return [row]
        found = self._milvus.query(self._rows, f"gist == {here.gist} and {self._wanted}", ["row"])
        rows = self._own.rows(np.array([each["row"] for each in found], dtype=np.int64))
        return sorted(rows[rows >= 0].tolist()) or [row]

    def sentence(self, row: int) -> Sentence:
        """Return the sentence of a row."""
        (here,) = self.read([row])
        position, start, end, line, paragraph, _ = here.place.tolist()
        return Sentence(row, self._texts.head(position)["row"][0], start, end, line, paragraph, here.text)

    def texts_of(self, rows: Sequence[int]) -> list[str]:
        """Return the sentences of rows."""
        return [row.text for row in self.read(rows)]

    def rows_at(self, position: int) -> range:
        """Return the rows of the document at a position."""
        return range(int(self._own.first[position]), int(self._own.first[position + 1]))

    def title(self, position: int) -> str | None:
        """Return the title of the document at a position."""
        title = self._texts.head(position)["row"][2]
        return None if title is None else str(title)

    def position(self, identifier: str) -> int:
        """Return the position of the document with an id; `KeyError` where there is none."""
        (number,) = self._counts([id_key(identifier)])
        if number is None:
            raise KeyError(identifier)
        return self._own.position(number)

    def rows_of(self, document_id: str) -> range:
        """Return the rows of a document."""
        return self.rows_at(self.position(document_id))

    def document(self, identifier: str) -> Document:
        """Return the document with an id."""
        return self.document_at(self.position(identifier))

    def iter_documents(self) -> Iterator[Document]:
        """Yield all documents, by id."""
        yield from map(self._texts.document, range(self.documents))

    def summaries(self) -> list[Summary]:
        """Return what all documents say of themselves."""
        return [Summary(d.id, d.title, d.source, d.url, d.date) for d in self.iter_documents()]

    def close(self) -> None:
        """Let go of the connection."""
        self._milvus.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
