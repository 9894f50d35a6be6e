"""What is checked of a generation: some of its parts, and a sample of their rows and documents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from index.generation import Generation
from index.generation.arrays import Longs


@dataclass(frozen=True, slots=True)
class Subset:
    """The parts of a generation that are checked.

    Attributes:
        parts: Their numbers.
        all_rows: Their rows, ascending.
        all_positions: The positions of their documents, ascending.
        is_all: Whether they are all parts.
    """

    parts: Sequence[int]
    all_rows: Longs
    all_positions: Longs
    is_all: bool

    @classmethod
    def of(cls, generation: Generation, names: Collection[str] | None) -> Self:
        """Choose parts by their names; None chooses all."""
        parts, rows, positions = [], [np.arange(0)], [np.arange(0)]
        first_row = first_position = 0
        for number, entry in enumerate(generation.manifest.parts):
            if names is None or entry.name in names:
                parts.append(number)
                rows.append(np.arange(first_row, first_row + entry.sentences))
                positions.append(np.arange(first_position, first_position + entry.documents))
            first_row, first_position = first_row + entry.sentences, first_position + entry.documents
        is_all = len(parts) == len(generation.manifest.parts)
        return cls(parts, np.concatenate(rows), np.concatenate(positions), is_all)

    def rows(self, most: int) -> list[int]:
        """Return up to this many rows, evenly spread."""
        return spread(self.all_rows, most)

    def positions(self, most: int | None) -> list[int]:
        """Return up to this many positions of documents, evenly spread; None for all."""
        return spread(self.all_positions, len(self.all_positions) if most is None else most)


def spread(numbers: Longs, most: int) -> list[int]:
    """Return up to `most` of some numbers, evenly spread."""
    if not len(numbers):
        return []
    places = np.unique(np.linspace(0, len(numbers) - 1, min(len(numbers), most)).astype(int))
    return [int(number) for number in numbers[places]]
