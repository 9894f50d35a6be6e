"""Uneven activations keep their digits in 8 bits, and the product stays what it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.reader_smoothing import Floats, smoothing


def in_eight_bits(x: Floats) -> Floats:
    """Round to 8 bits with one scale, as onnxruntime does with what comes in (numbers of either sign)."""
    low, high = min(float(x.min()), 0.0), max(float(x.max()), 0.0)
    scale = (high - low) / 255
    zero = round(-low / scale)
    rounded: Floats = ((np.clip(np.round(x / scale) + zero, 0, 255) - zero) * scale).astype(np.float32)
    return rounded


def rows_in_eight_bits(weights: Floats) -> Floats:
    """Round each row with a scale of its own, as the weights are."""
    scales = np.abs(weights).max(axis=1, keepdims=True) / 127
    rounded: Floats = (np.round(weights / scales) * scales).astype(np.float32)
    return rounded


@given(st.integers(0, 10_000), st.floats(10, 60))
def test_the_product_is_the_same_and_loses_less(seed: int, uneven: float) -> None:
    """With two columns that are much larger than the others, as the layers have."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(64, 96)).astype(np.float32)
    x[:, random.choice(96, 2, replace=False)] *= uneven
    weights = random.normal(size=(32, 96)).astype(np.float32)
    exact = x @ weights.T
    factors = smoothing(weights, {"up": np.abs(x).max(axis=0)}, "up")
    assert factors is not None
    assert (x / factors) @ (weights * factors).T == pytest.approx(exact, rel=1e-3, abs=1e-2)
    plain = in_eight_bits(x) @ rows_in_eight_bits(weights).T
    even = in_eight_bits(x / factors) @ rows_in_eight_bits(weights * factors).T
    assert np.abs(even - exact).mean() < np.abs(plain - exact).mean()


def test_what_was_not_measured_stays() -> None:
    """A matrix whose inputs are even is written as it is."""
    assert smoothing(np.ones((2, 2), dtype=np.float32), {"up": np.ones(2, dtype=np.float32)}, "out") is None


def test_a_column_that_was_never_used_divides_by_no_zero() -> None:
    """Its factor is small, and finite."""
    factors = smoothing(np.zeros((2, 3), dtype=np.float32), {"up": np.zeros(3, dtype=np.float32)}, "up")
    assert factors is not None
    assert np.isfinite(factors).all()
    assert (factors > 0).all()
