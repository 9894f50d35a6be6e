"""What ranker and reader say together: one order, one calibrated probability, one threshold.

The order is that of the ranker's score, of the reader's log-odds, and of whether a sentence holds the kind of
thing that is asked for (`retrieval/reading/typed.py`), added up. The probability is a logistic regression on
what they say of a sentence and of those beside it, trained on questions that nothing answers as well;
`training/decision.py` fits both.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from retrieval.features import Features
from retrieval.ranking.ranker import Matrix, precision_threshold
from retrieval.ranking.trees import short
from retrieval.reading.typed import TYPED

ORDERED = ("answers", *TYPED)
"""What the order is made from beside the ranker's score: the reader's log-odds and `TYPED`."""
DECIDED = (
    "odds", "odds_first", "answers", "answers_other", "lead", "score", "match", "words", "foreign",
    "elsewhere", "holding", "lacking", "counted", "marked",
    "of_country",
)  # fmt: skip
"""What the probability is made from: the ranker's log-odds of the sentence and of the ranker's first; the
reader's of the sentence, and the highest of another; how far the sentence stands out in the common order; the
ranker's score; how much of the question it has a match for, and how much word for word; whether the question
is in another language; whether the country that is asked for is not named nearby; whether the sentence holds
the kind of thing that is asked for, and whether it lacks it; the other columns of `TYPED`."""
_LEAST = 1e-6
_ALONE = 4.0


class Evidence(NamedTuple):
    """What is known of the sentences that were read, in the order of the ranker.

    Attributes:
        features: float32 (n, len(Features._fields)).
        scores: The ranker's, float32 (n,).
        probabilities: The ranker's, float32 (n,), descending.
        answers: The reader's log-odds, float32 (n,).
        kinds: The columns named by `TYPED`, float32 (n, 4).
    """

    features: Matrix
    scores: Floats
    probabilities: Floats
    answers: Floats
    kinds: Matrix


@dataclass(frozen=True, slots=True)
class Decision:
    """Trained weights.

    Attributes:
        ordering: Weight of each of `ORDERED` in the order, beside the ranker's score, float32.
        calibration: Weight of each of `DECIDED` in the log-odds, float32.
        bias: Log-odds where all of them are 0.
        threshold: Probability from which on a sentence is given as an answer.
        precisions: (precision, threshold), ascending, as of `Ranker`.
        marked: Smallest probability of the words that answer at which they are marked.
    """

    ordering: Floats
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
        if set(data["calibration"]) != set(DECIDED) or set(data["ordering"]) != set(ORDERED):
            raise ValueError("the decision was trained on other features")
        return cls(
            np.array([data["ordering"][name] for name in ORDERED], dtype=np.float32),
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
                "ordering": dict(zip(ORDERED, map(short, self.ordering), strict=True)),
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

    def together(self, evidence: Evidence) -> Floats:
        """Return what sentences are ordered by, the best highest, float32 (n,)."""
        columns = np.column_stack([evidence.answers, evidence.kinds]).astype(np.float32)
        found: Floats = evidence.scores + columns @ self.ordering
        return found

    def probability(self, decided: Matrix) -> Floats:
        """Return the probability of each row of `decided_features`, float32 (n,)."""
        odds = decided @ self.calibration + self.bias
        probabilities: Floats = np.exp(-np.logaddexp(0, -odds)).astype(np.float32)
        return probabilities


def decided_features(evidence: Evidence, together: Floats) -> Matrix:
    """Return the columns named by `DECIDED`, float32 (n, 15).

    Args:
        evidence: What is known of the sentences.
        together: What they are ordered by, float32 (n,).
    """
    certain = np.clip(evidence.probabilities.astype(np.float64), _LEAST, 1 - _LEAST)
    odds = np.log(certain / (1 - certain))
    exact = together.astype(np.float64)
    named = Features._make(evidence.features.T)
    kind, counted, marked, of_country = evidence.kinds.T
    columns = (
        odds,
        np.full(len(odds), odds[0]),
        evidence.answers,
        _others(evidence.answers.astype(np.float64), np.maximum),
        exact - _others(exact, np.logaddexp),
        evidence.scores,
        named.late_rare,
        named.words_before,
        named.foreign,
        named.country < 0,
        kind > 0,
        kind < 0,
        counted,
        marked,
        of_country,
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _others(values: npt.NDArray[np.float64], measure: np.ufunc) -> npt.NDArray[np.float64]:
    """Return for each value what all others come to; a single one is compared with one far below it."""
    if len(values) < 2:
        return values - _ALONE
    return np.array([measure.reduce(np.delete(values, place)) for place in range(len(values))])
