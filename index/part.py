"""A part of a generation: some of its documents with their rows, in files that never change."""

from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from index.arrays import Csr, Ints, Longs, map_ints, map_longs
from index.catalogue import Catalogue
from index.errors import GenerationCorrupt
from index.manifest import PartEntry
from index.words import FIELDS, Field

PARTS = "parts"
CATALOGUE = "documents.sqlite"
VECTORS = "vectors.faiss"
WORDS = "words"
SEGMENT = "words.json"
"""What the word index of the part alone would have as its `index.words.META`."""

PLACES = "places.npy"
FIRST_ROWS = "first-rows.npy"
TOKENS = "tokens"
GISTS = "gists.npy"
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
        gists: int64 (sentences,): what each sentence says; sentences that say the same have the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
    """

    places: Ints
    first_rows: Longs
    gists: Longs
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
            map_longs(folder / GISTS).copy(),
            map_ints(folder / DAYS).copy(),
        )
        held = (len(columns.places), len(columns.gists), len(columns.days), len(columns.first_rows) - 1)
        expected = (entry.sentences, entry.sentences, entry.documents, entry.documents)
        if held != expected:
            raise self._other()
        return columns

    def _other(self) -> GenerationCorrupt:
        return GenerationCorrupt(
            f"The files of the part {self.entry.name} do not have the sizes they should."
        )
