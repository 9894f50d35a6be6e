"""The question's vector: what the encoder says of it, and what the reader does.

The encoder knows words, each alone; the reader sees them together, in more languages. It was trained to put
a question where the encoder puts the sentences that answer, so that one search finds what either would.
"""

from collections.abc import Mapping
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats

SHARE = 0.5
"""Of the reader's unit vector, beside the encoder's."""
_EPSILON = 1e-5


def blended(encoded: Floats, read: Floats) -> Floats:
    """Return the unit vector to search with, float32 (dimension,).

    Args:
        encoded: The encoder's unit vector of the question.
        read: The reader's.
    """
    together = encoded + np.float32(SHARE) * read
    vector: Floats = together / np.linalg.norm(together)
    return vector


class VectorHead(NamedTuple):
    """What makes a vector of the mean of a question's states: a straight way and one through a hidden layer.

    Attributes:
        direct: float32 (dimension, width).
        inner: float32 (hidden, width).
        inner_bias: float32 (hidden,).
        outer: float32 (dimension, hidden).
        bias: float32 (dimension,).
    """

    direct: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    bias: Floats

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, npt.NDArray[np.generic]]) -> Self:
        """Return the head whose arrays go by the names of its attributes.

        Raises:
            KeyError: One is missing.
        """
        return cls(*(tensors[name].astype(np.float32) for name in cls._fields))

    def vectors(self, means: Floats) -> Floats:
        """Return a unit vector for each row, float32 (n, dimension).

        Args:
            means: The mean of each question's last states, float32 (n, width).
        """
        x = means - means.mean(axis=1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=1, keepdims=True) + _EPSILON)
        vectors = x @ self.direct.T + gelu(x @ self.inner.T + self.inner_bias) @ self.outer.T + self.bias
        unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def gelu(x: Floats) -> Floats:
    """Return x·Φ(x), with the error function of Abramowitz and Stegun, 7.1.26 (off by 1.5e-7 at most)."""
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + 0.3275911 * z)
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    error = np.sign(x) * (1 - series * np.exp(-z * z))
    result: Floats = (0.5 * x * (1 + error)).astype(np.float32)
    return result
