"""Columns of a whole generation: those of its parts, one after another, in files that are only mapped.

A part keeps its own for the generations after it. What is put together once, when a generation is published,
need not be put together whenever one is opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from index.errors import GenerationCorrupt
from index.generation.arrays import Ends, Ints, Longs, ends_of, map_ends, map_ints, map_longs, to_npy
from index.generation.places import COLUMNS, CONTEXT, DOCUMENT
from index.generation.word_index import Field

PLACES = "places.npy"
FIRST_ROWS = "first-rows.npy"
DUPLICATE_KEYS = "gists.npy"
DAYS = "days.npy"
PARAGRAPHS = "paragraphs.npy"
TOKENS = "tokens"
STORED = (TOKENS, "accented", "concepts")
"""What is stored of each row; its folded terms are its accented ones without accents."""


def ends_file(name: str) -> str:
    """Return the name of the file that says where the values of each row begin and end."""
    return f"{name}.indptr.npy"


class Columns(NamedTuple):
    """What is known of rows and documents, both numbered from 0.

    Attributes:
        places: int32 (sentences, 6): position of the document, start, end, line, paragraph, context.
        first_rows: int64 (documents + 1): rows of the document at position p are first_rows[p:p + 2].
        duplicate_keys: int64 (sentences,): what each sentence says; equal for sentences that say the same.
        days: int32 (documents,): by position, the day of the document as `date.toordinal` counts, or 0.
        ends: By `STORED`, (sentences + 1): values of the row i are those from ends[i] to ends[i + 1].
    """

    places: Ints
    first_rows: Longs
    duplicate_keys: Longs
    days: Ints
    ends: dict[str, Ends]

    @classmethod
    def map(cls, folder: Path, sentences: int, documents: int) -> Self:
        """Map the files of a folder.

        Raises:
            GenerationCorrupt: They do not fit together, or hold other numbers of sentences or documents.
        """
        columns = cls(
            map_ints(folder / PLACES, columns=COLUMNS),
            map_longs(folder / FIRST_ROWS),
            map_longs(folder / DUPLICATE_KEYS),
            map_ints(folder / DAYS),
            {name: map_ends(folder / ends_file(name)) for name in STORED},
        )
        held = (len(columns.places), len(columns.duplicate_keys), len(columns.days), len(columns.first_rows))
        if held != (sentences, sentences, documents, documents + 1):
            raise GenerationCorrupt(
                "The files of {name} do not have the sizes they should.", name=folder.name
            )
        for name, ends in columns.ends.items():
            if len(ends) != sentences + 1 or ends[0] != 0:
                raise GenerationCorrupt(
                    "{file} of {name} does not fit the number of sentences.",
                    file=f"{name}.npy",
                    name=folder.name,
                )
        return columns

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Return the columns of parts, one after another, as those of one; at least one part."""
        known = list(parts)
        documents = np.cumsum([0, *(len(part.days) for part in known)]).tolist()
        places = np.concatenate([part.places for part in known])
        places[:, DOCUMENT] += np.repeat(documents[:-1], [len(part.places) for part in known]).astype(
            np.int32
        )
        return cls(
            places,
            _one_after_another([part.first_rows for part in known]),
            np.concatenate([part.duplicate_keys for part in known]),
            np.concatenate([part.days for part in known]),
            {name: ends_of(_one_after_another([part.ends[name] for part in known])) for name in STORED},
        )

    def to_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that `map` reads, with their names."""
        yield PLACES, to_npy(self.places)
        yield FIRST_ROWS, to_npy(self.first_rows)
        yield DUPLICATE_KEYS, to_npy(self.duplicate_keys)
        yield DAYS, to_npy(self.days)
        for name, ends in self.ends.items():
            yield ends_file(name), to_npy(ends)

    def paragraphs(self) -> Ints:
        """Return the first row of each context, and the number of rows, int32."""
        marks = self.places[:, [DOCUMENT, CONTEXT]]
        changes = (marks[1:] != marks[:-1]).any(axis=1)
        return np.concatenate([[0], np.flatnonzero(changes) + 1, [len(marks)]]).astype(np.int32)


def frequencies_file(field: Field) -> str:
    """Return the name of the file of a field's frequencies."""
    return f"{field}.frequencies.npy"


def _one_after_another(ends: Sequence[Ends]) -> Longs:
    sizes = np.cumsum([0, *(int(each[-1]) for each in ends)])
    moved = [each[:-1].astype(np.int64) + size for each, size in zip(ends, sizes[:-1], strict=True)]
    return np.concatenate([*moved, sizes[-1:]]).astype(np.int64)
