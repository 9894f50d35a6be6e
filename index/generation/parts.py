"""A part of a generation: some of its documents with their rows, in files that never change."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.errors import GenerationCorrupt
from index.generation.arrays import Csr, Ints, Longs, map_ints, map_longs
from index.generation.catalogue import Catalogue
from index.generation.manifest import PartEntry
from index.generation.word_index import FIELDS, Field

PARTS = "parts"
CATALOGUE = "documents.sqlite"
VECTORS = "vectors.faiss"
WORDS = "words"
SEGMENT = "words.json"
"""What the word index of the part alone would have as its `index.generation.word_index.META`."""

PLACES = "places.npy"
FIRST_ROWS = "first-rows.npy"
TOKENS = "tokens"
DUPLICATE_KEYS = "gists.npy"
DAYS = "days.npy"


def frequencies_file(field: Field) -> str:
    """Return the name of the file of a field's frequencies."""
    return f"{field}.frequencies.npy"


def terms_file(field: Field) -> str:
    """Return the name of the file of a field's terms, in the order of their ids: a JSON array."""
    return f"{field}.terms.json"


def folder_of(name: str) -> str:
    """Return the folder of a part below that of its generation."""
    return f"{PARTS}/{name}"


class Columns(NamedTuple):
    """What a part says of its rows and documents, both numbered from 0; in memory, not mapped.

    Attributes:
        places: int32 (sentences, 5): position of the document, start, end, line, paragraph.
        first_rows: int64 (documents + 1): rows of the document at position p are first_rows[p:p + 2].
        duplicate_keys: int64 (sentences,): what each sentence says; equal for sentences that say the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
    """

    places: Ints
    first_rows: Longs
    duplicate_keys: Longs
    days: Ints


class Part:
    """An opened part; documents, rows and ids of terms are numbered from 0 in each part.

    A map holds its file open, and a process may not have many: only what is large and read here and there is
    mapped, and what a generation puts together of its parts is read by `columns` once.

    Attributes:
        entry: What the manifest says of it.
        catalogue: Its documents.
        tokens: Token ids of each sentence by the static model.
        terms: By field, ids of the terms of each sentence, in reading order.
        frequencies: By field and id of a term, how many sentences hold it.
    """

    def __init__(self, folder: Path, entry: PartEntry, held: ExitStack, remembered: int) -> None:
        """Open the files of a part, whose checksums have been verified; `remembered` as in `Catalogue.open`.

        Raises:
            GenerationCorrupt: They do not fit together.
        """
        self.entry = entry
        self._folder = folder
        self.catalogue = Catalogue.open(folder / CATALOGUE, remembered)
        held.callback(self.catalogue.close)
        if len(self.catalogue) != entry.documents or not entry.documents:
            raise self._other()
        self.tokens = Csr.map(folder, TOKENS, entry.sentences)
        self.terms = {field: Csr.map(folder, field, entry.sentences) for field in FIELDS}
        self.frequencies = {field: map_ints(folder / frequencies_file(field)).copy() for field in FIELDS}

    def columns(self) -> Columns:
        """Read the columns.

        Raises:
            GenerationCorrupt: They do not fit together.
        """
        entry, folder = self.entry, self._folder
        columns = Columns(
            map_ints(folder / PLACES, columns=5).copy(),
            map_longs(folder / FIRST_ROWS).copy(),
            map_longs(folder / DUPLICATE_KEYS).copy(),
            map_ints(folder / DAYS).copy(),
        )
        held = (
            len(columns.places),
            len(columns.duplicate_keys),
            len(columns.days),
            len(columns.first_rows) - 1,
        )
        expected = (entry.sentences, entry.sentences, entry.documents, entry.documents)
        if held != expected:
            raise self._other()
        return columns

    def _other(self) -> GenerationCorrupt:
        return GenerationCorrupt(
            f"The files of the part {self.entry.name} do not have the sizes they should."
        )


def numbers_file(field: Field) -> str:
    """Return the name of the file that says for each term of each part which term of the generation it is."""
    return f"{field}.numbers.npy"


def joined(parts: Iterable[Columns]) -> Columns:
    """Return the columns of parts, one after another, as those of one; at least one part."""
    places, first_rows, duplicate_keys, days = [], [], [], []
    documents = rows = 0
    for part in parts:
        part.places[:, 0] += documents
        places.append(part.places)
        first_rows.append(part.first_rows[:-1] + rows)
        duplicate_keys.append(part.duplicate_keys)
        days.append(part.days)
        documents, rows = documents + len(part.days), rows + len(part.places)
    return Columns(
        np.concatenate(places),
        np.append(np.concatenate(first_rows), rows),
        np.concatenate(duplicate_keys),
        np.concatenate(days),
    )


def numbers_of(folder: Path, field: Field, parts: Sequence[Part]) -> list[Ints]:
    """Return for each part which term of the generation each of its terms is.

    Raises:
        GenerationCorrupt: The file in the folder of the generation does not fit the parts.
    """
    numbers = map_ints(folder / numbers_file(field))
    sizes = [len(part.frequencies[field]) for part in parts]
    if sum(sizes) != len(numbers) or (len(numbers) and numbers.min() < 0):
        raise GenerationCorrupt(f"The {field} terms of {folder.name} do not fit those of its parts.")
    return np.split(numbers, np.cumsum(sizes)[:-1])


def frequencies_of(field: Field, parts: Sequence[Part], numbers: Sequence[Ints]) -> Ints:
    """Return by term of the generation how many sentences hold it, int32."""
    counted = np.zeros(1 + max((int(each.max()) for each in numbers if len(each)), default=-1), np.int32)
    for part, own in zip(parts, numbers, strict=True):
        counted[own] += part.frequencies[field]
    return counted
