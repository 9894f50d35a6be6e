"""Late interaction: every token of the question looks for its nearest token in the passage."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from index.static import Floats, StaticModel, Tokens

Ints = npt.NDArray[np.int64]

_BLOCK = 32
"""Passages are compared in blocks of so many tokens: rows of one length, which numpy takes many at a time."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages made ready to be compared with questions.

    Attributes:
        distinct: Their distinct tokens, int32 (d,).
        place: Places in `distinct` of the tokens of each block, int64 (_BLOCK, blocks); the last token of a
            passage fills up its last block.
        first: The first block of each passage.
    """

    distinct: Tokens
    place: Ints
    first: Ints

    @classmethod
    def of(cls, tokens: Tokens, starts: Ints) -> Self:
        """Prepare passages, given as for `late_interaction`."""
        # Passages share most of their words: compare with each distinct token once.
        seen = np.zeros(int(tokens.max()) + 1, dtype=np.bool_)
        seen[tokens] = True
        distinct = np.flatnonzero(seen).astype(np.int32)
        number = np.empty(len(seen), dtype=np.int64)
        number[distinct] = np.arange(len(distinct))

        ends = np.append(starts[1:], len(tokens))
        blocks = -(-(ends - starts) // _BLOCK)
        first = np.cumsum(blocks) - blocks
        begin = np.repeat(starts - first * _BLOCK, blocks) + np.arange(int(blocks.sum())) * _BLOCK
        last = np.repeat(ends - 1, blocks)
        places = np.minimum(begin + np.arange(_BLOCK)[:, None], last)
        return cls(distinct, number[tokens[places]], first)

    def best(self, model: StaticModel, query: Tokens) -> Floats:
        """Return what `late_interaction` does."""
        cosines = model.cosines(self.distinct, query)
        blocks = cosines.take(self.place, axis=0).max(axis=0)
        best: Floats = np.maximum.reduceat(blocks, self.first, axis=0).T
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
    return Passages.of(passages, starts).best(model, query)


def token_weights(model: StaticModel, query: Tokens) -> Floats:
    """Return the weight of each query token, float32 (q,), summing to 1: the length of its trained vector."""
    lengths = np.linalg.norm(model.vectors(query), axis=1)
    weights: Floats = (lengths / max(float(lengths.sum()), 1e-12)).astype(np.float32)
    return weights
