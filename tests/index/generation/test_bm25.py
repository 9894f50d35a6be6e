"""How rare a word is, by values worked out by hand."""

import math

import numpy as np
import pytest

from index.generation.bm25 import idf


def test_a_rare_word_weighs_more() -> None:
    """Of three sentences one, two or all hold it; it never weighs less than nothing."""
    assert idf(1, 3) == pytest.approx(math.log(8 / 3))
    assert idf(2, 3) == pytest.approx(math.log(8 / 5))
    assert idf(3, 3) == pytest.approx(math.log(8 / 7))


def test_frequencies_may_stand_in_an_array() -> None:
    """Soft matches are counted in fractions, and float32 stays float32."""
    rarities = idf(np.array([0.0, 0.5, 3.0], dtype=np.float32), 3)
    assert rarities.dtype == np.float32
    assert rarities == pytest.approx([math.log(8), math.log(4), math.log(8 / 7)])
