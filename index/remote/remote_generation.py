"""A generation in Milvus: what `index.generation.corpus.Corpus` asks for, read when a question wants it."""

import copy
import datetime as dt
import hashlib
import json
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
from index.generation.document_rows import document_of
from index.generation.manifest import Recipe
from index.generation.term_keys import key_of
from index.generation.word_index import FIELDS, Field
from index.records import Document, Sentence
from index.remote.facts import MANIFEST, Facts
from index.remote.milvus import Milvus
from index.remote.remote_columns import (
    RemoteColumn,
    RemoteSurroundings,
    RemoteValues,
    RemoteVectors,
    RemoteWords,
)
from index.remote.row_records import FEATURES, RemoteRow

_KEPT: Final = 1 << 15
_AT_ONCE: Final = 500


class RemoteGeneration:
    """A generation that was pushed; safe to use from any number of threads. Attributes as of `Generation`."""

    def __init__(self, milvus: Milvus, name: str, rows: str, facts: Facts, told: Mapping[str, Any]) -> None:
        self.name = name
        self._milvus, self._rows, self._facts, self._told = milvus, rows, facts, told
        self._wanted = ""
        self._kept: OrderedDict[int, RemoteRow] = OrderedDict()
        self._lock = threading.RLock()
        self._frequencies: dict[Field, dict[int, int]] = {field: {} for field in FIELDS}
        self.sentences, self.documents = told["sentences"], told["documents"]
        self.newest = dt.date.fromisoformat(told["newest"]) if told["newest"] else None
        self.is_sample = bool(told["sample"])
        recipe = dict(told["recipe"])
        self.recipe = Recipe(EncoderIdentity(**recipe.pop("encoder")), **recipe)
        self.document_at = lru_cache(64)(self._document_at)
        self.places = RemoteColumn(
            lambda rows: np.array([row.place for row in self.read(rows)]).reshape(-1, 6), self.sentences
        )
        self.duplicate_keys = RemoteColumn(self._gists, self.sentences)
        self.days = RemoteColumn(lambda places: np.array(self._days(places)), self.documents)
        self.around = RemoteSurroundings(self.read, told["paragraphs"])
        self.tokens, self.terms, self.folded, self.concepts = (
            RemoteValues(self.read, name, int(told["totals"][name])) for name in ("tokens", *FIELDS)
        )
        self._open_searches()

    def _open_searches(self) -> None:
        self.vectors = RemoteVectors(self.read, lambda query, k: self._search("vector", query, k))
        self.words = RemoteWords(self._weigh, self._search)

    @classmethod
    def open(cls, milvus: Milvus, rows: str) -> Self:
        """Open the generation of a collection of sentences.

        Raises:
            GenerationCorrupt: It was not pushed to its end.
            CollectionUnreachable: Milvus does not answer.
        """
        collection = f"{rows.removesuffix('_rows')}_facts"
        facts = Facts(milvus, collection)
        milvus.load(rows)
        milvus.load(collection)
        told = facts.get([MANIFEST])[MANIFEST]
        if told is None:
            raise GenerationCorrupt("{name} was not pushed to its end; run `trichdan index push`.", name=rows)
        read = json.loads(told)
        return cls(milvus, str(read["name"]), rows, facts, read)

    def outlets(self) -> Sequence[tuple[str, str]]:
        """Return name and an address of each outlet; its number is its place."""
        return [(str(source), str(url)) for source, url in self._told["outlets"]]

    def within(self, since: dt.date | None, until: dt.date | None, outlets: Sequence[int] | None) -> Self:
        """Return the same, where searches and `same` find only documents of these days and outlets."""
        wanted = []
        if since:
            wanted.append(f"day >= {since.toordinal()}")
        if until:
            wanted.append(f"day > 0 and day <= {until.toordinal()}")
        if outlets is not None:
            wanted.append(f"outlet in {list(outlets) or [-1]}")
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
        for start in range(0, len(missing), _AT_ONCE):
            records = self._milvus.get(self._rows, missing[start : start + _AT_ONCE], FEATURES)
            found |= {int(record["row"]): RemoteRow.of(record) for record in records}
        lost = [row for row in missing if row not in found]
        if lost:
            raise GenerationCorrupt("Row {row} of {name} is not in Milvus.", row=lost[0], name=self.name)
        with self._lock:
            self._kept.update((row, found[row]) for row in missing)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [found[row] for row in rows]

    def _gists(self, rows: Sequence[int]) -> RowIds:
        return np.array([row.gist for row in self.read(rows)], dtype=np.int64)

    def _search(self, field: str, query: Floats | dict[int, float], k: int) -> tuple[Floats, RowIds]:
        return self._milvus.search(self._rows, field, query, min(k, self.sentences), self._wanted)

    def _weigh(self, terms: Mapping[str, float], field: Field) -> dict[int, float]:
        """Return the dimension of each term with its weight by how rare it is."""
        known = self._known(field, list(terms))
        return {
            number + 1: weight * float(idf(frequency, self.sentences))
            for weight, (number, frequency) in zip(terms.values(), known, strict=True)
            if number >= 0
        }

    def _known(self, field: Field, terms: Sequence[str]) -> list[tuple[int, int]]:
        """Return number and frequency of each term, -1 and 0 of one that there is not."""
        keys = [f"t{field[0]}{key_of(term)}" for term in terms]
        found = self._facts.get(keys)
        known = [(found[key] or "-1 0").split() for key in keys]
        pairs = [(int(number), int(frequency)) for number, frequency in known]
        with self._lock:
            self._frequencies[field].update(pairs)
        return pairs

    def term_id(self, field: Field, term: str) -> int | None:
        """Return the id of a term of a field."""
        ((number, _),) = self._known(field, [term])
        return None if number < 0 else number

    def frequencies(self, field: Field) -> dict[int, int]:
        """Return by ids that `term_id` gave how many sentences hold the term."""
        return self._frequencies[field]

    def rows_of_terms(self, field: Field) -> RemoteValues:
        """Return the ids of the terms of each sentence."""
        return {"accented": self.terms, "folded": self.folded, "concepts": self.concepts}[field]

    def same(self, row: int) -> list[int]:
        """Return the rows that say what a row says and are not left out, ascending."""
        (here,) = self.read([row])
        if not here.is_twin:
            return [row]
        wanted = " and ".join(filter(None, [f"gist == {here.gist}", self._wanted]))
        return sorted(int(each["row"]) for each in self._milvus.query(self._rows, wanted, ["row"])) or [row]

    def sentence(self, row: int) -> Sentence:
        """Return the sentence of a row."""
        (here,) = self.read([row])
        position, start, end, line, paragraph, _ = here.place.tolist()
        return Sentence(row, self._head(position)["row"][0], start, end, line, paragraph, here.text)

    def texts_of(self, rows: Sequence[int]) -> list[str]:
        """Return the sentences of rows."""
        return [row.text for row in self.read(rows)]

    def _heads(self, positions: Sequence[int]) -> list[dict[str, Any]]:
        if len(positions) and not 0 <= min(positions) <= max(positions) < self.documents:
            raise IndexError("a document outside of the generation")
        found = self._facts.get([f"d{position}" for position in positions])
        heads = [found[f"d{position}"] for position in positions]
        if None in heads:
            raise GenerationCorrupt("A document of {name} is not in Milvus.", name=self.name)
        return [json.loads(head or "") for head in heads]

    def _head(self, position: int) -> dict[str, Any]:
        return self._heads([position])[0]

    def _days(self, positions: Sequence[int]) -> list[int]:
        return [int(head["day"]) for head in self._heads(positions)]

    def rows_at(self, position: int) -> range:
        """Return the rows of the document at a position."""
        return range(*self._head(position)["rows"])

    def title(self, position: int) -> str | None:
        """Return the title of the document at a position."""
        title = self._head(position)["row"][2]
        return None if title is None else str(title)

    def position(self, identifier: str) -> int:
        """Return the position of the document with an id; `KeyError` where there is none."""
        key = f"i{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()}"
        found = self._facts.get([key])[key]
        if found is None:
            raise KeyError(identifier)
        return int(found)

    def rows_of(self, document_id: str) -> range:
        """Return the rows of a document."""
        return self.rows_at(self.position(document_id))

    def document(self, identifier: str) -> Document:
        """Return the document with an id."""
        return self.document_at(self.position(identifier))

    def _document_at(self, position: int) -> Document:
        head, key = self._head(position), f"x{position}"
        text = self._facts.get([key], keep=False)[key] or ""
        if hashlib.sha256(text.encode()).hexdigest() != head["sha256"]:
            raise GenerationCorrupt(
                "The text of {document} in Milvus is not what was pushed; run `trichdan index push`.",
                document=head["row"][0],
            )
        row = head["row"]
        return document_of([row[0], text, *row[2:]])

    def iter_documents(self) -> Iterator[Document]:
        """Yield all documents, by id."""
        yield from map(self._document_at, range(self.documents))

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
