"""Sums of small regression trees: steps of a feature, where a weighted sum knows slopes only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats

MOST_LEAVES = 8
"""A leaf is a bit of a byte."""
_ALL = np.uint8(2**MOST_LEAVES - 1)
_LOWEST = np.array([0] + [(byte & -byte).bit_length() - 1 for byte in range(1, 2**MOST_LEAVES)])


@dataclass(frozen=True, slots=True)
class Split:
    """A question about one feature.

    Attributes:
        column: Of the feature.
        at: What is at most so much goes to `below`, the rest to `above`.
        mean: Of all that ends up below this split, in training.
        below: Another split, or what the tree says.
        above: The same for the rest.
    """

    column: int
    at: float
    mean: float
    below: "Split | float"
    above: "Split | float"


@dataclass(frozen=True, slots=True)
class Trees:
    """Regression trees whose values are added up (Friedman 2001, "Greedy function approximation").

    All splits of all trees are decided at once: each that goes above rules out the leaves below it, and the
    lowest leaf that is left is the one reached (after Lucchese et al. 2015, "QuickScorer").

    Attributes:
        roots: The first split of each tree.
        columns: Column of each split, int64 (trees, 7).
        at: Its `at`, float32 (trees, 7); infinite where a tree has fewer.
        kept: The leaves that are left where it goes above, a bit each, uint8 (trees, 7).
        leaves: What they say, float32 (trees, 8).
    """

    roots: tuple[Split, ...]
    columns: npt.NDArray[np.int64]
    at: Floats
    kept: npt.NDArray[np.uint8]
    leaves: Floats

    @classmethod
    def of(cls, roots: Sequence[Split]) -> Self:
        """Lay the trees out for `add_up`.

        Raises:
            ValueError: One has more than eight leaves.
        """
        shape = (len(roots), MOST_LEAVES - 1)
        columns, kept = np.zeros(shape, dtype=np.int64), np.full(shape, _ALL)
        at = np.full(shape, np.inf, dtype=np.float32)
        leaves = np.zeros((len(roots), MOST_LEAVES), dtype=np.float32)
        for tree, root in enumerate(roots):
            said: list[float] = []
            splits = list(_splits(root, said))
            if len(said) > MOST_LEAVES:
                raise ValueError(f"a tree of {len(said)} leaves; {MOST_LEAVES} are the most")
            leaves[tree, : len(said)] = said
            for place, (split, first, beyond) in enumerate(splits):
                columns[tree, place], at[tree, place] = split.column, split.at
                kept[tree, place] = int(_ALL) & ~(2**beyond - 2**first)
        return cls(tuple(roots), columns, at, kept, leaves)

    @classmethod
    def from_data(cls, data: Sequence[Sequence[Any]], names: Sequence[str]) -> Self:
        """Read what `to_data` wrote.

        Raises:
            ValueError: A split is of something that is not in `names`, or is no split.
        """
        columns = {name: column for column, name in enumerate(names)}
        return cls.of([_read(root, columns) for root in data])

    def to_data(self, names: Sequence[str]) -> list[list[object]]:
        """Return each split as [name, at, mean, below, above], for JSON, to five digits."""
        return [_written(root, names) for root in self.roots]

    def add_up(self, values: Floats) -> Floats:
        """Return the sum of what the trees say of each row of values, float32 (n,)."""
        left = np.bitwise_and.reduce(np.where(values[:, self.columns] > self.at, self.kept, _ALL), axis=2)
        sums: Floats = self.leaves[np.arange(len(self.roots)), _LOWEST[left]].sum(axis=1)
        return sums

    def steps(self, row: Floats) -> npt.NDArray[np.float64]:
        """Return what each column adds to the sum for one row, float64 (columns,).

        A split adds the difference between the mean of where it leads and its own (Saabas 2014); together
        they are what `add_up` gives but for the means of the roots, which training makes 0.
        """
        added = np.zeros(len(row))
        for root in self.roots:
            node: Split | float = root
            while isinstance(node, Split):
                following = node.above if row[node.column] > np.float32(node.at) else node.below
                added[node.column] += _mean(following) - node.mean
                node = following
        return added


NO_TREES = Trees.of(())
"""Adds nothing."""


def short(value: float) -> float:
    """Return a figure to the five digits that are written of it."""
    return float(f"{float(value):.5g}")


def _written(split: Split, names: Sequence[str]) -> list[object]:
    ends = (
        _written(end, names) if isinstance(end, Split) else short(end) for end in (split.below, split.above)
    )
    return [names[split.column], short(split.at), short(split.mean), *ends]


def _read(data: Sequence[Any], columns: Mapping[str, int]) -> Split:
    name, at, mean, *ends = data
    if name not in columns:
        raise ValueError(f"no feature is called {name!r}")
    below, above = (_read(end, columns) if isinstance(end, list) else float(end) for end in ends)
    return Split(columns[name], float(at), float(mean), below, above)


def _mean(node: Split | float) -> float:
    return node.mean if isinstance(node, Split) else node


def _splits(node: Split | float, said: list[float]) -> Iterator[tuple[Split, int, int]]:
    """Yield each split with the numbers of the leaves below it: its first, and the first that is not.

    What the leaves say is added to `said`, in their order.
    """
    if isinstance(node, Split):
        first = len(said)
        yield from _splits(node.below, said)
        yield node, first, len(said)
        yield from _splits(node.above, said)
    else:
        said.append(node)
