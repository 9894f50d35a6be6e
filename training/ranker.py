"""Trains the ranker: listwise weights for the order, then a calibrated probability, then the threshold."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from index.encoders import BundledEncoder, Encoder, StaticModel
from index.generation import Generation
from index.generation.arrays import RowIds
from retrieval.features import measure
from retrieval.features.background import measure_background
from retrieval.grouping import grouped
from retrieval.question import QuestionRefused, read_question
from retrieval.question.synonyms import bundled
from retrieval.ranking import Ranker
from retrieval.ranking.ranker import CALIBRATED, calibrated_features, lacks, stepped_features
from retrieval.search import candidates
from training.precision import precision_thresholds
from training.prior import ANSWERABLE, prior_weights
from training.situations import Situation, opened, right_rows
from training.trees import boosted

Matrix = npt.NDArray[np.float32]
AGAIN, MOST_AGAIN = 0.35, 20
"""The share of examples that get a copy in which a sentence is restated, and most restatements."""
MADE, MADE_KINDS = 0.25, frozenset(["vi-made", "vi-made-plain", "en-vi"])
"""The share of their weight that questions made from the answering sentence keep for the probability: they
are easier than those of people."""
FLAT = 0.001
"""So much is less than other questions of the same kinds would change."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Example:
    """One question with the features of its candidates.

    Attributes:
        features: float32 (candidates, features).
        right: bool (candidates,).
        kind: Kind of the question.
    """

    features: Matrix
    right: npt.NDArray[np.bool_]
    kind: str


def examples(situation: Situation, static: StaticModel, encoder: Encoder | None = None) -> Iterator[Example]:
    """Yield the features of every question that can be asked, as the running program would measure them.

    `encoder` None takes the bundled one.
    """
    encoder, synonyms = encoder or BundledEncoder(static), bundled()
    with opened(situation, encoder, static) as generation:
        background = measure_background(generation, static)
        for asked in situation.asked:
            try:
                question = synonyms.expand(read_question(asked.question))
            except QuestionRefused:
                continue
            vector, query = encoder.encode_queries([question.text])[0], static.tokenize([question.text])[0]
            rows = _one_a_text(candidates(question, vector, generation), generation)
            if len(rows) and len(query):
                features = measure(question, query, vector, rows, generation, static, background)
                texts = {generation.sentence(row).text for row in right_rows(asked, generation)}
                right = np.array([generation.sentence(row).text in texts for row in rows.tolist()])
                yield Example(features, right, asked.kind)


def _one_a_text(rows: RowIds, generation: Generation) -> RowIds:
    """Keep one of the rows with the same text, as one of them is shown."""
    groups = grouped(generation.duplicate_keys[rows].tolist())
    return rows[[group[0] for group in groups]]


def train_ranker(found: list[Example], shares: dict[str, float], report: Callable[[str], None]) -> Ranker:
    """Return the ranker trained on examples, each kind with its share of the whole weight."""
    weights = _listwise([example for example in found if example.right.any()], shares, report)
    ranker = Ranker(weights, np.zeros(len(CALIBRATED), dtype=np.float32), 0.0, 0.0)
    found = [example for example in found if not example.kind.startswith("web")]
    random_ = np.random.default_rng(SEED)
    again = [_told_again(ranker, each, random_) for each in found if random_.random() < AGAIN]
    made_less = {kind: share * (MADE if kind in MADE_KINDS else 1) for kind, share in shares.items()}
    ranker = _calibrated(ranker, found + again, made_less)
    ranker = replace(ranker, lacking=_lacking(ranker, found, shares))
    of_people = [example for example in found if example.kind in PEOPLE]
    probabilities, right = _firsts(ranker, of_people)
    answerable = np.array([bool(example.right.any()) for example in of_people], dtype=np.bool_)
    return replace(
        ranker,
        threshold=_threshold(probabilities, answerable, report),
        precisions=precision_thresholds(probabilities, right, prior_weights(answerable)),
    )


