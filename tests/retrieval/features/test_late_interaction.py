"""Late interaction against a double loop over tokens."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoders import StaticModel
from retrieval.features.late_interaction import Passages, token_weights
from tests.index.encoders.models import write_static

ROWS = np.random.default_rng(5).integers(-127, 128, size=(21, 8), dtype=np.int8)
ROWS[20] = 0
SCALES = np.random.default_rng(6).uniform(0.001, 0.1, size=21).astype(np.float32)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> StaticModel:
    """Make a model of twenty words, one of them with a vector of zeros."""
    return StaticModel.open(
        write_static(tmp_path_factory.mktemp("model"), [f"w{n}" for n in range(20)], ROWS, SCALES)
    )


def cosine(one: int, other: int) -> float:
    """Compare two tokens in double precision; a vector of zeros is like nothing."""
    a, b = (ROWS[token].astype(float) * float(SCALES[token]) for token in (one, other))
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / lengths if lengths else 0.0


def slow(query: list[int], passages: list[list[int]]) -> npt.NDArray[np.float64]:
    """Let every token of the query look at every token of every passage."""
    return np.array(
        [[max(cosine(wanted, token) for token in passage) for passage in passages] for wanted in query]
    )


def prepared(passages: list[list[int]]) -> Passages:
    """Prepare passages given as lists of tokens."""
    starts = np.cumsum([0] + [len(passage) for passage in passages])[:-1].astype(np.int64)
    return Passages.of(np.array([token for passage in passages for token in passage], np.int32), starts)


tokens = st.lists(st.integers(0, 20), min_size=1, max_size=6)
many_tokens = st.integers(30, 100).flatmap(
    lambda size: st.lists(st.integers(0, 20), min_size=size, max_size=size)
)


@settings(deadline=None)
@given(query=tokens, passages=st.lists(tokens | many_tokens, min_size=1, max_size=6))
def test_it_is_the_best_cosine(model: StaticModel, query: list[int], passages: list[list[int]]) -> None:
    """Each value is the best cosine of a query token in a passage; a passage that holds it gets 1."""
    made = prepared(passages)
    found = made.best(made.cosines(model, np.array(query, dtype=np.int32)))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, slow(query, passages), atol=1e-5)


@settings(deadline=None)
@given(query=tokens, passages=st.lists(tokens | many_tokens, min_size=1, max_size=6), data=st.data())
def test_the_best_window(
    model: StaticModel, query: list[int], passages: list[list[int]], data: st.DataObject
) -> None:
    """Of any six tokens in a row, or of all where there are fewer; the same for some of the passages."""
    made, weights = prepared(passages), np.linspace(1, 2, len(query)).astype(np.float32)
    cosines = made.cosines(model, np.array(query, dtype=np.int32))
    expected = [
        max(weights @ slow(query, [passage[n : n + 6]])[:, 0] for n in range(max(len(passage) - 5, 1)))
        for passage in passages
    ]
    np.testing.assert_allclose(made.best_window(cosines, weights), expected, atol=1e-4)
    which = data.draw(st.lists(st.integers(0, len(passages) - 1), min_size=1, unique=True).map(sorted))
    some = made.chosen(np.array(which))
    np.testing.assert_allclose(some.best(cosines), slow(query, [passages[n] for n in which]), atol=1e-5)
    np.testing.assert_allclose(some.best_window(cosines, weights), [expected[n] for n in which], atol=1e-4)


@given(passages=st.lists(tokens, min_size=1, max_size=6))
def test_sums_are_over_the_tokens_of_each(passages: list[list[int]]) -> None:
    """A token that occurs twice counts twice."""
    made = prepared(passages)
    values = made.distinct.astype(np.float32)
    assert made.sums(values).tolist() == [sum(passage) for passage in passages]


def test_no_passage_at_all() -> None:
    """A collection without a single token can be prepared."""
    assert len(prepared([]).first) == 0


@given(query=tokens)
def test_weights_are_shares_of_the_lengths(model: StaticModel, query: list[int]) -> None:
    """The weights are the lengths of the vectors, divided by their sum."""
    weights = token_weights(model, np.array(query, dtype=np.int32))
    lengths = np.array([np.linalg.norm(ROWS[token].astype(float) * float(SCALES[token])) for token in query])
    if lengths.sum() == 0:
        assert weights.tolist() == [0.0] * len(query)
    else:
        np.testing.assert_allclose(weights, lengths / lengths.sum(), rtol=1e-4)
        assert float(weights.sum()) == pytest.approx(1.0, abs=1e-5)
