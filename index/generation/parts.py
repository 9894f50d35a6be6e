"""A part of a generation: some of its documents with their rows, in files that never change."""

import json
import threading
from pathlib import Path

from index.errors import GenerationCorrupt
from index.generation.arrays import Ids, Ints, Longs, map_ids, map_ints, map_longs
from index.generation.catalogue import Catalogue
from index.generation.manifest import PartEntry
from index.generation.row_columns import Columns, frequencies_file
from index.generation.word_index import Field

PARTS = "parts"
CATALOGUE = "documents.sqlite"
WORDS = "words"
KNOWN = "tokens.known.npy"
"""What the token ids of the part's rows stand for: the ids of the model, ascending."""
FOLDS = "folds.npy"
"""By id of an accented term, the id of the folded one."""
SEGMENT = "words.json"
"""What the word index of the part alone would have as its `index.generation.word_index.META`."""


def values_file(name: str) -> str:
    """Return the name of the file of the token ids of all rows, or of the ids of a field's terms."""
    return f"{name}.npy"


def keys_file(field: Field) -> str:
    """Return the name of the file of the keys of a field's terms (`index.generation.term_keys`)."""
    return f"{field}.keys.npy"


def terms_file(field: Field) -> str:
    """Return the name of the file of a field's terms, in the order of their ids: a JSON array."""
    return f"{field}.terms.json"


def folder_of(name: str) -> str:
    """Return the folder of a part below that of its generation."""
    return f"{PARTS}/{name}"


class Part:
    """A part; documents, rows and ids of terms are numbered from 0 in each part.

    Its files, whose checksums have been verified, are opened when they are first asked for; one that holds
    something else raises `GenerationCorrupt`. A map keeps its file open, and a process may not have many:
    only what is large and read here and there is mapped.

    Attributes:
        entry: What the manifest says of it.
    """

    def __init__(self, folder: Path, entry: PartEntry, remembered: int) -> None:
        """Keep in mind where the files are; `remembered` as in `Catalogue.open`."""
        self.entry = entry
        self._folder = folder
        self._remembered = remembered
        self._catalogue: Catalogue | None = None
        self._first_id: str | None = None
        self._values: dict[str, Ids] = {}
        self._lock = threading.Lock()
        self._closed = False

    @property
    def catalogue(self) -> Catalogue:
        """Its documents.

        Raises:
            GenerationCorrupt: There are more or fewer than the manifest says, or the part is closed.
        """
        if self._catalogue is None:
            with self._lock:
                if self._catalogue is None:
                    self._catalogue = self._opened()
        return self._catalogue

    @property
    def first_id(self) -> str:
        """The id of its first document; ids ascend from part to part."""
        if self._first_id is None:
            self._first_id = self.catalogue.identifier(0)
        return self._first_id

    def _opened(self) -> Catalogue:
        if self._closed:
            raise GenerationCorrupt("The documents of {name} are closed.", name=self.entry.name)
        catalogue = Catalogue.open(self._folder / CATALOGUE, self._remembered)
        if len(catalogue) != self.entry.documents or not self.entry.documents:
            catalogue.close()
            raise GenerationCorrupt(
                "The files of the part {name} do not have the sizes they should.", name=self.entry.name
            )
        return catalogue

    def close(self) -> None:
        """Let go of the documents."""
        with self._lock:
            self._closed = True
            if self._catalogue is not None:
                self._catalogue.close()

    def values(self, name: str) -> Ids:
        """Return the tokens of all rows one after another, or the ids of the terms of a field."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = map_ids(self._folder / values_file(name))
        return found

    def frequencies(self, field: Field) -> Ints:
        """Return by id of a term of a field, how many sentences hold it."""
        return map_ints(self._folder / frequencies_file(field))

    def keys(self, field: Field) -> Longs:
        """Return by id of a term of a field its key."""
        return map_longs(self._folder / keys_file(field))

    def terms(self, field: Field) -> list[str]:
        """Return the terms of a field by their ids.

        Raises:
            GenerationCorrupt: They cannot be read.
        """
        try:
            terms: list[str] = json.loads((self._folder / terms_file(field)).read_bytes())
        except ValueError as error:
            raise GenerationCorrupt(
                "The {field} terms of the part {name} cannot be read.", field=field, name=self.entry.name
            ) from error
        return terms

    def folds(self) -> Ints:
        """Return by id of an accented term the id of the folded one."""
        return map_ints(self._folder / FOLDS)

    def columns(self) -> Columns:
        """Return the columns of its rows and documents.

        Raises:
            GenerationCorrupt: They do not fit together.
        """
        return Columns.map(self._folder, self.entry.sentences, self.entry.documents)


def numbers_of(name: str) -> str:
    """Return the name of the files that say what each number in the rows of each part stands for.

    That is a token of the model, or a term of the generation; `folded` says it of accented terms.
    """
    return f"{name}.numbers"
