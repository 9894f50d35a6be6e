"""What ranker and reader say together: one order, one calibrated probability, one threshold.

The order is that of the ranker's score plus `weight` times the reader's log-odds. The probability is a
logistic regression on what both say of a sentence and of those beside it, trained on questions that nothing
answers as well; `training/decision.py` fits it.
"""

import json
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from retrieval.features import Features
from retrieval.ranking.ranker import Matrix, lacks, precision_threshold
from retrieval.ranking.trees import short

DECIDED = (
    "odds", "odds_first", "answers", "answers_other", "lead", "score", "match", "words", "foreign", "lacking"
)  # fmt: skip
"""What the probability is made from: the ranker's log-odds of the sentence and of the ranker's first; the
reader's of the sentence, and the highest of another; how far the sentence stands out in the common order; the
ranker's score; how much of the question it has a match for, and how much word for word; whether the question
is in another language; whether the sentence lacks the kind of thing or the country that is asked for."""
_LEAST = 1e-6
_ALONE = 4.0


@dataclass(frozen=True, slots=True)
class Decision:
    """Trained weights.

    Attributes:
        weight: What the reader's log-odds count in the order, beside the ranker's score.
        calibration: Weight of each of `DECIDED` in the log-odds, float32.
        bias: Log-odds where all of them are 0.
        threshold: Probability from which on a sentence is given as an answer.
        precisions: (precision, threshold), ascending, as of `Ranker`.
        marked: Smallest probability of the words that answer at which they are marked.
    """

    weight: float
    calibration: Floats
    bias: float
    threshold: float
    precisions: tuple[tuple[float, float], ...]
    marked: float

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It was trained on other features.
        """
        data = json.loads(text)
        if set(data["calibration"]) != set(DECIDED):
            raise ValueError("the decision was trained on other features")
        return cls(
            float(data["weight"]),
            np.array([data["calibration"][name] for name in DECIDED], dtype=np.float32),
            float(data["bias"]),
            float(data["threshold"]),
            tuple((float(stated), float(found)) for stated, found in data["precisions"].items()),
            float(data["marked"]),
        )

    def to_json(self) -> str:
        """Return the weights by name."""
        return json.dumps(
            {
                "weight": short(self.weight),
                "calibration": dict(zip(DECIDED, map(short, self.calibration), strict=True)),
                "bias": short(self.bias),
                "threshold": short(self.threshold),
                "precisions": {f"{stated:g}": short(found) for stated, found in self.precisions},
                "marked": short(self.marked),
            },
            indent=2,
        )

    def threshold_for(self, precision: float) -> float:
        """Return the lowest known threshold above which at least `precision` of the answers are right.

        Raises:
            ValueError: It reaches no such precision; `str()` says what it reaches.
        """
        return precision_threshold(self.precisions, precision)

    def order(self, scores: Floats, answers: Floats) -> npt.NDArray[np.intp]:
        """Return the places of the sentences, best first; equal ones keep their order."""
        return np.argsort(-(scores + self.weight * answers), kind="stable")

    def probability(self, decided: Matrix) -> Floats:
        """Return the probability of each row of `decided_features`, float32 (n,)."""
        odds = decided @ self.calibration + self.bias
        probabilities: Floats = np.exp(-np.logaddexp(0, -odds)).astype(np.float32)
        return probabilities


def decided_features(
    weight: float, features: Matrix, scores: Floats, probabilities: Floats, answers: Floats
) -> Matrix:
    """Return the columns named by `DECIDED`, float32 (n, 10).

    Args:
        weight: As of `Decision`.
        features: float32 (n, len(Features._fields)), in the order of the ranker.
        scores: The ranker's, float32 (n,).
        probabilities: The ranker's, float32 (n,), descending.
        answers: The reader's log-odds, float32 (n,).
    """
    certain = np.clip(probabilities.astype(np.float64), _LEAST, 1 - _LEAST)
    odds = np.log(certain / (1 - certain))
    together = scores.astype(np.float64) + weight * answers
    named = Features._make(features.T)
    columns = (
        odds,
        np.full(len(odds), odds[0]),
        answers,
        _others(answers.astype(np.float64), np.maximum),
        together - _others(together, np.logaddexp),
        scores,
        named.late_rare,
        named.words_before,
        named.foreign,
        lacks(features),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _others(values: npt.NDArray[np.float64], measure: np.ufunc) -> npt.NDArray[np.float64]:
    """Return for each value what all others come to; a single one is compared with one far below it."""
    if len(values) < 2:
        return values - _ALONE
    return np.array([measure.reduce(np.delete(values, place)) for place in range(len(values))])
