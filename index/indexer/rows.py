"""Rows: from sorted documents to what a part holds about each sentence, reusing what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.concepts import concept_ids
from index.encoders import Encoder
from index.encoders.base import Floats, TokenModel
from index.generation import Generation
from index.generation.arrays import Csr, Ints, Longs
from index.generation.entries import digest
from index.generation.places import places_of
from index.generation.word_index import Field
from index.indexer.vocabulary import Numbered, folded, renumbered
from index.progress import Advance
from index.records import Document
from index.text.duplicates import duplicate_key
from index.text.terms import terms

_BATCH = 1024


class Before:
    """The previous generation, and what every part needs of it."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation

    @cached_property
    def positions(self) -> dict[bytes, int]:
        """The position of a document by the digest of its text."""
        return self.generation.positions_by_digest()

    def terms(self, field: Field, rows: Longs) -> Numbered:
        """Return the terms of rows, those that none of them has left out."""
        values, indptr = self.generation.rows_of_terms(field).take(rows)
        known, ids = np.unique(values, return_inverse=True)
        vocabulary = [""] * len(known)
        for number, part in enumerate(self.generation.parts):
            own = self.generation.rows_of_part(number)
            if not ((own.start <= rows) & (rows < own.stop)).any():
                continue
            here = self.generation.numbers(field, number)
            terms = part.terms(field)
            for place in np.flatnonzero(np.isin(here, known)).tolist():
                vocabulary[int(np.searchsorted(known, here[place]))] = terms[place]
        return Numbered(Csr(ids.astype(np.int32), indptr), vocabulary)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of a part come from.

    Attributes:
        documents: Sorted by id.
        digests: `digest` of each.
        places: int32 (n, 6), as `Part.places`.
        first_rows: int64 (documents + 1), as `Part.first_rows`.
        known: int64 (n,): the row of the generation before, or -1.
        fresh: int64 (n,): the place in `texts`, or -1.
        texts: The sentences that are not known, each once.
        reused: Number of documents that are known.
    """

    documents: Sequence[Document]
    digests: Sequence[bytes]
    places: Ints
    first_rows: Longs
    known: Longs
    fresh: Longs
    texts: Sequence[str]
    reused: int


def lay_out(documents: Sequence[Document], before: Before | None, advance: Advance) -> Layout:
    """Segment documents, except for those whose text stands in the generation `before`."""
    digests, places, known, fresh = [], [], [], []
    numbers: dict[str, int] = {}
    reused = 0
    for document in documents:
        digests.append(digest(document))
        position = before.positions.get(digests[-1]) if before else None
        if before is not None and position is not None:
            rows = before.generation.rows_at(position)
            here: Ints = before.generation.places[rows.start : rows.stop, 1:]
            known.append(np.arange(rows.start, rows.stop))
            fresh.append(np.full(len(rows), -1))
            reused += 1
        else:
            here = places_of(document)
            sentences = [document.text[start:end] for start, end in here[:, :2].tolist()]
            known.append(np.full(len(sentences), -1))
            fresh.append(np.asarray([numbers.setdefault(text, len(numbers)) for text in sentences]))
        places.append(here)
        advance(1)
    counts = [len(here) for here in places]
    column = np.repeat(np.arange(len(documents)), counts)[:, None]
    return Layout(
        documents,
        digests,
        np.hstack([column, np.concatenate(places)]).astype(np.int32),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.concatenate(known).astype(np.int64),
        np.concatenate(fresh).astype(np.int64),
        list(numbers),
        reused,
    )


def encode(layout: Layout, before: Before | None, encoder: Encoder, advance: Advance) -> Floats:
    """Return the vector of each row, float32 (n, dimension); only texts that are not known are encoded."""
    vectors = np.zeros((len(layout.known), encoder.identity.dimension), dtype=np.float32)
    by_text = np.argsort(layout.fresh, kind="stable")
    texts = layout.fresh[by_text]
    for start in range(0, len(layout.texts), _BATCH):
        batch = layout.texts[start : start + _BATCH]
        first, last = np.searchsorted(texts, [start, start + len(batch)])
        rows = by_text[first:last]
        vectors[rows] = encoder.encode_passages(batch)[layout.fresh[rows] - start]
        advance(len(batch))
    is_known = layout.known >= 0
    if before is not None:
        vectors[is_known] = before.generation.vectors.rows(layout.known[is_known])
    return vectors


def tokenize(layout: Layout, before: Before | None, tokens: TokenModel, advance: Advance) -> Csr:
    """Return the token ids of each row; only texts that are not known are tokenized."""
    made: list[npt.NDArray[np.int32]] = []
    for start in range(0, len(layout.texts), _BATCH):
        made.extend(tokens.tokenize(layout.texts[start : start + _BATCH]))
        advance(len(made) - start)
    known = Csr.from_rows([])
    if before is not None:
        known = Csr(*before.generation.tokens.take(layout.known[layout.known >= 0]))
    return _merged(layout, known, Csr.from_rows(made))


class Analysed(NamedTuple):
    """What words say of each row.

    Attributes:
        fields: Its terms in each of `FIELDS`.
        folds: By id of an accented term, the id of the folded one, int32.
        duplicate_keys: int64 (n,).
    """

    fields: tuple[Numbered, Numbered, Numbered]
    folds: Ints
    duplicate_keys: Longs


def analyse(layout: Layout, before: Before | None, advance: Advance) -> Analysed:
    """Return the terms and the duplicate key of each row; only texts that are not known are analysed."""
    known_terms, numbers = _known(layout, before, "accented")
    known_concepts, concepts = _known(layout, before, "concepts")
    made: list[Ints] = []
    meant: list[Ints] = []
    duplicate_keys = np.zeros(len(layout.texts), dtype=np.int64)
    for place, text in enumerate(layout.texts):
        found = terms(text)
        made.append(_numbered(found, numbers))
        meant.append(_numbered(concept_ids(text), concepts))
        duplicate_keys[place] = duplicate_key(text, found)
        advance(1)
    accented = renumbered(_merged(layout, known_terms, Csr.from_rows(made)), list(numbers))
    meanings = renumbered(_merged(layout, known_concepts, Csr.from_rows(meant)), list(concepts))
    without_accents, folds = folded(accented)
    known = before.generation.duplicate_keys if before else None
    fields = (accented, without_accents, meanings)
    return Analysed(fields, folds, _column(layout, known, duplicate_keys))


def _known(layout: Layout, before: Before | None, field: Field) -> tuple[Csr, dict[str, int]]:
    """Return the terms of the rows that are known, and the number of each."""
    if before is None:
        return Csr.from_rows([]), {}
    rows, vocabulary = before.terms(field, layout.known[layout.known >= 0])
    return rows, {term: number for number, term in enumerate(vocabulary)}


def _numbered(found: Sequence[str], numbers: dict[str, int]) -> Ints:
    return np.asarray([numbers.setdefault(term, len(numbers)) for term in found], dtype=np.int32)


def _column(layout: Layout, known: Longs | None, fresh: Longs) -> Longs:
    """Return a number of each row, from what is known or from what is fresh."""
    is_known = layout.known >= 0
    column = np.zeros(len(is_known), dtype=np.int64)
    if known is not None:
        column[is_known] = known[layout.known[is_known]]
    column[~is_known] = fresh[layout.fresh[~is_known]]
    return column


def _merged(layout: Layout, known: Csr, fresh: Csr) -> Csr:
    """Return the rows of a part, each from those that are known or from those that are fresh."""
    is_known = layout.known >= 0
    values = np.concatenate([known.values, fresh.values])
    starts = np.concatenate([known.indptr[:-1], fresh.indptr[:-1] + len(known.values)])
    lengths = np.concatenate([np.diff(known.indptr), np.diff(fresh.indptr)])
    origin = np.where(is_known, np.cumsum(is_known) - 1, layout.fresh + len(known))
    return Csr.gather(values, starts[origin], lengths[origin])
