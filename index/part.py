"""A part of a generation: some of its documents with their rows, in files that never change."""

from contextlib import ExitStack
from pathlib import Path

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


class Part:
    """An opened part; documents, rows and ids of terms are numbered from 0 in each part.

    Attributes:
        entry: What the manifest says of it.
        catalogue: Its documents.
        places: int32 (sentences, 5): position of the document, start, end, line, paragraph.
        gists: int64 (sentences,): what each sentence says; sentences that say the same have the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
        first_rows: int64 (documents + 1): rows of the document at position p are first_rows[p:p + 2].
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
        self.catalogue = Catalogue.open(folder / CATALOGUE, remembered)
        held.callback(self.catalogue.close)
        count = entry.sentences
        self.places: Ints = map_ints(folder / PLACES, columns=5)
        # Copied: a map holds its file open, and a process may not have many.
        self.first_rows: Longs = map_longs(folder / FIRST_ROWS).copy()
        self.gists: Longs = map_longs(folder / GISTS).copy()
        self.days: Ints = map_ints(folder / DAYS).copy()
        self.tokens = Csr.map(folder, TOKENS, count)
        self.terms = {field: Csr.map(folder, field, count) for field in FIELDS}
        self.frequencies = {field: map_ints(folder / frequencies_file(field)).copy() for field in FIELDS}
        if (
            len(self.places) != count
            or len(self.gists) != count
            or len(self.days) != entry.documents
            or len(self.first_rows) != entry.documents + 1
            or len(self.catalogue) != entry.documents
        ):
            raise GenerationCorrupt(f"The files of the part {entry.name} do not have the sizes they should.")
