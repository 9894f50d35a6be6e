"""A generation: everything that is known at one time, opened, verified, never changed."""

import bisect
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from index.arrays import Ints, Longs, PartedRows, map_ints
from index.catalogue import REMEMBERED, Catalogue, Summary
from index.division import Entry
from index.errors import GenerationCorrupt
from index.files import Files, Stamp
from index.joining import frequencies_of, joined_first_rows, joined_places, numbers_of
from index.manifest import Manifest
from index.part import VECTORS, WORDS, Part, folder_of
from index.records import Document, Sentence
from index.vectors import FLAT, Vectors
from index.verification import verify
from index.words import FIELDS, Field, Words

MANIFEST = "manifest.json"
TERMS = "terms.sqlite"
TWINS = "twins.npy"
MANIFEST_LIMIT = 1 << 24

DOCUMENT, START, END, LINE, PARAGRAPH = range(5)
"""Columns of `Generation.places`."""


class Generation:
    """One published state of the collection; a context manager, safe to use from any number of threads.

    Attributes:
        name: Its name in the store.
        folder: Where its files are.
        manifest: What it says of itself.
        stamps: Of each file, by its path below the folder, when its checksum was verified.
        parts: What it is made of, in the order of the documents.
        first_documents: For each part the position of its first document, and the number of all.
        vectors: The vector of each sentence.
        words: The word index.
        tokens: Token ids of each sentence by the static model.
        terms: Ids of the accented terms of each sentence, in reading order.
        folded: The same for folded terms.
        concepts: The same for concepts (`index.concepts`).
        places: int32 (sentences, 5): position of the document, start, end, line, paragraph.
        gists: int64 (sentences,): what each sentence says; sentences that say the same have the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
        first_rows: int64 (documents + 1): rows of the document at position p are first_rows[p:p + 2].
    """

    def __init__(self, folder: Path, manifest: Manifest, vectors: Vectors, held: ExitStack) -> None:
        self.name = folder.name
        self.folder = folder
        self.manifest = manifest
        self.stamps: Mapping[str, Stamp] = {}
        self.vectors = vectors
        self._held = held
        share = REMEMBERED // max(1, len(manifest.parts))
        self.parts = [Part(folder / folder_of(entry.name), entry, held, share) for entry in manifest.parts]
        self._terms = Catalogue.open(folder / TERMS)
        held.callback(self._terms.close)
        rows = np.cumsum([0, *(entry.sentences for entry in manifest.parts)])
        self.first_documents: list[int] = np.cumsum([0, *(e.documents for e in manifest.parts)]).tolist()
        names = [entry.name for entry in manifest.parts]
        self.words = Words.open(folder / WORDS, dict(zip(names, rows.tolist(), strict=False)))
        if (
            rows[-1] != manifest.sentences
            or self.first_documents[-1] != manifest.documents
            or len(self.words) != manifest.sentences
        ):
            raise GenerationCorrupt(f"The files of {self.name} do not have the sizes its manifest says.")
        self.places: Ints = joined_places(self.parts, self.first_documents)
        self.first_rows: Longs = joined_first_rows(self.parts, rows)
        self.gists: Longs = np.concatenate([part.gists for part in self.parts])
        self.days: Ints = np.concatenate([part.days for part in self.parts])
        self._twins: Ints = map_ints(folder / TWINS)
        self.tokens = PartedRows([part.tokens for part in self.parts])
        self._numbers = {field: numbers_of(folder, field, self.parts) for field in FIELDS}
        self.terms, self.folded, self.concepts = (
            PartedRows([part.terms[field] for part in self.parts], self._numbers[field]) for field in FIELDS
        )
        self._frequencies = {
            field: frequencies_of(field, self.parts, self._numbers[field]) for field in FIELDS
        }
        self._first_ids = [part.catalogue.identifier(0) for part in self.parts]

    @classmethod
    def open(
        cls,
        folder: Path,
        manifest: Manifest,
        files: Files,
        held: ExitStack,
        known: Mapping[str, Stamp] | None = None,
        *,
        spare: bool = False,
    ) -> Self:
        """Verify every file against the manifest, then open it.

        Args:
            folder: Where the generation is; its name is the generation's.
            manifest: The verified manifest.
            files: The disk.
            held: What to let go of when the generation is closed; closed here if it cannot be opened.
            known: Stamps that files had when they were verified; one that still has it is not read again.
            spare: Keep no vectors in memory, for who searches seldom.

        Raises:
            GenerationCorrupt: A file is missing or is not what the manifest says.
        """
        with held:
            stamps = verify(folder, manifest, files, known or {})
            if manifest.vectors != FLAT:
                raise GenerationCorrupt(f"{folder.name} has a vector index of an unknown kind.")
            if not manifest.parts:
                raise GenerationCorrupt(f"{folder.name} has no part.")
            dimension = manifest.recipe.encoder.dimension
            vectors = [
                Vectors.map(folder / folder_of(part.name) / VECTORS, part.sentences, dimension, spare=spare)
                for part in manifest.parts
            ]
            generation = cls(folder, manifest, Vectors.joined(vectors), held)
            generation._held = held.pop_all()
            generation.stamps = stamps
            return generation

    @property
    def sentences(self) -> int:
        """Number of sentences."""
        return self.manifest.sentences

    @property
    def documents(self) -> int:
        """Number of documents."""
        return self.manifest.documents

    @property
    def oldest(self) -> dt.date | None:
        """Earliest date of a document."""
        return self.manifest.oldest

    @property
    def newest(self) -> dt.date | None:
        """Latest date of a document."""
        return self.manifest.newest

    def sentence(self, row: int) -> Sentence:
        """Return the sentence of a row, from 0.

        Raises:
            IndexError: There is none.
        """
        position, start, end, line, paragraph = self._place(row)
        document = self.document_at(position)
        return Sentence(row, document.id, start, end, line, paragraph, document.text[start:end])

    def document(self, identifier: str) -> Document:
        """Return the document with an id.

        Raises:
            KeyError: There is none.
        """
        return self.document_at(self._position(identifier))

    def iter_documents(self) -> Iterator[Document]:
        """Yield all documents, sorted by id."""
        return itertools.chain.from_iterable(part.catalogue.documents() for part in self.parts)

    def document_at(self, position: int) -> Document:
        """Return the document at a position, from 0.

        Raises:
            IndexError: There is none.
        """
        part, place = self._part_of(position)
        return part.catalogue.document(place)

    def summaries(self) -> list[Summary]:
        """Return what all documents say of themselves, sorted by id, without their texts."""
        return [summary for part in self.parts for summary in part.catalogue.summaries()]

    def rows_of(self, document_id: str) -> range:
        """Return the rows of a document's sentences.

        Raises:
            KeyError: There is no such document.
        """
        return self.rows_at(self._position(document_id))

    def paragraph_rows(self, row: int) -> range:
        """Return the rows of the paragraph in which the sentence of `row` stands.

        Raises:
            IndexError: There is no such row.
        """
        position, _, _, _, paragraph = self._place(row)
        rows = self.rows_at(position)
        column = self.places[rows.start : rows.stop, PARAGRAPH]
        first = rows.start + bisect.bisect_left(column, paragraph)
        return range(first, rows.start + bisect.bisect_right(column, paragraph))

    def same(self, row: int) -> list[int]:
        """Return the rows that say what a row says, itself among them, ascending.

        Raises:
            IndexError: There is no such row.
        """
        if not 0 <= row < len(self.gists):
            raise IndexError(row)
        wanted = self.gists[row]
        first = bisect.bisect_left(self._twins, wanted, key=self.gists.__getitem__)
        last = bisect.bisect_right(self._twins, wanted, lo=first, key=self.gists.__getitem__)
        return self._twins[first:last].tolist() or [row]

    @property
    def twins(self) -> Ints:
        """Rows that are not the only ones to say what they say, int32, by gist and then by row."""
        return self._twins

    def term_id(self, field: Field, term: str) -> int | None:
        """Return the id of a term of a field, as `terms` and `folded` use it."""
        return self._terms.term_id(field, term)

    def vocabulary(self, field: Field) -> list[str]:
        """Return all terms of a field by their ids."""
        return self._terms.vocabulary(field)

    def rows_of_terms(self, field: Field) -> PartedRows:
        """Return the ids of the terms of each sentence, in reading order."""
        return {"accented": self.terms, "folded": self.folded, "concepts": self.concepts}[field]

    def frequencies(self, field: Field) -> Ints:
        """Return by term id how many sentences hold the term, int32."""
        return self._frequencies[field]

    def positions_by_digest(self) -> dict[bytes, int]:
        """Return the position of a document for each digest of a text (`index.division.digest`)."""
        return {
            digest: first + place
            for part, first in zip(self.parts, self.first_documents, strict=False)
            for digest, place in part.catalogue.digests().items()
        }

    def entries(self) -> Iterator[Entry]:
        """Yield what tells the documents from each other, sorted by id."""
        for part, first in zip(self.parts, self.first_documents, strict=False):
            yield from part.catalogue.entries(first)

    def numbers(self, field: Field, part: int) -> Ints:
        """Return for each term id of a part the id it has here."""
        return self._numbers[field][part]

    def rows_at(self, position: int) -> range:
        """Return the rows of the document at a position, from 0."""
        return range(int(self.first_rows[position]), int(self.first_rows[position + 1]))

    def close(self) -> None:
        """Let go of the files; the generation cannot be used afterwards."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _place(self, row: int) -> list[int]:
        if not 0 <= row < len(self.places):
            raise IndexError(row)
        place: list[int] = self.places[row].tolist()
        return place

    def _position(self, identifier: str) -> int:
        number = bisect.bisect_right(self._first_ids, identifier) - 1
        place = self.parts[number].catalogue.position(identifier) if number >= 0 else None
        if place is None:
            raise KeyError(identifier)
        return self.first_documents[number] + place

    def _part_of(self, position: int) -> tuple[Part, int]:
        if not 0 <= position < self.documents:
            raise IndexError(position)
        number = bisect.bisect_right(self.first_documents, position) - 1
        return self.parts[number], position - self.first_documents[number]
