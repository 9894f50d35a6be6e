"""The fitting of the decision on examples whose right log-odds are known."""

import numpy as np
import pytest

from retrieval.features import Features
from retrieval.reading.decision import ORDERED, Evidence, decided_features
from retrieval.reading.typed import TYPED
from training.decision import ANSWERED, MARKED, WEIGHT, Example, fitted, kind_weights

KIND = TYPED.index("kind")


def made(count: int, seed: int) -> list[Example]:
    """Make questions whose sentences are right with the log-odds 2 × answers - 1, one by one."""
    random_ = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        answers = random_.normal(size=3).astype(np.float32)
        right = random_.random(3) < 1 / (1 + np.exp(1 - 2 * answers))
        found.append(Example(evidence(answers), right, bool(right.any()), 1.0))
    return found


def evidence(answers: np.ndarray, kinds: np.ndarray | None = None) -> Evidence:
    """Make what is known of sentences of which the ranker says nothing."""
    count = len(answers)
    nothing = np.zeros(count, dtype=np.float32)
    features = np.zeros((count, len(Features._fields)), dtype=np.float32)
    kinds = np.zeros((count, len(TYPED)), dtype=np.float32) if kinds is None else kinds
    return Evidence(features, nothing, nothing + 0.5, answers, kinds)


def test_the_log_odds_are_found() -> None:
    """The more the reader's log-odds, the more probable, as often as the examples are right."""
    examples = made(4000, 1)
    decision = fitted(examples)
    told, right = [], []
    for example in examples:
        decided = decided_features(example.evidence, decision.together(example.evidence))
        told += decision.probability(decided).tolist()
        right += example.right.tolist()
    told_, right_ = np.array(told), np.array(right)
    for low, high in ((0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9)):
        inside = (told_ >= low) & (told_ < high)
        assert right_[inside].mean() == pytest.approx(told_[inside].mean(), abs=0.08)
    assert (decision.ordering[0], decision.marked) == (WEIGHT, MARKED)


def test_what_kinds_count() -> None:
    """Of two sentences one is right, drawn by a softmax of known weights; the weights are found again."""
    random_ = np.random.default_rng(5)
    wanted, examples = 1.2, []
    for _ in range(6000):
        answers = random_.normal(size=2).astype(np.float32)
        kinds = np.zeros((2, len(TYPED)), dtype=np.float32)
        kinds[:, KIND] = random_.choice([-1.0, 1.0], 2)
        logits = WEIGHT * answers + wanted * kinds[:, KIND]
        first = random_.random() < 1 / (1 + np.exp(logits[1] - logits[0]))
        examples.append(Example(evidence(answers, kinds), np.array([first, not first]), True, 1.0))
    found = dict(zip(ORDERED[1:], kind_weights(examples), strict=True))
    assert found["kind"] == pytest.approx(wanted, abs=0.15)
    assert found["counted"] == pytest.approx(0, abs=0.01)


def test_the_threshold_answers_as_many_as_agreed() -> None:
    """Of the questions that have an answer, the agreed share reaches it."""
    examples = made(4000, 2)
    decision = fitted(examples)
    firsts = []
    for example in examples:
        together = decision.together(example.evidence)
        decided = decided_features(example.evidence, together)[np.argsort(-together, kind="stable")]
        firsts.append(decision.probability(decided[:1])[0])
    answerable = np.array([example.answerable for example in examples])
    assert np.mean(np.array(firsts)[answerable] >= decision.threshold) == pytest.approx(ANSWERED, abs=0.02)


def test_a_stated_precision_holds() -> None:
    """At the threshold of a precision so many first sentences are right, weighted as they were fitted."""
    examples = made(4000, 3)
    decision = fitted(examples)
    assert decision.precisions
    thresholds = [threshold for _, threshold in decision.precisions]
    assert thresholds == sorted(thresholds)