def _told_again(ranker: Ranker, example: Example, random_: np.random.Generator) -> Example:
    """Return the example as if its best right sentence stood in the collection in other words as well.

    What a newsroom's collection is about, it says many times; the labels know of one sentence only, and teach
    that an answer has to stand alone. Where no sentence is right, the best wrong one is told again.
    """
    scores = ranker.score(example.features)
    rows = np.flatnonzero(example.right) if example.right.any() else np.arange(len(scores))
    best = int(rows[scores[rows].argmax()])
    count = int(np.exp(random_.uniform(0, np.log(MOST_AGAIN))))
    # Moved along the weights, the scores differ by a standard deviation of 1.
    direction = ranker.weights / float(ranker.weights @ ranker.weights)
    told = example.features[best] + random_.normal(size=(count, 1)) * direction
    return Example(
        np.concatenate([example.features, told.astype(np.float32)]),
        np.concatenate([example.right, np.repeat(example.right[best], count)]),
        example.kind,
    )


def _weight_of(found: list[Example], shares: dict[str, float]) -> list[float]:
    """Return the weight of each example: `share` of its kind goes to what has an answer."""
    counts = Counter((example.kind, bool(example.right.any())) for example in found)
    return [
        shares[e.kind]
        * (ANSWERABLE if e.right.any() else 1 - ANSWERABLE)
        / counts[e.kind, bool(e.right.any())]
        for e in found
    ]


