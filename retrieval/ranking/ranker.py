"""Features to one score a sentence, and to the calibrated probability that it answers the question.

Two small models whose decisions can be taken apart: the *score* orders the sentences (linear, trained
listwise: softmax over the candidates of a question), the *probability* says how far the order is to be
trusted (the mean log-odds of a logistic regression on few features and of boosted trees on all of them,
trained on questions without an answer as well).
`training/ranker.py` makes the weights; they are the same for every encoder, because every feature is scaled.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.errors import Message, SettingsError, of_system
from retrieval.features import Features
from retrieval.features.answer_types import CERTAIN
from retrieval.ranking.trees import NO_TREES, Trees, short

Matrix = npt.NDArray[np.float32]
CALIBRATED = ("score", "lead", "match", "words", "level", "foreign", "dense_foreign")
"""What the logistic regression is made from: how good a sentence is, how far it stands out, how much of the
question it has a match for and how much word for word, how good the candidates are on average; whether the
question is in another language, and how near its meaning then is, when words tell little.

The lead is measured against the other candidates of the same question, and so means the same in every
language (after Shtok et al. 2012, "Predicting query performance by query-drift estimation"). The score and
the match do not: for a question in another language they are lower as a whole.
"""
STEPPED = ("score", "lead", "level", *Features._fields)
"""What the trees are made from."""
WITH_TREES = 16
"""So many places are judged by the trees, those after them as the last of these; training has seen three."""


_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trained weights.

    Attributes:
        weights: Weight of each feature in the score, float32 (len(Features._fields),).
        calibration: Weight of each of `CALIBRATED` in the log-odds, float32.
        bias: Log-odds of a sentence whose calibrated features are all 0, before the trees.
        threshold: Probability from which on a sentence is given as an answer.
        lacking: Highest probability of a sentence that `lacks` what is asked for: so often such a sentence is
            right where it is the first.
        precisions: (precision, threshold), ascending: of the first sentences at or above a threshold, so many
            were right among the questions that the ranker was calibrated on.
        trees: What is added to the log-odds; their columns are `STEPPED`.
    """

    weights: Floats
    calibration: Floats
    bias: float
    threshold: float
    lacking: float = 1.0
    precisions: tuple[tuple[float, float], ...] = ()
    trees: Trees = NO_TREES

    @classmethod
    def bundled(cls) -> Self:
        """Return the ranker of this package."""
        return cls.from_json(resources.files("retrieval.ranking").joinpath("ranker.json").read_text("utf-8"))

    @classmethod
    def open(cls, file: Path) -> Self:
        """Read the ranker that an operator made.

        Raises:
            SettingsError: It cannot be read, or is none.
        """
        try:
            return cls.from_json(file.read_text("utf-8"))
        except OSError as error:
            why = of_system(error)
        except (ValueError, KeyError, TypeError, AttributeError):
            why = Message("it is no ranker for this version of the program")
        raise SettingsError("The ranker {name} cannot be used: {why}.", name=file, why=why)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; a feature without a weight, or an unknown one, is an error."""
        data = json.loads(text)
        weights, calibration = data["weights"], data["calibration"]
        if set(weights) != set(Features._fields) or set(calibration) != set(CALIBRATED):
            raise ValueError("the ranker was trained on other features")
        return cls(
            np.array([weights[name] for name in Features._fields], dtype=np.float32),
            np.array([calibration[name] for name in CALIBRATED], dtype=np.float32),
            float(data["bias"]),
            float(data["threshold"]),
            float(data["lacking"]),
            tuple((float(stated), float(found)) for stated, found in data.get("precisions", {}).items()),
            Trees.from_data(data["trees"], STEPPED),
        )

    def to_json(self) -> str:
        """Return the weights by name, for people to read as well."""
        data = json.dumps(
            {
                "weights": dict(zip(Features._fields, map(short, self.weights), strict=True)),
                "calibration": dict(zip(CALIBRATED, map(short, self.calibration), strict=True)),
                "bias": short(self.bias),
                "threshold": short(self.threshold),
                "lacking": short(self.lacking),
                "precisions": {f"{stated:g}": short(found) for stated, found in self.precisions},
            },
            indent=2,
        )
        trees = ",".join(f"\n    {json.dumps(tree)}" for tree in self.trees.to_data(STEPPED))  # a line each
        return data.removesuffix("\n}") + f',\n  "trees": [{trees}\n  ]\n}}'

    def threshold_for(self, precision: float) -> float:
        """Return the lowest known threshold above which at least `precision` of the answers are right.

        Raises:
            ValueError: The ranker reaches no such precision; `str()` says what it reaches.
        """
        return precision_threshold(self.precisions, precision)

    def score(self, features: Matrix) -> Floats:
        """Return the score of each row of features, float32 (n,); higher is better."""
        scores: Floats = features @ self.weights
        return scores

    def probability(self, features: Matrix, scores: Floats) -> Floats:
        """Return the probability that each sentence answers, float32 (n,).

        Args:
            features: float32 (n, len(Features._fields)), the best sentence first, each text once.
            scores: What `score` gave, descending.
        """
        calibrated = calibrated_features(features, scores)
        odds = calibrated @ self.calibration + self.bias
        stepped = self.trees.add_up(stepped_features(features, calibrated))
        odds += np.pad(stepped, (0, len(odds) - len(stepped)), "edge")
        probabilities = np.exp(-np.logaddexp(0, -odds))  # never overflows
        found: Floats = np.minimum(probabilities, self.most(features)).astype(np.float32)
        return found

    def most(self, features: Matrix) -> npt.NDArray[np.float64]:
        """Return the highest probability that each row of features can have, float64 (n,)."""
        return np.where(lacks(features), self.lacking, 1.0)


class PrecisionUnreached(ValueError):  # noqa: N818 - says what is the case
    """No threshold reaches the precision; `highest` is the one that is, None where none is known."""

    def __init__(self, highest: float | None) -> None:
        super().__init__("knows of none" if highest is None else f"reaches {highest:g} at most")
        self.highest = highest


def precision_threshold(precisions: Sequence[tuple[float, float]], precision: float) -> float:
    """Return the threshold of the lowest precision that is at least as wanted.

    Args:
        precisions: (precision, threshold), ascending.
        precision: What is wanted.

    Raises:
        PrecisionUnreached: None is.
    """
    found = [threshold for stated, threshold in precisions if stated >= precision]
    if not found:
        raise PrecisionUnreached(max((stated for stated, _ in precisions), default=None))
    return found[0]


def lacks(features: Matrix) -> npt.NDArray[np.bool_]:
    """Tell which rows of features are of sentences without the date, number or country asked for, bool (n,).

    However well such a sentence matches otherwise, it is about the subject of the question only, or about the
    same of another country.
    """
    places = [Features._fields.index(name) for name in (*(f"kind_{kind}" for kind in CERTAIN), "country")]
    lacking: npt.NDArray[np.bool_] = np.any(features[:, places] < 0, axis=1)
    return lacking


def calibrated_features(features: Matrix, scores: Floats) -> Matrix:
    """Return the columns named by `CALIBRATED`, float32 (n, 7); arguments as for `Ranker.probability`.

    The lead of a sentence is the logarithm of the odds that the softmax over all candidates gives it; 0 where
    there is no other.
    """
    exact = scores.astype(np.float64) - scores[0]
    exponents = np.exp(exact)
    others = np.maximum(exponents.sum() - exponents, _LEAST)
    others[0] = max(exponents[1:].sum(), _LEAST)  # the difference would lose what is far below
    leads = exact - np.log(others) if len(scores) > 1 else np.zeros(len(scores))
    named = Features._make(features.T)
    level = np.full(len(scores), scores.mean(dtype=np.float64))
    columns = (
        scores, leads, named.late_rare, named.words_before, level, named.foreign, named.dense * named.foreign
    )  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def stepped_features(features: Matrix, calibrated: Matrix) -> Matrix:
    """Return the columns named by `STEPPED` of the first `WITH_TREES` rows, float32 (at most 16, 26)."""
    own = [CALIBRATED.index(name) for name in STEPPED[: -len(Features._fields)]]
    return np.hstack([calibrated[:, own], features])[:WITH_TREES]
