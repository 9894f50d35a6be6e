"""The measures behind every figure, each against its definition."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures import area_under_curve, calibration_error, mean_reciprocal_rank, recall_at

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


def test_ranks() -> None:
    """Recall counts who is found in time, the reciprocal rank how early; what is not found counts 0."""
    ranks = [1, 3, None, 2]
    assert recall_at(ranks, 1) == 0.25
    assert recall_at(ranks, 3) == 0.75
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 3 + 0 + 1 / 2) / 4)
    assert math.isnan(recall_at([], 1))


@given(SCORES, SCORES)
def test_area_is_the_share_of_pairs_in_order(positive: list[float], negative: list[float]) -> None:
    """The area under the curve is the share of pairs in which the positive is ahead, a tie counting half."""
    pairs = list(itertools.product(positive, negative))
    expected = sum((p > n) + (p == n) / 2 for p, n in pairs) / len(pairs)
    assert area_under_curve(positive, negative) == pytest.approx(expected)


def test_calibration_error() -> None:
    """Each bin counts by its share how far its mean probability is from its share of right answers."""
    assert calibration_error([0.95, 0.95, 0.15, 0.15], [True, True, False, False]) == pytest.approx(0.1)
    assert calibration_error([1.0, 1.0], [True, False]) == pytest.approx(0.5)
