"""A generation: everything that is known at one time, opened, verified, never changed."""

import bisect
import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np

from index.disk import Disk, Stamp
from index.errors import GenerationCorrupt
from index.generation.arrays import Ints, Longs, PartedRows, map_ints
from index.generation.catalogue import REMEMBERED
from index.generation.documents import Documents
from index.generation.known_terms import KnownTerms
from index.generation.manifest import Manifest, verify
from index.generation.origins import SAMPLE, read_origins
from index.generation.parts import WORDS, Part, folder_of
from index.generation.places import DOCUMENT, END, START
from index.generation.row_columns import PARAGRAPHS, TOKENS, Columns
from index.generation.row_surroundings import RowSurroundings
from index.generation.vectors import EXACT_UP_TO, KIND, VectorIndex
from index.generation.word_index import Field, WordIndex
from index.records import Sentence

MANIFEST = "manifest.json"
TWINS = "twins.npy"
MANIFEST_LIMIT = 1 << 24


class Generation(Documents):
    """One published state of the collection; a context manager, safe to use from any number of threads.

    Attributes:
        name: Its name in the store.
        folder: Where its files are.
        manifest: What it says about itself.
        stamps: Of each file, by its path below the folder, when its checksum was verified.
        vectors: The vector of each sentence.
        words: The word index.
        tokens: Token ids of each sentence by the static model.
        terms: Ids of the accented terms of each sentence, in reading order.
        folded: The same for folded terms.
        concepts: The same for concepts (`index.concepts`).
        places: int32 (sentences, 6): position of the document, start, end, line, paragraph, context.
        duplicate_keys: int64 (sentences,): what each sentence says; equal for sentences that say the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
        first_rows: int64 (documents + 1): rows of the document at position p are first_rows[p:p + 2].
        paragraphs: int32: the first row of each context (`index.generation.places`), and the number of rows.
        around: What stands around rows.
    """

    def __init__(self, folder: Path, manifest: Manifest, vectors: VectorIndex, held: ExitStack) -> None:
        self.name = folder.name
        self.folder = folder
        self.manifest = manifest
        self.stamps: Mapping[str, Stamp] = {}
        self.vectors = vectors
        self._held = held
        share = REMEMBERED // max(1, len(manifest.parts))
        parts = [Part(folder / folder_of(entry.name), entry, share) for entry in manifest.parts]
        for part in parts:
            held.callback(part.close)
        super().__init__(parts)
        first = np.cumsum([0, *(entry.sentences for entry in manifest.parts)]).astype(np.int64)
        self._first_rows_of_parts: list[int] = first.tolist()
        names = [entry.name for entry in manifest.parts]
        self.words = WordIndex.open(folder / WORDS, dict(zip(names, self._first_rows_of_parts, strict=False)))
        if (
            first[-1] != manifest.sentences
            or self.first_documents[-1] != manifest.documents
            or len(self.words) != manifest.sentences
        ):
            raise GenerationCorrupt(
                "The files of {name} do not have the sizes its manifest says.", name=self.name
            )
        columns = Columns.map(folder, manifest.sentences, manifest.documents)
        self.places, self.first_rows, self.duplicate_keys, self.days, ends = columns
        self.paragraphs: Ints = map_ints(folder / PARAGRAPHS)
        self._twins: Ints = map_ints(folder / TWINS)
        self.around = RowSurroundings(self.paragraphs, self.first_rows)
        self._known = KnownTerms.map(folder, len(parts))
        self.tokens, self.terms, self.folded, self.concepts = (
            PartedRows(
                [partial(part.values, name) for part in parts], first, ends[name], self._known.numbers[what]
            )
            for what, name in (
                (TOKENS, TOKENS),
                ("accented", "accented"),
                ("folded", "accented"),
                ("concepts", "concepts"),
            )
        )

    @classmethod
    def open(
        cls,
        folder: Path,
        manifest: Manifest,
        disk: Disk,
        held: ExitStack,
        known: Mapping[str, Stamp] | None = None,
        *,
        spare: bool = False,
        exact_up_to: int = EXACT_UP_TO,
    ) -> Self:
        """Verify every file against the manifest, then open it.

        Args:
            folder: Where the generation is; its name is the generation's.
            manifest: The verified manifest.
            disk: The disk.
            held: What to let go of when the generation is closed; closed here if it cannot be opened.
            known: Stamps that files had when they were verified; one that still has it is not read again.
            spare: Keep no vectors in memory, for callers that rarely search.
            exact_up_to: In a collection of more sentences not every vector is compared.

        Raises:
            GenerationCorrupt: A file is missing or is not what the manifest says.
        """
        with held:
            stamps = verify(folder, manifest, disk, known or {})
            if manifest.vectors != KIND:
                raise GenerationCorrupt("{name} has a vector index of an unknown kind.", name=folder.name)
            if not manifest.parts:
                raise GenerationCorrupt("{name} has no part.", name=folder.name)
            dimension = manifest.recipe.encoder.dimension
            vectors = [
                VectorIndex.map(folder / folder_of(part.name), part.sentences, dimension, spare=spare)
                for part in manifest.parts
            ]
            generation = cls(folder, manifest, VectorIndex.joined(vectors, exact_up_to), held)
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
        position, start, end, line, paragraph, _ = self._place(row)
        document = self.document_at(position)
        return Sentence(row, document.id, start, end, line, paragraph, document.text[start:end])

    def texts_of(self, rows: Sequence[int]) -> list[str]:
        """Return the sentences of rows."""
        places = self.places[rows][:, [DOCUMENT, START, END]].tolist()
        texts = self.texts({position for position, _, _ in places})
        return [texts[position][start:end] for position, start, end in places]

    def rows_of(self, document_id: str) -> range:
        """Return the rows of a document's sentences.

        Raises:
            KeyError: There is no such document.
        """
        return self.rows_at(self.position(document_id))

    def same(self, row: int) -> list[int]:
        """Return the rows that say what a row says, itself among them, ascending.

        Raises:
            IndexError: There is no such row.
        """
        if not 0 <= row < len(self.duplicate_keys):
            raise IndexError(row)
        wanted = self.duplicate_keys[row]
        first = bisect.bisect_left(self._twins, wanted, key=self.duplicate_keys.__getitem__)
        last = bisect.bisect_right(self._twins, wanted, lo=first, key=self.duplicate_keys.__getitem__)
        return self._twins[first:last].tolist() or [row]

    @property
    def twins(self) -> Ints:
        """Rows that are not the only ones to say what they say, int32, by key and then by row."""
        return self._twins

    def term_id(self, field: Field, term: str) -> int | None:
        """Return the id of a term of a field, as `terms` and `folded` use it."""
        return self._known.number(field, term)

    def keys(self, field: Field) -> Longs:
        """Return the keys of all terms of a field by their ids, ascending."""
        return self._known.keys[field]

    def rows_of_terms(self, field: Field) -> PartedRows:
        """Return the ids of the terms of each sentence, in reading order."""
        return {"accented": self.terms, "folded": self.folded, "concepts": self.concepts}[field]

    def frequencies(self, field: Field) -> Ints:
        """Return by term id how many sentences hold the term, int32."""
        return self._known.frequencies[field]

    @property
    def is_sample(self) -> bool:
        """Whether these are the sample documents that come with the program."""
        return SAMPLE in self.origins()

    def origins(self) -> list[str]:
        """Return for each document the path it was read from, empty where it came another way."""
        return read_origins(self.folder)

    def rows_of_part(self, part: int) -> range:
        """Return the rows of a part, by its number."""
        return range(self._first_rows_of_parts[part], self._first_rows_of_parts[part + 1])

    def numbers(self, name: str, part: int) -> Ints:
        """Return what each number in the rows of a part stands for, as `numbers_of` says."""
        return self._known.numbers[name][part]

    def rows_at(self, position: int) -> range:
        """Return the rows of the document at a position, from 0."""
        return range(int(self.first_rows[position]), int(self.first_rows[position + 1]))

    def close(self) -> None:
        """Let go of the files; the generation cannot be used afterwards."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _place(self, row: int) -> list[int]:
        if not 0 <= row < len(self.places):
            raise IndexError(row)
        place: list[int] = self.places[row].tolist()
        return place
