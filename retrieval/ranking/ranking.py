"""The candidates of a question in the order that was found for them."""

from dataclasses import dataclass

import numpy as np

from index.encoders.base import Floats
from retrieval.ranking.ranker import Matrix


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of one question, best first; those that say the same stand together under the best.

    Attributes:
        groups: Rows of equal duplicate key, the best first in each.
        features: Features of the first row of each group in the order of scores, float32 (groups, features).
        scores: Scores of the same, float32 (groups,), descending.
        probabilities: That a sentence at this place answers the question, float32 (groups,).
        places: Place in the order of scores of each group; differs from it where a reranker or the reader was
            at work.
    """

    groups: tuple[tuple[int, ...], ...]
    features: Matrix
    scores: Floats
    probabilities: Floats
    places: tuple[int, ...]


NOTHING = Ranking((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32), np.zeros(0, np.float32), ())
"""The ranking without candidates."""
