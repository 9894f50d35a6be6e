"""Trains the ranker: listwise weights for the order, then a calibrated probability, then the threshold.

What it learns from is kept from the encoder (`corpora.is_for_ranker`, articles of ViQuAD, held-out pairs), so
that it sees features as good and as bad as those of a collection nobody trained on.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from index.encoder import BundledEncoder, Encoder
from index.generation import Generation
from index.records import Document
from index.static import StaticModel
from retrieval.features import Ints, measure, measure_background
from retrieval.question import QuestionRefused, read_question
from retrieval.rank import CALIBRATED, Ranker, calibrated_features
from retrieval.search import candidates
from retrieval.select import grouped
from training import corpora
from training.precision import precision_thresholds
from training.questions import pseudo_question
from training.situations import Asked, Situation, opened, right_rows
from training.tasks import sentences

Matrix = npt.NDArray[np.float32]
PARTS = 3
"""Each collection is also asked in so many versions that lack a part of the answers …"""
SHORT = (2, 6)
"""Words around what is asked for: people name two or three things, not half of the sentence."""
SMALL = 6
"""… and in so many small pieces, since most collections are smaller than those of benchmarks."""


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


def all_situations(folder: Path, seed: int) -> Iterator[Situation]:
    """Yield the collections and questions to learn from."""
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    whole = [
        viquad(folder, corpora.VIQUAD_RANKER, distractors=400),
        _web(folder),
        _news(folder, random_),
        _across_languages(folder, random_),
        _japanese(folder),
    ]
    plain = [situation.without_accents() for situation in whole[:3]]
    for situation in whole + plain:
        yield situation
        yield from situation.taken_out(PARTS, seed)
        for small in situation.divided(SMALL, seed):
            yield small
            yield from small.taken_out(2, seed)
    yield _wikiqa(folder)


def viquad(folder: Path, articles: frozenset[str] | None, distractors: int = 0) -> Situation:
    """Return some articles of UIT-ViQuAD with their questions; None for those kept from every training."""
    contexts: dict[str, str] = {}
    asked = []
    for reading in corpora.viquad(folder):
        kept = reading.title not in corpora.VIQUAD_ENCODER | corpora.VIQUAD_RANKER
        if kept if articles is None else reading.title in articles:
            name = contexts.setdefault(reading.context, f"viquad-{len(contexts)}")
            asked.append(Asked(reading.question, ((name, reading.start),), "vi"))
    others = islice((p for n, (_, _, p) in enumerate(corpora.wikipedia(folder)) if n % 101 == 0), distractors)
    documents = [Document(name, text) for text, name in contexts.items()]
    documents += [Document(f"wikipedia-{number}", text) for number, text in enumerate(others)]
    return Situation("viquad", tuple(documents), tuple(asked))


def _web(folder: Path) -> Situation:
    contexts: dict[str, str] = {}
    places: dict[str, list[tuple[str, int]]] = {}
    for reading in corpora.web_questions(folder):
        name = contexts.setdefault(reading.context, f"web-{len(contexts)}")
        found = places.setdefault(reading.question, [])
        if reading.start >= 0:
            found.append((name, reading.start))
    asked = [Asked(question, tuple(found), "vi") for question, found in places.items()]
    return Situation("web", tuple(Document(n, t) for t, n in contexts.items() if t.strip()), tuple(asked))


def _news(folder: Path, random_: random.Random) -> Situation:
    documents: list[Document] = []
    asked = []
    for number, article in enumerate(corpora.news(folder)):
        if corpora.is_for_ranker(article.title) and len(documents) < 120:
            text = "\n\n".join((article.title, *article.paragraphs))
            documents.append(Document(f"news-{number}", text, title=article.title))
            inside = sentences(article.paragraphs[1])
            for sentence in random_.sample(inside, min(3, len(inside))):
                question = pseudo_question(sentence, "vi", random_, SHORT)
                asked.append(Asked(question, ((f"news-{number}", text.index(sentence)),), "vi-made"))
    return Situation("news", tuple(documents), tuple(asked))


def _across_languages(folder: Path, random_: random.Random) -> Situation:
    documents, asked = [], []
    for number, pair in enumerate(corpora.english_vietnamese(folder, held_out=True)):
        if pair.source in {"evbnews", "bbc_mt", "manythings"}:
            documents.append(Document(f"pair-{number}", pair.right))
            if len(pair.left) > 50:
                asked.append(
                    Asked(pseudo_question(pair.left, "en", random_, SHORT), ((f"pair-{number}", 0),), "en-vi")
                )
    return Situation("pairs", tuple(documents), tuple(asked))


def _japanese(folder: Path) -> Situation:
    contexts: dict[str, str] = {}
    asked = []
    for reading in corpora.jaquad(folder):
        if corpora.is_for_ranker(reading.context) and len(contexts) < 200:
            name = contexts.setdefault(reading.context, f"jaquad-{len(contexts)}")
            asked.append(Asked(reading.question, ((name, reading.start),), "ja"))
    return Situation("jaquad", tuple(Document(name, text) for text, name in contexts.items()), tuple(asked))


def _wikiqa(folder: Path) -> Situation:
    texts: dict[str, list[str]] = {}
    places: dict[str, list[int]] = {}
    for question, sentence, answers in corpora.wikiqa(folder):
        if corpora.is_for_ranker(question):
            lines, right = texts.setdefault(question, []), places.setdefault(question, [])
            if answers:
                right.append(sum(len(line) + 1 for line in lines))
            lines.append(sentence)
    names = {question: f"wikiqa-{number}" for number, question in enumerate(texts)}
    documents = tuple(Document(names[question], "\n".join(lines)) for question, lines in texts.items())
    asked = tuple(Asked(q, tuple((names[q], place) for place in found), "en") for q, found in places.items())
    return Situation("wikiqa", documents, asked)


def examples(situation: Situation, static: StaticModel, encoder: Encoder | None = None) -> Iterator[Example]:
    """Yield the features of every question that can be asked, as the running program would measure them.

    `encoder` None takes the bundled one.
    """
    encoder = encoder or BundledEncoder(static)
    with opened(situation, encoder, static) as generation:
        background = measure_background(generation, static)
        for asked in situation.asked:
            try:
                question = read_question(asked.question)
            except QuestionRefused:
                continue
            vector, query = encoder.encode_queries([question.text])[0], static.tokenize([question.text])[0]
            rows = _one_a_text(candidates(question, vector, generation), generation)
            if len(rows) and len(query):
                features = measure(question, query, vector, rows, generation, static, background)
                texts = {generation.sentence(row).text for row in right_rows(asked, generation)}
                right = np.array([generation.sentence(row).text in texts for row in rows.tolist()])
                yield Example(features, right, asked.kind)


def _one_a_text(rows: Ints, generation: Generation) -> Ints:
    """Keep one of the rows with the same text, as one of them is shown."""
    groups = grouped(generation.gists[rows].tolist())
    return rows[[group[0] for group in groups]]


def train_ranker(found: list[Example], shares: dict[str, float], report: Callable[[str], None]) -> Ranker:
    """Return the ranker trained on examples, each kind with its share of the whole weight."""
    weights = _listwise([example for example in found if example.right.any()], shares, report)
    ranker = Ranker(weights, np.zeros(len(CALIBRATED), dtype=np.float32), 0.0, 0.0)
    calibration, bias = _calibrated(ranker, found, shares)
    ranker = Ranker(weights, calibration, bias, 0.0)
    return replace(
        ranker,
        threshold=_threshold(ranker, found, report),
        precisions=precision_thresholds(*_firsts(ranker, found)),
    )


def _weight_of(found: list[Example], shares: dict[str, float]) -> list[float]:
    """Return the weight of each example: half of a kind's share for what has an answer, half for the rest."""
    counts = Counter((example.kind, bool(example.right.any())) for example in found)
    return [shares[e.kind] / counts[e.kind, bool(e.right.any())] / 2 for e in found]


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
    for kind in shares:
        mine = [e for e in found if e.kind == kind]
        first = np.mean([e.right[(e.features @ final).argmax()] for e in mine]) if mine else float("nan")
        report(f"ranker, recall@1 of {len(mine)} {kind}: {first:.3f}")
    return final


