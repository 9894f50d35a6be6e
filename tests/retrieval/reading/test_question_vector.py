"""The vector to search with lies between the encoder's and the reader's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders import StaticModel
from index.encoders.base import Floats
from retrieval.reading.network import ReaderNetwork
from retrieval.reading.question_vector import SHARE, blended, gelu


@given(st.integers(0, 10_000))
def test_it_is_between_both(seed: int) -> None:
    """Of unit length, nearer to the encoder's vector than to the reader's, in the plane of both."""
    one, other = np.random.default_rng(seed).normal(size=(2, 8)).astype(np.float32)
    one, other = one / np.linalg.norm(one), other / np.linalg.norm(other)
    made = blended(one, other)
    assert np.linalg.norm(made) == pytest.approx(1, abs=1e-5)
    assert made @ one >= made @ other - 1e-6
    basis = np.linalg.qr(np.stack([one, other]).T)[0]
    assert basis @ (basis.T @ made) == pytest.approx(made, abs=1e-4)


def test_a_share_of_nothing_is_the_encoders() -> None:
    """Where the reader says the same as the encoder, nothing changes, whatever its share."""
    one = np.array([0.6, 0.8], dtype=np.float32)
    assert 0 < SHARE < 1
    assert blended(one, one) == pytest.approx(one, abs=1e-6)


def test_gelu() -> None:
    """Against x·Φ(x) by the error function of the standard library."""
    from math import erf, sqrt

    x = np.linspace(-6, 6, 241, dtype=np.float32)
    exact = [value * (1 + erf(value / sqrt(2))) / 2 for value in x.tolist()]
    assert gelu(x) == pytest.approx(exact, abs=1e-5)


@pytest.fixture(scope="module")
def network() -> ReaderNetwork:
    """Open the bundled network."""
    return ReaderNetwork.open()


def vectors(network: ReaderNetwork, questions: list[str]) -> Floats:
    """Return the vectors of questions; the bundled reader has a head for the bundled encoder."""
    encoder = StaticModel.open().revision
    found = [network.question_vector(question, encoder) for question in questions]
    return np.stack([vector for vector in found if vector is not None])


def test_a_question_lies_near_itself_in_another_language(network: ReaderNetwork) -> None:
    """Each question's nearest one in the other language is its own translation."""
    vietnamese = [
        "Ai là tổng thống Nga?",
        "Giá vàng hôm nay tăng bao nhiêu?",
        "Đội nào vô địch giải bóng đá thế giới?",
        "Bao nhiêu người chết vì động đất?",
    ]
    russian = [
        "Кто президент России?",
        "На сколько выросла сегодня цена золота?",
        "Какая команда выиграла чемпионат мира по футболу?",
        "Сколько человек погибло при землетрясении?",
    ]
    one, other = (vectors(network, each) for each in (vietnamese, russian))
    assert np.linalg.norm(one, axis=1) == pytest.approx(1, abs=1e-5)
    assert (one @ other.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_no_vector_among_those_of_another_encoder(network: ReaderNetwork) -> None:
    """What it was not trained for, it does not answer for."""
    assert network.question_vector("Ai là tổng thống Nga?", "another revision") is None
