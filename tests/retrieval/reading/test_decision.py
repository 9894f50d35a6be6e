"""The decision of ranker and reader, against its formula worked out one sentence at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.features import Features
from retrieval.reading.decision import DECIDED, Decision, decided_features

WIDTH = len(Features._fields)
NUMBERS = st.floats(-8, 8, width=32)


def decision(weight: float = 1.5, **calibration: float) -> Decision:
    """Make a decision by hand."""
    weights = np.array([calibration.get(name, 0.0) for name in DECIDED], dtype=np.float32)
    return Decision(weight, weights, -0.5, 0.4, ((0.6, 0.3), (0.8, 0.55)), 0.25)


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(
            arrays(np.float32, (n, WIDTH), elements=NUMBERS),
            arrays(np.float32, n, elements=NUMBERS),
            arrays(np.float32, n, elements=NUMBERS),
            arrays(np.float32, n, elements=st.floats(0, 1, width=32)),
        )
    )
)
def test_features(case: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]) -> None:
    """Every column by its definition, sentence by sentence."""
    features, scores, answers, probabilities = case
    found = decided_features(1.5, features, scores, probabilities, answers)
    assert found.shape == (len(scores), len(DECIDED))
    together = [float(s) + 1.5 * float(a) for s, a in zip(scores, answers, strict=True)]
    odds = [math.log(c / (1 - c)) for c in np.clip(probabilities.astype(float), 1e-6, 1 - 1e-6)]
    for place, row in enumerate(found):
        named = dict(zip(DECIDED, row.tolist(), strict=True))
        others = [n for n in range(len(scores)) if n != place]
        assert named["odds"] == pytest.approx(odds[place], abs=1e-4)
        assert named["odds_first"] == pytest.approx(odds[0], abs=1e-4)
        assert named["answers"] == answers[place]
        assert named["score"] == scores[place]
        assert named["match"] == features[place, Features._fields.index("late_rare")]
        if others:
            rest = math.log(sum(math.exp(together[n]) for n in others))
            assert named["answers_other"] == max(answers[n] for n in others)
            assert named["lead"] == pytest.approx(together[place] - rest, abs=1e-3)


@given(arrays(np.float32, 6, elements=NUMBERS), arrays(np.float32, 6, elements=NUMBERS))
def test_order(scores: np.ndarray, answers: np.ndarray) -> None:
    """By score plus weighted log-odds; equal ones stay as they stood."""
    order = decision(2.0).order(scores, answers).tolist()
    values = [float(s + np.float32(2.0) * a) for s, a in zip(scores, answers, strict=True)]
    assert order == sorted(range(6), key=lambda n: -values[n])


def test_probability() -> None:
    """The logistic function of the weighted sum."""
    row = np.zeros((1, len(DECIDED)), dtype=np.float32)
    row[0, DECIDED.index("answers")], row[0, DECIDED.index("odds")] = 2.0, -1.0
    (found,) = decision(answers=0.75, odds=0.5).probability(row)
    assert float(found) == pytest.approx(1 / (1 + math.exp(-(0.75 * 2 - 0.5 - 0.5))), abs=1e-6)


def test_json_round_trip() -> None:
    """What is written is read again."""
    before = decision(answers=0.75, odds=0.5)
    after = Decision.from_json(before.to_json())
    assert after.calibration == pytest.approx(before.calibration)
    assert (after.weight, after.bias, after.threshold, after.precisions, after.marked) == (
        before.weight, before.bias, before.threshold, before.precisions, before.marked,
    )  # fmt: skip


def test_threshold_for() -> None:
    """The lowest precision that is enough; none is refused with what is reached."""
    assert decision().threshold_for(0.7) == 0.55
    with pytest.raises(ValueError, match=r"reaches 0\.8 at most"):
        decision().threshold_for(0.9)