def _leaders(ranker: Ranker, example: Example, count: int) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """Return the calibrated features of the best `count` candidates, and which of them are right."""
    scores = ranker.score(example.features)
    order = np.argsort(-scores, kind="stable")
    features = calibrated_features(example.features[order], scores[order])
    return features[:count], example.right[order][:count]


def _calibrated(ranker: Ranker, found: list[Example], shares: dict[str, float]) -> tuple[Matrix, float]:
    rows, labels, weight = [], [], []
    for example, share in zip(found, _weight_of(found, shares), strict=True):
        features, right = _leaders(ranker, example, 3)
        rows.append(features)
        labels.append(right)
        weight.append(np.array([1.0, 0.3, 0.3])[: len(right)] * share)  # the first is what is mostly shown
    features = np.concatenate(rows)
    middle, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = torch.from_numpy((features - middle) / deviation)
    y = torch.from_numpy(np.concatenate(labels).astype(np.float32))
    w = torch.from_numpy(np.concatenate(weight).astype(np.float32))
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


def _threshold(ranker: Ranker, found: list[Example], report: Callable[[str], None]) -> float:
    """Return the threshold with the best share answered plus share refused (Youden 1950).

    The optimum is flat: of the thresholds within FLAT of the best, the lowest, so as rather to answer.
    """
    probabilities, _ = _firsts(ranker, found)
    has_answer = np.array([bool(example.right.any()) for example in found if example.kind in PEOPLE])
    answerable, others = probabilities[has_answer], probabilities[~has_answer]
    thresholds = np.linspace(0.01, 0.6, 60)
    answered = np.array([(answerable >= threshold).mean() for threshold in thresholds])
    refused = np.array([(others < threshold).mean() for threshold in thresholds])
    best = int(np.argmax(answered + refused >= (answered + refused).max() - FLAT))
    report(f"threshold {thresholds[best]:.2f}: {answered[best]:.3f} answered, {refused[best]:.3f} refused")
    return float(thresholds[best])


def _firsts(ranker: Ranker, found: list[Example]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the first sentence's probability for each question of people, and whether it is right."""
    probabilities, right = [], []
    for example in found:
        if example.kind in PEOPLE:
            features, labels = _leaders(ranker, example, 1)
            odds = float(features[0] @ ranker.calibration) + ranker.bias
            probabilities.append(1 / (1 + np.exp(-odds)))
            right.append(bool(labels[0]))
    return np.array(probabilities), np.array(right)


PEOPLE = frozenset(["vi", "vi-plain", "en-vi"])
FLAT = 0.01
SHARES = {
    "vi": 0.3,
    "vi-plain": 0.2,
    "vi-made": 0.1,
    "vi-made-plain": 0.05,
    "en-vi": 0.2,
    "ja": 0.1,
    "en": 0.05,
}
