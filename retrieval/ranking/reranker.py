"""An optional cross-encoder over the first candidates: it changes their order and nothing else."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.encoders.base import Floats

RERANKED = 10
"""So many candidates are read again; a cross-encoder takes tens of milliseconds for each."""


class Reranker(Protocol):
    """Reads question and sentence together; `index.encoders.hub.CrossEncoder` is one."""

    def scores(self, question: str, sentences: Sequence[str]) -> Floats:
        """Return how well each sentence answers, float32 (n,); higher is better."""


def reordered(reranker: Reranker, question: str, sentences: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the sentences, best first by the reranker; equal scores keep their order."""
    if len(sentences) < 2:
        return tuple(range(len(sentences)))
    return tuple(np.argsort(-reranker.scores(question, sentences), kind="stable").tolist())
