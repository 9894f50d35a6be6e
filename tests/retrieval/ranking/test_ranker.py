"""The ranker: its weights survive as JSON, scores and probabilities are what the formulas say."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.features import Features
from retrieval.ranking import Ranker
from retrieval.ranking.ranker import CALIBRATED, STEPPED, WITH_TREES, calibrated_features
from retrieval.ranking.trees import Split, Trees
from tests.retrieval.conftest import ranker

WIDTH = len(Features._fields)


def made(seed: int = 1) -> Ranker:
    """Make a ranker of random weights."""
    random_ = np.random.default_rng(seed)
    return Ranker(
        random_.normal(size=WIDTH).astype(np.float32),
        random_.normal(size=len(CALIBRATED)).astype(np.float32),
        -0.75,
        0.375,
        0.25,
        trees=Trees.of(
            [
                Split(STEPPED.index("level"), 0.5, 0.0, -0.25, 0.5),
                Split(STEPPED.index("phrases"), -0.5, 0.0, 1.5, -1.25),
            ]
        ),
    )


def test_json_round_trip() -> None:
    """What is written is read again, to the five digits that are written, under its name."""
    wrote = made()
    read = Ranker.from_json(wrote.to_json())
    np.testing.assert_allclose(read.weights, wrote.weights, rtol=1e-4)
    np.testing.assert_allclose(read.calibration, wrote.calibration, rtol=1e-4)
    assert read.trees.roots == wrote.trees.roots
    assert (read.bias, read.threshold, read.lacking) == (-0.75, 0.375, 0.25)
    assert read.to_json() == wrote.to_json()
    data = json.loads(wrote.to_json())
    assert data["weights"]["late_rare"] == pytest.approx(
        float(wrote.weights[Features._fields.index("late_rare")]), rel=1e-4
    )
    assert list(data["weights"]) == list(Features._fields)
    assert list(data["calibration"]) == list(CALIBRATED)


def test_precisions() -> None:
    """A precision gets the threshold of the lowest known one that is as high; more is out of reach."""
    judge = replace(made(), precisions=((0.5, 0.1), (0.75, 0.5), (0.9, 0.875)))
    assert [judge.threshold_for(wanted) for wanted in (0.2, 0.5, 0.6, 0.75, 0.9)] == [
        0.1,
        0.1,
        0.5,
        0.5,
        0.875,
    ]
    with pytest.raises(ValueError, match=r"reaches 0\.9 at most"):
        judge.threshold_for(0.95)
    with pytest.raises(ValueError, match="knows of none"):
        made().threshold_for(0.5)
    assert Ranker.from_json(judge.to_json()).precisions == judge.precisions


def test_the_order_in_the_file_does_not_matter() -> None:
    """Weights are read by name."""
    data = json.loads(made().to_json())
    data["weights"] = dict(reversed(data["weights"].items()))
    data["calibration"] = dict(sorted(data["calibration"].items()))
    assert Ranker.from_json(json.dumps(data)).to_json() == made().to_json()


@pytest.mark.parametrize("part", ["weights", "calibration"])
def test_other_features_are_refused(part: str) -> None:
    """A feature without a weight, an unknown feature, and a renamed one are errors."""
    data = json.loads(made().to_json())
    missing = {**data, part: dict(list(data[part].items())[1:])}
    unknown = {**data, part: {**data[part], "novelty": 1.0}}
    renamed = {**data, part: {f"{name}_": weight for name, weight in data[part].items()}}
    for changed in (missing, unknown, renamed):
        with pytest.raises(ValueError, match="other features"):
            Ranker.from_json(json.dumps(changed))
    data["trees"][0][0] = "novelty"
    with pytest.raises(ValueError, match="no feature is called 'novelty'"):
        Ranker.from_json(json.dumps(data))


@pytest.mark.parametrize("foreign", [False, True])
def test_scores_and_probabilities_are_the_formulas(foreign: bool) -> None:
    """The score is a weighted sum, the probability the logistic function of another and the trees."""
    random_ = np.random.default_rng(2)
    features = random_.normal(size=(WITH_TREES + 3, WIDTH)).astype(np.float32)
    features[:, Features._fields.index("foreign")] = foreign
    judge = made()
    scores = judge.score(features)
    np.testing.assert_allclose(
        scores,
        [sum(a * b for a, b in zip(r, judge.weights, strict=True)) for r in features],
        rtol=1e-4,
        atol=1e-5,
    )
    order = np.argsort(-scores)
    features, scores = features[order], scores[order]
    found = judge.probability(features, scores)

    def column(name: str, row: int) -> float:
        return float(features[row, Features._fields.index(name)])

    for row, probability in enumerate(found.tolist()):
        named = {
            "score": float(scores[row]),
            "lead": float(scores[row])
            - math.log(sum(math.exp(score) for n, score in enumerate(scores.tolist()) if n != row)),
            "match": column("late_rare", row),
            "words": column("words_before", row),
            "level": sum(scores.tolist()) / len(scores),
            "foreign": float(foreign),
            "dense_foreign": column("dense", row) * foreign,
        }
        odds = judge.bias + sum(
            float(w) * named[n] for n, w in zip(CALIBRATED, judge.calibration, strict=True)
        )
        judged = min(row, WITH_TREES - 1)  # after so many places the trees say the same
        odds += (0.5 if named["level"] > 0.5 else -0.25) + (
            -1.25 if column("phrases", judged) > -0.5 else 1.5
        )
        needed = ("kind_when", "kind_quantity", "country")
        asked = [column(name, row) for name in needed]
        most = judge.lacking if min(asked) < 0 else 1.0
        assert probability == pytest.approx(min(1 / (1 + math.exp(-odds)), most), rel=1e-4)
    assert calibrated_features(features, scores).shape == (WITH_TREES + 3, len(CALIBRATED))


@pytest.mark.parametrize(
    ("name", "offered", "probability"),
    [
        ("kind_when", -1, 0.25),
        ("kind_when", 1, 0.875),
        ("kind_quantity", -1, 0.25),
        ("kind_where", -1, 0.875),
        ("kind_who", -1, 0.875),
        ("country", -1, 0.25),
        ("country", 0, 0.875),
    ],
)
def test_what_lacks_the_time_asked_for(name: str, offered: float, probability: float) -> None:
    """However good it is, a sentence without any time does not say when; a place can be any name.

    Nor does one that is about another country say what the one of the question does.
    """
    features = np.zeros((1, WIDTH), dtype=np.float32)
    features[0, Features._fields.index(name)] = offered
    judge = Ranker(
        np.zeros(WIDTH, np.float32), np.zeros(len(CALIBRATED), np.float32), math.log(7), 0.5, lacking=0.25
    )
    assert judge.probability(features, judge.score(features)) == pytest.approx(probability)


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=20))
def test_probabilities_are_monotone_and_finite(values: list[float]) -> None:
    """What ranks higher is never less probable, and no feature is too large for it."""
    features = np.zeros((len(values), WIDTH), dtype=np.float32)
    features[:, Features._fields.index("late_rare")] = sorted(values, reverse=True)
    judge = ranker()
    found = judge.probability(features, judge.score(features))
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert (np.diff(found) <= 0).all()
    assert ((found >= 0) & (found <= 1)).all()


def test_the_bundled_ranker() -> None:
    """The ranker of the package fits these features; late interaction and words speak for a sentence."""
    bundled = Ranker.bundled()
    weights = dict(zip(Features._fields, bundled.weights.tolist(), strict=True))
    assert 0 < bundled.threshold < 1
    assert weights["late_rare"] + weights["late_window"] > 0
    assert weights["words_before"] > 0
