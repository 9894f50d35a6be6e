"""Trees: what is added up at once is what walking down each of them gives."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.ranking.trees import MOST_LEAVES, NO_TREES, Split, Trees

NAMES = ("a", "b", "c")
NUMBERS = st.integers(-8, 8).map(lambda number: number / 4)
"""Few enough that a value often stands at a split."""
ROWS = st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, len(NAMES)), elements=NUMBERS))


@st.composite
def splits(draw: st.DrawFn, leaves: int = MOST_LEAVES) -> Split:
    """Draw a tree of at most this many leaves."""
    left = draw(st.integers(1, leaves - 1))
    ends = [
        draw(NUMBERS if most == 1 else st.one_of(NUMBERS, splits(most))) for most in (left, leaves - left)
    ]
    return Split(draw(st.integers(0, len(NAMES) - 1)), draw(NUMBERS), draw(NUMBERS), *ends)


def walked(node: Split | float, row: list[float]) -> float:
    """Return what a tree says, by its definition."""
    if not isinstance(node, Split):
        return node
    return walked(node.below if row[node.column] <= node.at else node.above, row)


@given(st.lists(splits(), max_size=6), ROWS)
def test_sum(roots: list[Split], rows: np.ndarray) -> None:
    """The sum is of the leaves that a walk ends at, and the steps lead from the means of the roots to it."""
    trees = Trees.of(roots)
    wanted = [sum(walked(root, row) for root in roots) for row in rows.tolist()]
    found = trees.add_up(rows)
    assert found.dtype == np.float32
    assert found.tolist() == wanted
    for row, total in zip(rows, wanted, strict=True):
        assert trees.steps(row).sum() == pytest.approx(total - sum(root.mean for root in roots))


def test_steps() -> None:
    """Each split counts for its column, as far as it leads away from its own mean."""
    trees = Trees.of([Split(0, 0.0, 1.0, Split(2, 0.0, 3.0, 3.5, 2.0), 0.0), Split(0, 5.0, 0.0, 0.25, 9.0)])
    assert trees.steps(np.array([0.0, 1.0, 1.0], dtype=np.float32)).tolist() == [2.25, 0.0, -1.0]


@given(st.lists(splits(), max_size=4))
def test_written_and_read(roots: list[Split]) -> None:
    """What is written as JSON is read again, under its names."""
    data = json.loads(json.dumps(Trees.of(roots).to_data(NAMES)))
    assert Trees.from_data(data, NAMES).roots == tuple(roots)
    assert all(tree[0] in NAMES for tree in data)


def test_no_trees() -> None:
    """They add nothing to any row."""
    assert NO_TREES.add_up(np.ones((2, 3), dtype=np.float32)).tolist() == [0.0, 0.0]


def test_too_large() -> None:
    """Nine leaves do not go into a byte."""
    root: Split | float = 0.0
    for _ in range(MOST_LEAVES):
        root = Split(0, 0.0, 0.0, root, 1.0)
    assert isinstance(root, Split)
    with pytest.raises(ValueError, match="a tree of 9 leaves; 8 are the most"):
        Trees.of([root])


@pytest.mark.parametrize("data", [["z", 0.0, 0.0, 1.0, 1.0], ["a", 0.0, 0.0, 1.0], []])
def test_no_split(data: list[object]) -> None:
    """An unknown feature, or one end only, is an error."""
    with pytest.raises(ValueError, match=r"no feature is called 'z'|unpack"):
        Trees.from_data([data], NAMES)