def _listwise(found: list[Example], shares: dict[str, float], report: Callable[[str], None]) -> Matrix:
    """Minimise -log of the softmax that right candidates get (ListNet's top-one loss, Cao et al. 2007)."""
    owner = torch.from_numpy(np.repeat(np.arange(len(found)), [len(example.right) for example in found]))
    features = np.concatenate([example.features for example in found])
    deviation = features.std(axis=0) + 1e-6
    scaled = torch.from_numpy(features / deviation)
    right = torch.from_numpy(np.concatenate([example.right for example in found]))
    weight = torch.tensor(_weight_of(found, shares))
    weights = torch.zeros(scaled.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = scaled @ weights
        highest = torch.full((len(found),), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
        exponents = torch.exp(scores - highest[owner])
        total = torch.zeros(len(found)).index_add(0, owner, exponents)
        good = torch.zeros(len(found)).index_add(0, owner, exponents * right)
        value = (weight * (torch.log(total) - torch.log(good + 1e-12))).sum() + 1e-4 * (weights**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    final: Matrix = (weights.detach().numpy() / deviation).astype(np.float32)
    firsts = np.flatnonzero(np.diff(owner.numpy(), prepend=-1))
    final[np.all(features == features[firsts[owner]], axis=0)] = (
        0  # the same for a whole question: only noise
    )
    for kind in shares:
        mine = [e for e in found if e.kind == kind]
        first = np.mean([e.right[(e.features @ final).argmax()] for e in mine]) if mine else float("nan")
        report(f"ranker, recall@1 of {len(mine)} {kind}: {first:.3f}")
    return final


def _ranked(ranker: Ranker, example: Example) -> tuple[Matrix, Matrix, npt.NDArray[np.bool_]]:
    """Return the features of the candidates, their scores, and which of them are right, the best first."""
    scores = ranker.score(example.features)
    order = np.argsort(-scores, kind="stable")
    return example.features[order], scores[order], example.right[order]


def _calibrated(ranker: Ranker, found: list[Example], shares: dict[str, float]) -> Ranker:
    """Return the ranker with log-odds: the mean of those of a logistic regression and of boosted trees.

    The first learns little and is right in other collections as well; the trees learn more, also of these.
    """
    places = np.array([1.0, 0.3, 0.3])  # the first is what is mostly shown
    rows, stepped, labels, weight = [], [], [], []
    for example, share in zip(found, _weight_of(found, shares), strict=True):
        features, scores, right = _ranked(ranker, example)
        calibrated = calibrated_features(features, scores)
        rows.append(calibrated[: len(places)])
        stepped.append(stepped_features(features, calibrated)[: len(places)])
        labels.append(right[: len(places)])
        weight.append(places[: len(right)] * share)
    y, w = np.concatenate(labels), np.concatenate(weight)
    calibration, bias = _regression(np.concatenate(rows), y, w)
    trees, first = boosted(np.concatenate(stepped), y, w, share=0.5)
    return replace(ranker, calibration=calibration * np.float32(0.5), bias=bias / 2 + first, trees=trees)


def _regression(
    features: Matrix, right: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]
) -> tuple[Matrix, float]:
    """Return the weights of a logistic regression, and its log-odds where all features are 0."""
    middle, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = torch.from_numpy((features - middle) / deviation)
    y = torch.from_numpy(right.astype(np.float32))
    w = torch.from_numpy(weight.astype(np.float32))
    weights = torch.zeros(x.shape[1] + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        odds = x @ weights[:-1] + weights[-1]
        value = (
            F.binary_cross_entropy_with_logits(odds, y, w, reduction="sum") + 1e-4 * (weights[:-1] ** 2).sum()
        )
        value.backward()
        return value

    optimizer.step(loss)
    trained = weights.detach().numpy()
    calibration = (trained[:-1] / deviation).astype(np.float32)
    return calibration, float(trained[-1] - (middle * calibration).sum())


def _lacking(ranker: Ranker, found: list[Example], shares: dict[str, float]) -> float:
    """Return how often the first sentence is right where it lacks what is asked for; 1 if it never does."""
    right, weight = [], []
    for example, share in zip(found, _weight_of(found, shares), strict=True):
        features, _, is_right = _ranked(ranker, example)
        if lacks(features[:1]).all():
            right.append(is_right[0])
            weight.append(share)
    return float(np.average(right, weights=weight)) if right else 1.0


def _threshold(
    probabilities: npt.NDArray[np.float64],
    has_answer: npt.NDArray[np.bool_],
    report: Callable[[str], None],
) -> float:
    """Return the threshold at which most questions are answered or refused as they should be.

    Of the questions, `ANSWERABLE` have an answer. Where some thresholds are as good as the best but for
    `FLAT`, it is the one in their middle.

    Args:
        probabilities: Of the first sentence of each question.
        has_answer: Whether any sentence answers it.
        report: Takes a line that says what is reached.
    """
    answerable, others = probabilities[has_answer], probabilities[~has_answer]
    thresholds = np.linspace(0.01, 0.6, 60)
    answered = np.array([(answerable >= threshold).mean() for threshold in thresholds])
    refused = np.array([(others < threshold).mean() for threshold in thresholds])
    well = ANSWERABLE * answered + (1 - ANSWERABLE) * refused
    good = np.flatnonzero(well >= well.max() - FLAT)
    best = int(good[(len(good) - 1) // 2])
    report(f"threshold {thresholds[best]:.2f}: {answered[best]:.3f} answered, {refused[best]:.3f} refused")
    return float(thresholds[best])


def _firsts(ranker: Ranker, found: list[Example]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the first sentence's probability for each question, and whether it is right."""
    probabilities, right = [], []
    for example in found:
        features, scores, is_right = _ranked(ranker, example)
        probabilities.append(float(ranker.probability(features, scores)[0]))
        right.append(bool(is_right[0]))
    return np.array(probabilities), np.array(right)


PEOPLE = frozenset(["vi", "vi-plain", "asked-vi", "asked-vi-plain", "asked-en", "asked-other"])
"""Kinds that were not made of the sentence that answers: the threshold is for such questions."""
SHARES = {
    "vi": 0.2,
    "vi-plain": 0.1,
    "web": 0.1,
    "web-plain": 0.1,
    "vi-made": 0.2,
    "vi-made-plain": 0.1,
    "en-vi": 0.2,
    "ja": 0.1,
    "en": 0.05,
    "asked-vi": 0.2,
    "asked-vi-plain": 0.075,
    "asked-en": 0.125,
    "asked-other": 0.075,
}
