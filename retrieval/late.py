"""Late interaction: every token of the question looks for its nearest token in the passage."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from index.static import Floats, StaticModel, Tokens

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages made ready to be compared with questions.

    Attributes:
        units: Unit vectors of their distinct tokens, float32 (d, dimension).
        place: Row in `units` of each token, passage after passage.
        starts: Where each passage begins in `place`.
    """

    units: Floats
    place: Ints
    starts: Ints

    @classmethod
    def of(cls, model: StaticModel, tokens: Tokens, starts: Ints) -> Self:
        """Prepare passages, given as for `late_interaction`."""
        # Passages share most of their words: compare with each distinct token once.
        distinct, place = np.unique(tokens, return_inverse=True)
        return cls(_unit(model.vectors(distinct)), place, starts)

    def best(self, model: StaticModel, query: Tokens) -> Floats:
        """Return what `late_interaction` does."""
        cosines = _unit(model.vectors(query)) @ self.units.T
        best: Floats = np.maximum.reduceat(cosines[:, self.place], self.starts, axis=1)
        return best


def late_interaction(model: StaticModel, query: Tokens, passages: Tokens, starts: Ints) -> Floats:
    """Return, for each token of the query and each passage, the cosine of its best match there.

    After Khattab and Zaharia, "ColBERT" (2020), over static vectors. The score of a passage is the mean of
    its column, weighted by `token_weights`.

    Args:
        model: The token vectors.
        query: Token ids, int32 (q,), q >= 1.
        passages: Token ids of all passages one after the other, int32; each passage has at least one.
        starts: Where each passage begins in `passages`, int64 (p,), ascending.

    Returns:
        float32 (q, p), each value from -1 to 1.
    """
    return Passages.of(model, passages, starts).best(model, query)


def token_weights(model: StaticModel, query: Tokens) -> Floats:
    """Return the weight of each query token, float32 (q,), summing to 1: the length of its trained vector."""
    lengths = np.linalg.norm(model.vectors(query), axis=1)
    weights: Floats = (lengths / max(float(lengths.sum()), 1e-12)).astype(np.float32)
    return weights


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return unit
