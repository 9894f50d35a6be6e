"""Thresholds for stated precisions."""

import random

from hypothesis import given
from hypothesis import strategies as st

from training.precision import FEWEST, STATED, precision_thresholds


def test_calibrated_answers() -> None:
    """Where a probability p is right p of the time, a half is reached by all, and more only further up."""
    steps = [step / 1000 for step in range(1000)]
    right = [random.Random(step).random() < p for step, p in enumerate(steps)]  # noqa: S311 - a test
    found = dict(precision_thresholds(steps, right, [1.0] * len(steps)))
    assert found[0.5] <= 0.1  # all together are right half of the time
    assert 0.45 <= found[0.75] <= 0.6  # from a half on, three of four
    assert sorted(found.values()) == list(found.values())


def test_out_of_reach() -> None:
    """A precision that even the surest do not reach is left out; too few answers mean nothing."""
    assert precision_thresholds([0.9] * FEWEST, [True, False] * (FEWEST // 2), [1.0] * FEWEST) == (
        (0.5, 0.01),
    )
    assert precision_thresholds([0.9] * (FEWEST - 1), [True] * (FEWEST - 1), [1.0] * (FEWEST - 1)) == ()


def test_weights() -> None:
    """A question counts as much as it weighs: one wrong answer of two is a quarter of those that count."""
    right = [True, False] * (FEWEST // 2)
    weights = [3.0 if good else 1.0 for good in right]
    assert dict(precision_thresholds([0.9] * FEWEST, right, weights)).keys() == {
        0.5,
        0.55,
        0.6,
        0.65,
        0.7,
        0.75,
    }


@given(st.integers(0, 1000), st.floats(0.2, 3))
def test_it_holds_from_there_on(seed: int, trust: float) -> None:
    """At each threshold, and at each hundredth above it that enough answers pass, so many are right."""
    drawn = random.Random(seed)  # noqa: S311 - a test
    said = [drawn.random() for _ in range(2 * FEWEST)]
    right = [drawn.random() < probability**trust for probability in said]
    found = precision_thresholds(said, right, [1.0] * len(said))
    assert [stated for stated, _ in found] == list(STATED[: len(found)])
    for stated, threshold in found:
        for step in range(round(100 * threshold), 100):
            passing = [
                good for probability, good in zip(said, right, strict=True) if probability >= step / 100
            ]
            if len(passing) >= FEWEST:
                assert sum(passing) / len(passing) >= stated
