"""Collections with questions whose answers are known: what the ranker learns from and is measured on."""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from index.encoders import Encoder, StaticModel
from index.generation import Generation
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from index.text.segment import Span
from index.text.terms import fold


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the places that answer it.

    Attributes:
        question: As typed.
        places: (document id, code-point offset inside the answering sentence); empty if nothing answers.
        kind: For reports: usually the language.
    """

    question: str
    places: tuple[tuple[str, int], ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A collection and the questions to it.

    Attributes:
        sentences: Given sentences (code-point ranges) by document id, where a benchmark prescribes them.
    """

    name: str
    documents: tuple[Document, ...]
    asked: tuple[Asked, ...]
    sentences: dict[str, tuple[tuple[int, int], ...]] | None = None

    def without_accents(self) -> "Situation":
        """Return the same, the questions typed without accents and in lower case."""
        plain = tuple(
            replace(a, question=fold(a.question).lower(), kind=f"{a.kind}-plain") for a in self.asked
        )
        return replace(self, asked=plain)

    def asking(self, kind: str) -> "Situation":
        """Return the same with the questions of one kind only."""
        return replace(self, asked=tuple(a for a in self.asked if a.kind == kind))

    def taken_out(self, parts: int, seed: int) -> Iterator["Situation"]:
        """Yield `parts` collections, each without a part of the documents, with the questions to those."""
        documents = [d for d in self.documents if any(d.id == p for a in self.asked for p, _ in a.places)]
        random.Random(seed).shuffle(documents)  # noqa: S311 - reproducible, not secret
        for part in range(parts):
            gone = {document.id for document in documents[part::parts]}
            yield replace(
                self,
                name=f"{self.name} without part {part}",
                documents=tuple(d for d in self.documents if d.id not in gone),
                asked=tuple(
                    replace(a, places=())
                    for a in self.asked
                    if a.places and all(p in gone for p, _ in a.places)
                ),
            )

    def divided(self, parts: int, seed: int) -> Iterator["Situation"]:
        """Yield small collections; each is asked what it answers and as much that another one answers."""
        random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
        documents, asked = list(self.documents), [a for a in self.asked if a.places]
        random_.shuffle(documents)
        for part in range(parts):
            kept = documents[part::parts]
            ids = {document.id for document in kept}
            mine = [a for a in asked if all(place in ids for place, _ in a.places)]
            foreign = [replace(a, places=()) for a in asked if not any(place in ids for place, _ in a.places)]
            foreign = random_.sample(foreign, min(len(mine), len(foreign)))
            yield replace(
                self, name=f"{self.name}, small {part}", documents=tuple(kept), asked=(*mine, *foreign)
            )


@contextmanager
def opened(situation: Situation, encoder: Encoder, static: StaticModel) -> Iterator[Generation]:
    """Build the collection in a temporary folder and open it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # tantivy's thread writes a lock
        store = Store(Path(folder))
        built(situation, store, encoder, static)
        with store.current(encoder.identity, static.revision) as generation:
            yield generation


def built(situation: Situation, store: Store, encoder: Encoder, static: StaticModel) -> None:
    """Build the collection, divided into the sentences it prescribes if it does."""
    given = situation.sentences
    with mock.patch("index.generation.places.quotable", _divider(situation)) if given else _nothing():
        Indexer(store, encoder, static).build(situation.documents)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _divider(situation: Situation) -> Callable[[str], tuple[Span, ...]]:
    spans = {}
    for document in situation.documents:
        inside = []
        for start, end in (situation.sentences or {})[document.id]:
            text = document.text[start:end]
            start += len(text) - len(text.lstrip())
            inside.append(Span(start, start + len(text.strip()), 0))
        spans[document.text] = tuple(span for span in inside if span.end > span.start)
    return spans.__getitem__


def right_rows(asked: Asked, generation: Generation) -> set[int]:
    """Return the rows that answer: those that hold the given places."""
    rows = set()
    for document, offset in asked.places:
        for row in generation.rows_of(document):
            sentence = generation.sentence(row)
            if sentence.start <= offset < sentence.end:
                rows.add(row)
    return rows
