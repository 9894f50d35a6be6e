"""How often the first sentence is right above each threshold: what lets an operator state a precision."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

STATED = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))
"""Precisions for which a threshold is looked for: .50 to .95."""
FEWEST = 100
"""Answers that have to stand above a threshold for its precision to mean anything."""


def precision_thresholds(
    probabilities: Sequence[float] | npt.NDArray[np.float64],
    right: Sequence[bool] | npt.NDArray[np.bool_],
    weights: Sequence[float] | npt.NDArray[np.float64],
) -> tuple[tuple[float, float], ...]:
    """Return (precision, threshold) for each of `STATED` that can be reached, thresholds ascending.

    The threshold is the lowest hundredth from which on, there and at every higher one that `FEWEST` answers
    pass, this share of the answers is right.

    Args:
        probabilities: Of the first sentence of each question, among them questions that nothing answers.
        right: Whether that sentence answers.
        weights: How much each question counts.
    """
    p, r, w = np.asarray(probabilities), np.asarray(right), np.asarray(weights)
    thresholds = [step / 100 for step in range(1, 100) if np.count_nonzero(p >= step / 100) >= FEWEST]
    precisions = [float(np.average(r[p >= threshold], weights=w[p >= threshold])) for threshold in thresholds]
    found = []
    for stated in STATED:
        enough = [precision >= stated for precision in precisions]
        if not enough or not enough[-1]:
            break
        first = max((n + 1 for n, reached in enumerate(enough) if not reached), default=0)
        found.append((stated, thresholds[first]))
    return tuple(found)
