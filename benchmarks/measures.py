"""Measures of ranked answers and of probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ranks = Sequence[int | None]
Floats = npt.NDArray[np.float64]


def recall_at(ranks: Ranks, depth: int) -> float:
    """Return the share of questions whose first right answer is among the first `depth`; ranks from 1."""
    return float(np.mean([rank is not None and rank <= depth for rank in ranks])) if ranks else float("nan")


def mean_reciprocal_rank(ranks: Ranks) -> float:
    """Return the mean of 1 / rank, 0 for what is not found; ranks from 1."""
    return float(np.mean([1 / rank if rank else 0.0 for rank in ranks])) if ranks else float("nan")


def ndcg(ranks: Ranks, depth: int = 10) -> float:
    """Return nDCG where each question has one relevant passage: 1 / log2(rank + 1), 0 below `depth`."""
    gains = [1 / np.log2(rank + 1) if rank and rank <= depth else 0.0 for rank in ranks]
    return float(np.mean(gains)) if gains else float("nan")


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the probability that a positive outranks a negative (area under the ROC curve), ties half."""
    if not len(positive) or not len(negative):
        return float("nan")
    below = np.sort(np.asarray(negative, dtype=np.float64))
    ahead = np.searchsorted(below, positive, side="left") + np.searchsorted(below, positive, side="right")
    return float(ahead.mean() / 2 / len(below))


def threshold_while(answerable: Sequence[float], answered: float) -> float:
    """Return the highest threshold that at least `answered` of the answerable reach."""
    if not len(answerable):
        return float("nan")
    needed = int(np.ceil(answered * len(answerable) - 1e-9))
    return float(np.sort(answerable)[::-1][max(needed, 1) - 1])


def refused_while(answerable: Sequence[float], others: Sequence[float], answered: float) -> float:
    """Return the share of `others` below the highest threshold at which `answered` of the answerable pass."""
    if not len(answerable) or not len(others):
        return float("nan")
    return float(np.mean(np.asarray(others) < threshold_while(answerable, answered)))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose probability lies in one range.

    Attributes:
        low: Where the range begins.
        high: Where it ends.
        count: How many there are.
        weight: The share of the whole weight that they have.
        said: Their mean probability.
        right: The share that is right.
    """

    low: float
    high: float
    count: int
    weight: float
    said: float
    right: float


def reliability(
    probabilities: Sequence[float],
    right: Sequence[bool],
    weights: npt.ArrayLike | None = None,
    *,
    bins: int = 10,
) -> list[Bin]:
    """Return the filled bins of a reliability diagram, equal ranges from 0 to 1; None weighs all the same."""
    p, r = np.asarray(probabilities, dtype=np.float64), np.asarray(right, dtype=np.float64)
    w = np.ones(len(p)) if weights is None else np.asarray(weights, dtype=np.float64)
    place = _places(p, bins)
    return [
        Bin(
            b / bins,
            (b + 1) / bins,
            int(inside.sum()),
            float(w[inside].sum() / w.sum()),
            float(np.average(p[inside], weights=w[inside])),
            float(np.average(r[inside], weights=w[inside])),
        )
        for b in np.unique(place).tolist()
        for inside in [place == b]
    ]


def _places(probabilities: Floats, bins: int) -> npt.NDArray[np.int64]:
    return np.minimum((probabilities * bins).astype(np.int64), bins - 1)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (Guo et al. 2017): the mean distance of said and right."""
    return sum(abs(b.said - b.right) * b.weight for b in bins) if bins else float("nan")


def error_by_chance(
    probabilities: Sequence[float],
    weights: npt.ArrayLike | None = None,
    *,
    bins: int = 10,
    draws: int = 400,
    seed: int = 1,
) -> float:
    """Return the calibration error that exact probabilities would show on average over this many questions.

    Outcomes are drawn with the probabilities themselves (consistency resampling: Bröcker and Smith 2007,
    "Increasing the reliability of reliability diagrams"). A few questions show an error however exact the
    probabilities are.
    """
    p = np.asarray(probabilities, dtype=np.float64)
    if not len(p):
        return float("nan")
    w = np.ones(len(p)) if weights is None else np.asarray(weights, dtype=np.float64)
    random_, place = np.random.default_rng(seed), _places(p, bins)
    errors = []
    for _ in range(draws):
        missed = w * (p - (random_.random(len(p)) < p))
        errors.append(np.abs(np.bincount(place, missed, bins)).sum() / w.sum())
    return float(np.mean(errors))
