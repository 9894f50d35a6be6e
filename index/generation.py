"""A generation: everything that is known at one time, opened, verified, never changed."""

import bisect
import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from index.arrays import Csr, Ints, Longs, map_ints, map_longs
from index.catalogue import Catalogue, Summary
from index.errors import GenerationCorrupt
from index.files import Files, FileSum
from index.manifest import GO_BACK, Manifest
from index.records import Document, Sentence
from index.vectors import FLAT, Vectors
from index.words import FIELDS, Field, Words

MANIFEST = "manifest.json"
CATALOGUE = "documents.sqlite"
VECTORS = "vectors.faiss"
WORDS = "words"
PLACES = "places.npy"
FIRST_ROWS = "first-rows.npy"
TOKENS = "tokens"
GISTS = "gists.npy"
TWINS = "twins.npy"
DAYS = "days.npy"
MANIFEST_LIMIT = 1 << 20

DOCUMENT, START, END, LINE, PARAGRAPH = range(5)
"""Columns of `Generation.places`."""


def frequencies_file(field: Field) -> str:
    """Return the name of the file of a field's frequencies."""
    return f"{field}.frequencies.npy"


class Generation:
    """One published state of the collection; a context manager, safe to use from any number of threads.

    Attributes:
        name: Its name in the store.
        manifest: What it says of itself.
        vectors: The vector of each sentence.
        words: The word index.
        tokens: Token ids of each sentence by the static model.
        terms: Ids of the accented terms of each sentence, in reading order.
        folded: The same for folded terms.
        places: int32 (sentences, 5): position of the document, start, end, line, paragraph.
        gists: int64 (sentences,): what each sentence says; sentences that say the same have the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
        first_rows: int64 (documents + 1): rows of the document at position p are first_rows[p:p + 2].
    """

    def __init__(self, folder: Path, manifest: Manifest, vectors: Vectors, held: ExitStack) -> None:
        self.name = folder.name
        self.manifest = manifest
        self.vectors = vectors
        self._held = held
        self._catalogue = Catalogue.open(folder / CATALOGUE)
        held.callback(self._catalogue.close)
        self.words = Words.open(folder / WORDS)
        count = manifest.sentences
        self.places: Ints = map_ints(folder / PLACES, columns=5)
        self.first_rows: Longs = map_longs(folder / FIRST_ROWS)
        self.gists: Longs = map_longs(folder / GISTS)
        self.days: Ints = map_ints(folder / DAYS)
        self._twins: Ints = map_ints(folder / TWINS)
        self.tokens = Csr.map(folder, TOKENS, count)
        self.terms = Csr.map(folder, FIELDS[0], count)
        self.folded = Csr.map(folder, FIELDS[1], count)
        self._frequencies = {field: map_ints(folder / frequencies_file(field)) for field in FIELDS}
        if (
            len(self.places) != count
            or len(self.gists) != count
            or len(self.days) != manifest.documents
            or len(self.first_rows) != manifest.documents + 1
            or len(self.words) != count
            or len(self._catalogue) != manifest.documents
        ):
            raise GenerationCorrupt(f"The files of {self.name} do not have the sizes its manifest says.")

    @classmethod
    def open(cls, folder: Path, manifest: Manifest, files: Files, held: ExitStack) -> Self:
        """Verify every file against the manifest, then open it.

        Args:
            folder: Where the generation is; its name is the generation's.
            manifest: The verified manifest.
            files: The disk.
            held: What to let go of when the generation is closed; closed here if it cannot be opened.

        Raises:
            GenerationCorrupt: A file is missing or is not what the manifest says.
        """
        with held:
            vectors = b""
            for name, expected in manifest.files.items():
                path = folder / _inside(name)
                if name == VECTORS:  # the bytes that are verified are the bytes that are parsed
                    vectors = files.read(path, expected.size)
                    found = FileSum.of(vectors)
                else:
                    found = files.sum(path)
                if found != expected:
                    raise GenerationCorrupt(f"The file {name} of {folder.name} is damaged; {GO_BACK}.")
            if manifest.vectors != FLAT:
                raise GenerationCorrupt(f"{folder.name} has a vector index of an unknown kind.")
            index = Vectors.from_bytes(vectors, manifest.sentences, manifest.recipe.encoder.dimension)
            generation = cls(folder, manifest, index, held)
            generation._held = held.pop_all()
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
        document = self._catalogue.document(position)
        return Sentence(row, document.id, start, end, line, paragraph, document.text[start:end])

    def document(self, identifier: str) -> Document:
        """Return the document with an id.

        Raises:
            KeyError: There is none.
        """
        return self._catalogue.document(self._position(identifier))

    def iter_documents(self) -> Iterator[Document]:
        """Yield all documents, sorted by id."""
        return self._catalogue.documents()

    def document_at(self, position: int) -> Document:
        """Return the document at a position, from 0.

        Raises:
            IndexError: There is none.
        """
        return self._catalogue.document(position)

    def summaries(self) -> list[Summary]:
        """Return what all documents say of themselves, sorted by id, without their texts."""
        return self._catalogue.summaries()

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
        return self._catalogue.term_id(field, term)

    def vocabulary(self, field: Field) -> list[str]:
        """Return all terms of a field by their ids."""
        return self._catalogue.vocabulary(field)

    def frequencies(self, field: Field) -> Ints:
        """Return by term id how many sentences hold the term, int32."""
        return self._frequencies[field]

    def positions_by_digest(self) -> dict[bytes, int]:
        """Return the position of a document for each digest of a text (`index.build.digest`)."""
        return self._catalogue.digests()

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
        position = self._catalogue.position(identifier)
        if position is None:
            raise KeyError(identifier)
        return position


def _inside(name: str) -> Path:
    """Refuse names that lead out of the generation's folder."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise GenerationCorrupt("The manifest names a file outside of its generation.")
    return path
