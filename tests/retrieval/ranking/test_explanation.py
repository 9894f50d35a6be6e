"""The explanation is the ranker's own arithmetic: the parts add up to what it decided by."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.encoders import StaticModel
from index.generation import Generation
from retrieval.answer import Answerer
from retrieval.features import Features
from retrieval.question import read_question
from retrieval.ranking import Ranker
from retrieval.ranking.explanation import BIAS, Contribution, take_apart
from retrieval.ranking.ranker import CALIBRATED, STEPPED, WITH_TREES
from retrieval.ranking.trees import Split, Trees
from tests.retrieval.conftest import ranker

WIDTH = len(Features._fields)
WHEN, QUANTITY, COUNTRY = map(Features._fields.index, ("kind_when", "kind_quantity", "country"))
NUMBERS = st.floats(-50, 50, width=32)
FEATURES = st.integers(1, WITH_TREES + 4).flatmap(lambda n: arrays(np.float32, (n, WIDTH), elements=NUMBERS))


def total(parts: tuple[Contribution, ...]) -> float:
    """Add up what parts contribute."""
    return math.fsum(part.contribution for part in parts)


@given(
    FEATURES,
    arrays(np.float32, WIDTH, elements=NUMBERS),
    arrays(np.float32, len(CALIBRATED), elements=NUMBERS),
    NUMBERS,
    st.lists(st.tuples(st.integers(0, len(STEPPED) - 1), NUMBERS, NUMBERS), max_size=5),
)
def test_contributions_add_up(
    features: np.ndarray,
    weights: np.ndarray,
    calibration: np.ndarray,
    bias: float,
    stumps: list[tuple[int, float, float]],
) -> None:
    """For any ranker and any features, the parts sum to score and log-odds but for rounding."""
    trees = Trees.of([Split(column, at, 0.0, -by, by) for column, at, by in stumps])
    judge = Ranker(weights, calibration, bias, 0.5, 0.25, trees=trees)
    scores = judge.score(features)
    order = np.argsort(-scores, kind="stable")
    features, scores = features[order], scores[order]
    probabilities = np.minimum.accumulate(judge.probability(features, scores))
    found = take_apart(judge, features, scores, probabilities, range(len(scores)))
    assert len(found) == len(scores)
    for place, sums in enumerate(found):
        size = sum(abs(part.contribution) for part in sums.score)
        assert total(sums.score) == pytest.approx(float(scores[place]), abs=1e-5 * (1 + size))
        by_trees = [step.contribution for step in sums.trees]
        size = sum(abs(part.contribution) for part in sums.odds) + sum(map(abs, by_trees))
        odds = total(sums.odds) + math.fsum(by_trees)
        slack = 1e-5 * (1 + size)
        low, high = (1 / (1 + math.exp(-min(max(odds + by, -700), 700))) for by in (-slack, slack))
        most = 0.25 if min(features[place, [WHEN, QUANTITY, COUNTRY]]) < 0 else 1.0
        assert sums.most == most
        assert min(low, most) - 1e-6 <= sums.own <= min(high, most) + 1e-6
        assert sums.probability == probabilities[place] <= sums.own
    assert [part.name for part in found[0].score] == list(Features._fields)
    assert [part.name for part in found[0].odds] == [*CALIBRATED, BIAS]
    assert [step.name for step in found[0].trees] == list(STEPPED)


def test_nothing_ranked() -> None:
    """Without candidates there is nothing to take apart."""
    empty = np.zeros(0, dtype=np.float32)
    assert take_apart(ranker(), np.zeros((0, 0), dtype=np.float32), empty, empty, ()) == ()


@pytest.mark.parametrize(
    "question", ["Tổng thư ký NATO là ai?", "nato hop o dau", "NATO zzyzx", "giá vàng hôm nay"]
)
def test_of_an_answer(answerer: Answerer, question: str) -> None:
    """The explanation is of the sentences of the answer, found or turned away, with their probabilities."""
    answer = answerer.answer(question, top=3, related=3)
    shown = (answer.quotes + answer.related)[:3]
    explanation = answerer.explain(question, top=3)
    assert [reason.quote for reason in explanation.reasons] == list(shown)
    assert [reason.sums.probability for reason in explanation.reasons] == [q.probability for q in shown]
    assert explanation.threshold == answerer.threshold
    ranking = answerer.rank(read_question(question))
    assert explanation.candidates == len(ranking.groups)
    for place, reason in enumerate(explanation.reasons):
        assert total(reason.sums.score) == pytest.approx(float(ranking.scores[place]), abs=1e-4)
        assert all(word in reason.quote.text for word in reason.matched)


def test_unknown_words(sample: tuple[Generation, StaticModel], answerer: Answerer) -> None:
    """Words that no sentence has are named, without accents where none was typed."""
    assert answerer.explain("NATO zzyzx ở đâu?").unknown == ("zzyzx",)
    folded = answerer.explain("nato hop o dau").unknown
    assert all(sample[0].term_id("folded", word) is None for word in folded)
    assert "nato" not in folded


def test_a_refused_question(answerer: Answerer) -> None:
    """What cannot be asked is not explained but refused."""
    explanation = answerer.explain("???")
    assert explanation.question is None
    assert explanation.refusal == answerer.answer("???").reason
    assert explanation.reasons == ()
