"""The weights that make questions as many answerable as is taken for granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.prior import ANSWERABLE, prior_weights


@given(st.lists(st.booleans(), min_size=1))
def test_weights(answerable: list[bool]) -> None:
    """They sum to 1; answerable questions share their part equally, the others theirs."""
    weights = prior_weights(answerable).tolist()
    assert sum(weights) == pytest.approx(1)
    for sort, part in ((True, ANSWERABLE), (False, 1 - ANSWERABLE)):
        mine = [weight for weight, has in zip(weights, answerable, strict=True) if has is sort]
        if mine:
            assert mine == pytest.approx([(part if len(mine) < len(weights) else 1) / len(mine)] * len(mine))


def test_no_questions() -> None:
    """Of nothing there is nothing to weigh."""
    assert prior_weights([]).tolist() == []
