"""The terms and tokens of a generation: what the numbers in the rows of its parts stand for."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from index.errors import GenerationCorrupt
from index.generation.arrays import Ints, Longs, map_ints, map_longs
from index.generation.parts import keys_file, numbers_of, values_file
from index.generation.row_columns import STORED, ends_file, frequencies_file
from index.generation.term_keys import key_of
from index.generation.word_index import FIELDS, Field


class KnownTerms(NamedTuple):
    """Terms are numbered in the order of their keys, tokens as the model does.

    Attributes:
        keys: By field, the keys of all terms, ascending.
        frequencies: By field, how many sentences hold each term.
        numbers: By field, and `TOKENS`, for each part what each number in its rows stands for; by "folded"
            that is the folded term of an accented one.
    """

    keys: Mapping[Field, Longs]
    frequencies: Mapping[Field, Ints]
    numbers: Mapping[str, list[Ints]]

    @classmethod
    def map(cls, folder: Path, parts: int) -> Self:
        """Map the files of a generation of so many parts.

        Raises:
            GenerationCorrupt: They do not fit together.
        """
        numbers = {}
        for name in STORED:
            ends = map_longs(folder / ends_file(numbers_of(name)))
            if len(ends) != parts + 1 or ends[0] != 0 or (np.diff(ends) < 0).any():
                raise _other(folder, name)
            numbers[name] = _divided(folder, name, ends)
            if name == "accented":
                numbers["folded"] = _divided(folder, "folded", ends)
        keys = {field: map_longs(folder / keys_file(field)) for field in FIELDS}
        frequencies = {field: map_ints(folder / frequencies_file(field)) for field in FIELDS}
        for field in FIELDS:
            if len(keys[field]) != len(frequencies[field]):
                raise _other(folder, field)
        return cls(keys, frequencies, numbers)

    def number(self, field: Field, term: str) -> int | None:
        """Return the number of a term."""
        keys, key = self.keys[field], key_of(term)
        place = int(np.searchsorted(keys, key))
        return place if place < len(keys) and keys[place] == key else None


def _divided(folder: Path, name: str, ends: Longs) -> list[Ints]:
    numbers = map_ints(folder / values_file(numbers_of(name)))
    if len(numbers) != ends[-1]:
        raise _other(folder, name)
    return np.split(numbers, ends[1:-1])


def _other(folder: Path, name: str) -> GenerationCorrupt:
    return GenerationCorrupt(
        "The {field} terms of {name} do not fit those of its parts.", field=name, name=folder.name
    )
