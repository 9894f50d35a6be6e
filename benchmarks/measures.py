"""Measures of ranked answers."""

from collections.abc import Sequence

import numpy as np


def recall_at(ranks: Sequence[int | None], depth: int) -> float:
    """Return the share of questions whose first right answer is among the first `depth`; ranks from 1."""
    return float(np.mean([rank is not None and rank <= depth for rank in ranks])) if ranks else float("nan")


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """Return the mean of 1 / rank, 0 for what is not found; ranks from 1."""
    return float(np.mean([1 / rank if rank else 0.0 for rank in ranks])) if ranks else float("nan")


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the probability that a positive outranks a negative (area under the ROC curve), ties half."""
    both = np.concatenate([positive, negative])
    order = both.argsort(kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    for value in np.unique(both):  # ties share their mean rank
        ranks[both == value] = ranks[both == value].mean()
    count = len(positive)
    return float((ranks[:count].sum() - count * (count + 1) / 2) / (count * len(negative)))


def calibration_error(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error over equal bins (Guo et al. 2017)."""
    p, r = np.asarray(probabilities), np.asarray(right)
    place = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(abs(p[place == b].mean() - r[place == b].mean()) * (place == b).mean() for b in np.unique(place))
    )
