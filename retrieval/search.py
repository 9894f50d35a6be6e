"""Candidates: the sentences that words or vectors find, before anybody ranks them."""

import numpy as np

from index.analysis import fold
from index.generation import Generation
from index.static import Floats
from retrieval.features import Ints
from retrieval.question import Question

CANDIDATES = 100
"""Of each kind of search; the union is ranked."""


def candidates(question: Question, vector: Floats, generation: Generation, count: int = CANDIDATES) -> Ints:
    """Return the rows that may answer, ascending and distinct, int64.

    The accented field is searched only when the question has accents; the folded one always, so that a
    document without accents is found as well.

    Args:
        question: The question.
        vector: Its vector by the encoder of the generation, float32 (dimension,).
        generation: Where to search.
        count: How many of each kind of search.
    """
    _, near = generation.vectors.search(vector[None, :], count)
    folded = tuple(dict.fromkeys(map(fold, question.terms)))
    found = list(near[0]) + [row for row, _ in generation.words.search(folded, "folded", count)]
    if question.accented:
        found += [row for row, _ in generation.words.search(question.terms, "accented", count)]
    return np.unique(np.array(found, dtype=np.int64))
