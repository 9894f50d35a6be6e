"""The decision of ranker and reader, against its formula worked out one sentence at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.features import Features
from retrieval.reading.decision import DECIDED, ORDERED, Decision, Evidence, decided_features
from retrieval.reading.typed import TYPED

WIDTH = len(Features._fields)
NUMBERS = st.floats(-8, 8, width=32)


TOLD = st.sampled_from([-1.0, 0.0, 1.0])


def decision(**weights: float) -> Decision:
    """Make a decision by hand, of the weights of its order and its calibration."""
    ordering = np.array([weights.get(f"order_{name}", 0.0) for name in ORDERED], dtype=np.float32)
    calibration = np.array([weights.get(name, 0.0) for name in DECIDED], dtype=np.float32)
    return Decision(ordering, calibration, -0.5, 0.4, ((0.6, 0.3), (0.8, 0.55)), 0.25)


EVIDENCE = st.integers(1, 8).flatmap(
    lambda n: st.builds(
        Evidence,
        arrays(np.float32, (n, WIDTH), elements=NUMBERS),
        arrays(np.float32, n, elements=NUMBERS),
        arrays(np.float32, n, elements=st.floats(0, 1, width=32)),
        arrays(np.float32, n, elements=NUMBERS),
        arrays(np.float32, (n, len(TYPED)), elements=TOLD),
    )
)
ORDERING = {
    "order_answers": 1.5,
    "order_kind": 1.0,
    "order_counted": 0.25,
    "order_marked": 0.75,
    "order_of_country": 0.5,
}


@given(EVIDENCE)
def test_features(evidence: Evidence) -> None:
    """Every column by its definition, sentence by sentence."""
    features, scores, probabilities, answers, kinds = evidence
    together = decision(**ORDERING).together(evidence)
    found = decided_features(evidence, together)
    assert found.shape == (len(scores), len(DECIDED))
    odds = [math.log(c / (1 - c)) for c in np.clip(probabilities.astype(float), 1e-6, 1 - 1e-6)]
    for place, row in enumerate(found):
        named = dict(zip(DECIDED, row.tolist(), strict=True))
        others = [n for n in range(len(scores)) if n != place]
        kind, counted, marked, of_country = kinds[place].tolist()
        summed = (
            scores[place] + 1.5 * answers[place] + kind + 0.25 * counted + 0.75 * marked + 0.5 * of_country
        )
        assert float(together[place]) == pytest.approx(float(summed), abs=1e-4)
        assert named["odds"] == pytest.approx(odds[place], abs=1e-4)
        assert named["odds_first"] == pytest.approx(odds[0], abs=1e-4)
        assert named["answers"] == answers[place]
        assert named["score"] == scores[place]
        assert named["match"] == features[place, Features._fields.index("late_rare")]
        assert named["elsewhere"] == (features[place, Features._fields.index("country")] < 0)
        assert (named["holding"], named["lacking"]) == (kind == 1, kind == -1)
        assert (named["counted"], named["marked"], named["of_country"]) == (counted, marked, of_country)
        if others:
            rest = math.log(sum(math.exp(together[n]) for n in others))
            assert named["answers_other"] == max(answers[n] for n in others)
            assert named["lead"] == pytest.approx(together[place] - rest, abs=1e-3)


def test_probability() -> None:
    """The logistic function of the weighted sum."""
    row = np.zeros((1, len(DECIDED)), dtype=np.float32)
    row[0, DECIDED.index("answers")], row[0, DECIDED.index("odds")] = 2.0, -1.0
    (found,) = decision(answers=0.75, odds=0.5).probability(row)
    assert float(found) == pytest.approx(1 / (1 + math.exp(-(0.75 * 2 - 0.5 - 0.5))), abs=1e-6)


def test_json_round_trip() -> None:
    """What is written is read again."""
    before = decision(order_kind=2.0, answers=0.75, odds=0.5)
    after = Decision.from_json(before.to_json())
    assert after.calibration == pytest.approx(before.calibration)
    assert after.ordering == pytest.approx(before.ordering)
    assert (after.bias, after.threshold, after.precisions, after.marked) == (
        before.bias, before.threshold, before.precisions, before.marked,
    )  # fmt: skip


def test_threshold_for() -> None:
    """The lowest precision that is enough; none is refused with what is reached."""
    assert decision().threshold_for(0.7) == 0.55
    with pytest.raises(ValueError, match=r"reaches 0\.8 at most"):
        decision().threshold_for(0.9)
