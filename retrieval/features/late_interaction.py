"""Late interaction: every token of the question looks for its nearest token in the passage."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from index.encoders import StaticModel
from index.encoders.base import Floats, Tokens
from index.generation.arrays import RowIds, runs

WINDOW = 6
"""Tokens that stand together."""
_BLOCK = 32
"""Passages are compared in blocks of so many tokens: rows of one length, which numpy takes many at a time."""
_STEP = _BLOCK - WINDOW + 1  # so that each window lies whole in a block
_AT_ONCE = 1 << 18
"""So many cosines are laid out for comparison at a time: those of all blocks with a long question are 200 MB,
and getting such memory takes longer than comparing."""
_TOGETHER = 16  # of blocks: BLAS takes rows in such groups, and what is left over with another rounding
# Cosine that two unrelated tokens may well have, and one from which on two are forms of one word.
CHANCE, SAME = 0.4, 0.85


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages made ready to be compared with questions.

    Attributes:
        distinct: Their distinct tokens, int32 (d,).
        numbers: Place in `distinct` of each of their tokens.
        starts: Where each passage begins in `numbers`.
        blocks: Places in `distinct` of the tokens of each block, int64 (_BLOCK, blocks); the last token of a
            passage fills up its last block.
        first: The first block of each passage.
    """

    distinct: Tokens
    numbers: RowIds
    starts: RowIds
    blocks: RowIds
    first: RowIds

    @classmethod
    def of(cls, tokens: Tokens, starts: RowIds) -> Self:
        """Prepare passages.

        Args:
            tokens: Token ids of all passages one after the other, int32; each passage has at least one.
            starts: Where each passage begins in `tokens`, int64 (p,), ascending.
        """
        # Passages share most of their words: compare with each distinct token once.
        seen = np.zeros(int(tokens.max(initial=-1)) + 1, dtype=np.bool_)
        seen[tokens] = True
        distinct = np.flatnonzero(seen).astype(np.int32)
        number = np.empty(len(seen), dtype=np.int64)
        number[distinct] = np.arange(len(distinct))

        ends = np.append(starts, len(tokens))[1:]
        counts = np.maximum(-(-(ends - starts - WINDOW + 1) // _STEP), 1)
        first = np.cumsum(counts) - counts
        begin = np.repeat(starts - first * _STEP, counts) + np.arange(int(counts.sum())) * _STEP
        places = np.minimum(begin + np.arange(_BLOCK)[:, None], np.repeat(ends - 1, counts))
        numbers = number[tokens]
        return cls(distinct, numbers, starts, numbers[places], first)

    def chosen(self, which: RowIds) -> Self:
        """Return some of the passages, with all distinct tokens."""
        tokens, starts = runs(self.starts[which], np.diff(self.starts, append=len(self.numbers))[which])
        blocks, first = runs(self.first[which], np.diff(self.first, append=self.blocks.shape[1])[which])
        return type(self)(
            self.distinct, self.numbers[tokens], starts[:-1], self.blocks.take(blocks, axis=1), first[:-1]
        )

    def cosines(self, model: StaticModel, query: Tokens) -> Floats:
        """Return the cosine of each distinct token with each of the query, float32 (d, q)."""
        return model.cosines(self.distinct, query)

    def best(self, cosines: Floats) -> Floats:
        """Return, for each token of the query and each passage, the cosine of its best match there.

        After Khattab and Zaharia, "ColBERT" (2020), over static vectors. The score of a passage is the mean
        of its column, weighted by `token_weights`.

        Returns:
            float32 (q, p), each value from -1 to 1.
        """
        blocks = np.empty((self.blocks.shape[1], cosines.shape[1]), dtype=cosines.dtype)
        for some, laid_out in self._laid_out(cosines):
            laid_out.max(axis=0, out=blocks[some])
        best: Floats = np.maximum.reduceat(blocks, self.first, axis=0).T
        return best

    def best_window(self, cosines: Floats, weights: Floats) -> Floats:
        """Return the highest weighted mean of best cosines in any `WINDOW` tokens in a row, float32 (p,).

        Args:
            cosines: What `cosines` returned.
            weights: Weight of each token of the query, summing to 1.
        """
        highest = np.empty(self.blocks.shape[1], dtype=np.result_type(cosines, weights))
        for some, laid_out in self._laid_out(cosines):
            two = np.maximum(laid_out[:-1], laid_out[1:])
            four = np.maximum(two[:-2], two[2:])
            six = np.maximum(four[:-2], two[4:])
            # Once in some ten thousand products of few columns OpenBLAS leaves the flag of an invalid
            # operation set, though all that goes in and comes out is finite; numpy would warn of it.
            with np.errstate(invalid="ignore"):
                windows = six @ weights
            windows.max(axis=0, out=highest[some])
        best: Floats = np.maximum.reduceat(highest, self.first)
        return best

    def _laid_out(self, cosines: Floats) -> Iterator[tuple[slice, Floats]]:
        """Yield some blocks after the others, with the cosines of their tokens, (_BLOCK, blocks, q)."""
        room = _AT_ONCE // (_BLOCK * max(cosines.shape[1], 1))
        step = max(room // _TOGETHER, 1) * _TOGETHER
        starts = range(0, max(self.blocks.shape[1] - step, 0) + 1, step)  # the last has what is left over
        for start, end in pairwise([*starts, self.blocks.shape[1]]):
            some = slice(start, end)
            yield some, cosines.take(self.blocks[:, some], axis=0)

    def sums(self, values: Floats) -> Floats:
        """Return the sum over each passage's tokens of what each distinct token has, float32 (p,)."""
        sums: Floats = np.add.reduceat(values[self.numbers], self.starts)
        return sums


def above_chance(cosines: Floats, full: float = 1.0) -> Floats:
    """Return how far cosines are from what unrelated tokens have, 0, to `full`, 1."""
    above: Floats = np.clip((cosines - CHANCE) / (full - CHANCE), 0, 1)
    return above


def token_weights(model: StaticModel, query: Tokens) -> Floats:
    """Return the weight of each query token, float32 (q,), summing to 1: the length of its trained vector."""
    return shares(model.lengths(query))


def shares(weights: Floats) -> Floats:
    """Return what part of their sum each of some weights is; zeros if all are."""
    parts: Floats = weights / max(float(weights.sum()), 1e-12)
    return parts
