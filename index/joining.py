"""Joining: the rows, places and terms of all parts, numbered as those of one generation."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.arrays import Ints, map_ints
from index.errors import GenerationCorrupt
from index.part import Columns, Part
from index.words import Field


def numbers_file(field: Field) -> str:
    """Return the name of the file that says for each term of each part which term of the generation it is."""
    return f"{field}.numbers.npy"


def joined(parts: Iterable[Columns]) -> Columns:
    """Return the columns of parts, one after another, as those of one; at least one part."""
    places, first_rows, gists, days = [], [], [], []
    documents = rows = 0
    for part in parts:
        part.places[:, 0] += documents
        places.append(part.places)
        first_rows.append(part.first_rows[:-1] + rows)
        gists.append(part.gists)
        days.append(part.days)
        documents, rows = documents + len(part.days), rows + len(part.places)
    return Columns(
        np.concatenate(places),
        np.append(np.concatenate(first_rows), rows),
        np.concatenate(gists),
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
