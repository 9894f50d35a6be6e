"""The measures behind every figure, each against its definition."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures import (
    Bin,
    area_under_curve,
    calibration_error,
    error_by_chance,
    mean_reciprocal_rank,
    ndcg,
    recall_at,
    refused_while,
    reliability,
)

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


def test_ranks() -> None:
    """Recall counts who is found in time, the reciprocal rank how early; what is not found counts 0."""
    ranks = [1, 3, None, 2]
    assert recall_at(ranks, 1) == 0.25
    assert recall_at(ranks, 3) == 0.75
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 3 + 0 + 1 / 2) / 4)
    assert math.isnan(recall_at([], 1))


def test_ndcg() -> None:
    """One relevant passage gains 1 / log2(rank + 1), and nothing beyond the depth."""
    assert ndcg([1, 3, None, 11]) == pytest.approx((1 + 0.5 + 0 + 0) / 4)
    assert ndcg([10]) == pytest.approx(1 / math.log2(11))
    assert ndcg([3], depth=2) == 0
    assert math.isnan(ndcg([]))


@given(SCORES, SCORES)
def test_area_is_the_share_of_pairs_in_order(positive: list[float], negative: list[float]) -> None:
    """The area under the curve is the share of pairs in which the positive is ahead, a tie counting half."""
    pairs = list(itertools.product(positive, negative))
    expected = sum((p > n) + (p == n) / 2 for p, n in pairs) / len(pairs)
    assert area_under_curve(positive, negative) == pytest.approx(expected)


def test_nothing_to_compare() -> None:
    """Without a question on one side there is no figure."""
    assert math.isnan(area_under_curve([], [0.5]))
    assert math.isnan(refused_while([0.5], [], 0.9))


@given(SCORES, SCORES, st.sampled_from([0.1, 0.5, 0.9, 0.95, 1.0]))
def test_refused_while_so_many_are_answered(
    present: list[float], absent: list[float], answered: float
) -> None:
    """Of all thresholds that answer enough, the best one refuses that share."""
    thresholds = [t for t in {*present, *absent} if sum(p >= t for p in present) >= answered * len(present)]
    best = max((sum(a < t for a in absent) / len(absent) for t in thresholds if t in present), default=0)
    assert refused_while(present, absent, answered) == pytest.approx(best)


def test_reliability() -> None:
    """Each bin tells what was said and what was right in it; empty bins are left out, 1.0 is in the last."""
    assert reliability([0.75, 1.0, 0.125], [True, False, False], bins=4) == [
        Bin(0.0, 0.25, 1, 1 / 3, 0.125, 0.0),
        Bin(0.75, 1.0, 2, 2 / 3, 0.875, 0.5),
    ]
    assert reliability([0.75, 1.0, 0.125], [True, False, False], [3, 1, 4], bins=4) == [
        Bin(0.0, 0.25, 1, 0.5, 0.125, 0.0),
        Bin(0.75, 1.0, 2, 0.5, 0.8125, 0.75),
    ]


def test_calibration_error() -> None:
    """Each bin counts by its weight how far its mean probability is from its share of right answers."""
    said, right = [0.95, 0.95, 0.15, 0.15], [True, True, False, False]
    assert calibration_error(reliability(said, right)) == pytest.approx(0.1)
    assert calibration_error(reliability(said, right, [1, 1, 3, 3])) == pytest.approx(0.125)
    assert calibration_error(reliability([1.0, 1.0], [True, False])) == pytest.approx(0.5)
    assert math.isnan(calibration_error(reliability([], [])))


@pytest.mark.parametrize("weights", [None, [1.0, 1.0, 3.0, 2.0]])
def test_the_error_by_chance(weights: list[float] | None) -> None:
    """It is the mean over everything that may turn out right, each by its probability."""
    said = [0.95, 0.15, 0.45, 0.4]
    expected = sum(
        math.prod(p if right else 1 - p for p, right in zip(said, rights, strict=True))
        * calibration_error(reliability(said, rights, weights))
        for rights in itertools.product([True, False], repeat=len(said))
    )
    assert error_by_chance(said, weights, draws=4000) == pytest.approx(expected, abs=0.01)
    assert error_by_chance([1.0, 0.0, 1.0]) == 0
    assert math.isnan(error_by_chance([]))
