"""Joining: the rows, places and terms of all parts, numbered as those of one generation."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.arrays import Ints, Longs, map_ints
from index.errors import GenerationCorrupt
from index.part import Part
from index.words import Field


def numbers_file(field: Field) -> str:
    """Return the name of the file that says for each term of each part which term of the generation it is."""
    return f"{field}.numbers.npy"


def joined_places(parts: Sequence[Part], first_documents: Sequence[int]) -> Ints:
    """Return `Generation.places`; part `i` begins with the document at `first_documents[i]`."""
    if len(parts) == 1:
        return parts[0].places
    joined = np.concatenate([part.places for part in parts])
    counts = [len(part.places) for part in parts]
    joined[:, 0] += np.repeat(np.asarray(first_documents[: len(parts)], dtype=np.int32), counts)
    return joined


def joined_first_rows(parts: Sequence[Part], first_rows: Longs) -> Longs:
    """Return `Generation.first_rows`; part `i` begins with row `first_rows[i]`, the last is their number."""
    starts = [part.first_rows[:-1] + first for part, first in zip(parts, first_rows[:-1], strict=True)]
    return np.concatenate([*starts, first_rows[-1:]]).astype(np.int64)


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
