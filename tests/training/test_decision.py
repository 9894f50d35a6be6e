"""The fitting of the decision on examples whose right log-odds are known."""

import numpy as np
import pytest

from retrieval.reading.decision import DECIDED, Decision
from training.decision import ANSWERED, MARKED, WEIGHT, Example, fitted

ANSWERS = DECIDED.index("answers")
BLANK = Decision(WEIGHT, np.zeros(len(DECIDED), dtype=np.float32), 0.0, 0.0, (), MARKED)


def made(count: int, seed: int) -> list[Example]:
    """Make questions whose first sentence is right with the log-odds 2 × answers - 1, the others never."""
    random_ = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        decided = np.zeros((3, len(DECIDED)), dtype=np.float32)
        decided[:, ANSWERS] = random_.normal(size=3)
        odds = 2 * decided[:, ANSWERS] - 1
        right = random_.random(3) < 1 / (1 + np.exp(-odds))
        found.append(Example(decided, right, bool(right.any()), 1.0))
    return found


def test_the_log_odds_are_found() -> None:
    """What says nothing gets no weight; the slope is the one the examples were made with."""
    decision = fitted(BLANK, made(4000, 1))
    others = np.delete(decision.calibration, ANSWERS)
    assert decision.calibration[ANSWERS] == pytest.approx(2, abs=0.25)
    assert others == pytest.approx(np.zeros(len(others)), abs=1e-3)
    assert (decision.weight, decision.marked) == (WEIGHT, MARKED)


def test_the_threshold_answers_as_many_as_agreed() -> None:
    """Of the questions that have an answer, the agreed share reaches it."""
    examples = made(4000, 2)
    decision = fitted(BLANK, examples)
    firsts = decision.probability(np.stack([example.decided[0] for example in examples]))
    answerable = np.array([example.answerable for example in examples])
    assert np.mean(firsts[answerable] >= decision.threshold) == pytest.approx(ANSWERED, abs=0.02)


def test_a_stated_precision_holds() -> None:
    """At the threshold of a precision so many first sentences are right, weighted as they were fitted."""
    examples = made(4000, 3)
    decision = fitted(BLANK, examples)
    assert decision.precisions
    thresholds = [threshold for _, threshold in decision.precisions]
    assert thresholds == sorted(thresholds)
