"""Late interaction against a double loop over tokens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.static import StaticModel
from retrieval.late import late_interaction, token_weights
from tests.index.models import write_static

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


def slow(query: list[int], passages: list[list[int]]) -> list[list[float]]:
    """Let every token of the query look at every token of every passage."""
    return [[max(cosine(wanted, token) for token in passage) for passage in passages] for wanted in query]


tokens = st.lists(st.integers(0, 20), min_size=1, max_size=6)
many_tokens = st.integers(30, 100).flatmap(
    lambda size: st.lists(st.integers(0, 20), min_size=size, max_size=size)
)


@settings(deadline=None)
@given(query=tokens, passages=st.lists(tokens | many_tokens, min_size=1, max_size=6))
def test_it_is_the_best_cosine(model: StaticModel, query: list[int], passages: list[list[int]]) -> None:
    """Each value is the best cosine of a query token in a passage; a passage that holds it gets 1."""
    starts = np.cumsum([0] + [len(passage) for passage in passages[:-1]]).astype(np.int64)
    flat = np.array([token for passage in passages for token in passage], dtype=np.int32)
    found = late_interaction(model, np.array(query, dtype=np.int32), flat, starts)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, slow(query, passages), atol=1e-5)


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
