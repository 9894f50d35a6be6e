"""A reranker changes the order of the first candidates and nothing else."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders import BundledEncoder, StaticModel
from index.encoders.base import Floats
from index.generation import Generation
from retrieval.answer import Answerer
from retrieval.question import read_question
from retrieval.ranking.reranker import RERANKED, reordered
from tests.retrieval.conftest import ranker


class Fixed:
    """Gives the scores it was made with; keeps what it was asked."""

    def __init__(self, scores: Sequence[float]) -> None:
        self.given = np.array(scores, dtype=np.float32)
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, question: str, sentences: Sequence[str]) -> Floats:
        """Return the first of them."""
        self.asked.append((question, list(sentences)))
        return self.given[: len(sentences)]


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 2.0]), max_size=12))
def test_order(scores: list[float]) -> None:
    """Higher scores come first, equal ones stay."""
    sentences = [str(number) for number in range(len(scores))]
    expected = tuple(sorted(range(len(scores)), key=lambda place: -scores[place]))
    assert reordered(Fixed(scores), "?", sentences) == expected


@pytest.mark.parametrize("question", ["NATO họp ở đâu?", "giá vàng hôm nay"])
def test_only_the_order_changes(sample: tuple[Generation, StaticModel], question: str) -> None:
    """The first candidates are turned round; whether and how surely is answered stays with the ranker."""
    generation, model = sample
    turned = Fixed(range(RERANKED))
    judge = ranker(threshold=0.84)  # so few answer that none of them waits for those of other documents
    plain = Answerer(generation, BundledEncoder(model), model, judge)
    other = Answerer(generation, BundledEncoder(model), model, judge, None, turned)
    before, after = plain.rank(read_question(question)), other.rank(read_question(question))
    assert len(before.groups) > RERANKED
    assert after.groups[:RERANKED] == before.groups[:RERANKED][::-1]
    assert after.groups[RERANKED:] == before.groups[RERANKED:]
    assert after.places == (*range(RERANKED - 1, -1, -1), *range(RERANKED, len(before.groups)))
    np.testing.assert_array_equal(after.probabilities, before.probabilities)
    texts = [generation.sentence(group[0]).text for group in before.groups[:RERANKED]]
    assert turned.asked == [(read_question(question).text, texts)]
    one, two = plain.answer(question), other.answer(question)
    assert one.status == two.status
    assert [q.probability for q in one.quotes + one.related] == [
        q.probability for q in two.quotes + two.related
    ]


def test_explained(sample: tuple[Generation, StaticModel]) -> None:
    """The explanation goes with the sentence: its own sums, and where its score would put it."""
    generation, model = sample
    plain = Answerer(generation, BundledEncoder(model), model, ranker())
    other = Answerer(generation, BundledEncoder(model), model, ranker(), None, Fixed(range(RERANKED)))
    before = plain.explain("NATO họp ở đâu?", top=RERANKED).reasons
    after = other.explain("NATO họp ở đâu?", top=RERANKED).reasons
    assert [reason.place for reason in after] == list(range(RERANKED - 1, -1, -1))
    for moved, own in zip(after, reversed(before), strict=True):
        assert moved.quote.text == own.quote.text
        assert moved.sums.score == own.sums.score
        assert moved.sums.own == own.sums.own
    assert [r.sums.probability for r in after] == [r.sums.probability for r in before]
