"""How many questions have an answer: what a probability depends on before a sentence was looked at."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

ANSWERABLE = 2 / 3
"""Share of the questions that have an answer: people ask a collection mostly for what it is about."""


def prior_weights(answerable: Sequence[bool] | npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return a weight for each question, summing to 1, so that the answerable ones weigh `ANSWERABLE`.

    Where there are questions of one sort only, all weigh the same.
    """
    has_answer = np.asarray(answerable, dtype=np.bool_)
    count = np.count_nonzero(has_answer)
    if count in (0, len(has_answer)):
        return np.full(len(has_answer), 1 / max(len(has_answer), 1))
    return np.where(has_answer, ANSWERABLE / count, (1 - ANSWERABLE) / (len(has_answer) - count))
