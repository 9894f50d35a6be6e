"""Why a sentence stands where it does: the ranker's sums, taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.encoders.base import Floats
from index.errors import Message
from index.generation.corpus import Corpus
from index.generation.word_index import Field
from index.text.terms import fold
from retrieval.features import Features
from retrieval.question import Question
from retrieval.ranking.ranker import (
    CALIBRATED,
    STEPPED,
    Matrix,
    Ranker,
    calibrated_features,
    stepped_features,
)
from retrieval.records import Quote, Refusal

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of a sum.

    Attributes:
        name: Of `Features`, of `CALIBRATED`, or `BIAS`.
        value: What was measured.
        weight: What it counts.
    """

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What it adds."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Step:
    """What a value makes the trees say.

    Attributes:
        name: Of `STEPPED`.
        value: What was measured.
        contribution: What the splits at it add.
    """

    name: str
    value: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Sums:
    """The two sums of one sentence.

    Attributes:
        score: What the score is made of; the contributions add up to it.
        odds: What the log-odds are made of, with `trees`; their logistic function is `own`, or `most` if that
            is less.
        trees: What the trees add to the log-odds; after `WITH_TREES` places, what they add at the last.
        own: Probability that the sentence has by itself.
        most: Highest probability that a sentence with what it lacks can have; 1 if it lacks nothing.
        probability: The one that counts, of the place: never above that of the place before.
    """

    score: tuple[Contribution, ...]
    odds: tuple[Contribution, ...]
    trees: tuple[Step, ...]
    own: float
    most: float
    probability: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one sentence stands where it does.

    Attributes:
        quote: The sentence.
        sums: Its score and its probability.
        matched: Its words that match the question, as they stand.
        place: Where its score puts it, from 0; the reader or a cross-encoder may have moved it from there.
        read: What the log-odds of ranker and reader together are made of; empty for what was not read.
    """

    quote: Quote
    sums: Sums
    matched: tuple[str, ...]
    place: int
    read: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question was answered as it was.

    Attributes:
        question: As it was understood; None if it was refused.
        refusal: Why it was refused; None if it was not.
        unknown: The words of the question that the collection does not have.
        threshold: Probability from which on a sentence is an answer.
        candidates: How many sentences were ranked, equal texts counting once.
        reasons: The best of them, best first.
        misquoted: Why some are left out, a sentence each, as in `Answer`.
    """

    question: Question | None
    refusal: Refusal | None
    unknown: tuple[str, ...]
    threshold: float
    candidates: int
    reasons: tuple[Reason, ...]
    misquoted: tuple[Message, ...] = ()


def take_apart(
    ranker: Ranker, features: Matrix, scores: Floats, probabilities: Floats, places: Sequence[int]
) -> tuple[Sums, ...]:
    """Return the sums of the sentences that are shown first.

    Args:
        ranker: The weights.
        features: float32 (n, len(Features._fields)) of all ranked sentences, best first.
        scores: What `Ranker.score` gave, float32 (n,).
        probabilities: What was decided by, float32 (n,).
        places: Where the scores put the first, the second, … sentence that is shown.
    """
    if not len(scores):
        return ()
    calibrated = calibrated_features(features, scores)
    stepped = stepped_features(features, calibrated)
    own = ranker.probability(features, scores)
    most = ranker.most(features)
    return tuple(
        Sums(
            contributions(Features._fields, features[place], ranker.weights),
            (
                *contributions(CALIBRATED, calibrated[place], ranker.calibration),
                Contribution(BIAS, 1.0, ranker.bias),
            ),
            _steps(stepped[min(place, len(stepped) - 1)], ranker),
            float(own[place]),
            float(most[place]),
            float(probabilities[shown]),
        )
        for shown, place in enumerate(places)
    )


def missing_terms(question: Question, generation: Corpus) -> tuple[str, ...]:
    """Return the words of a question that no sentence has, without accents if it has none."""
    field: Field = "accented" if question.accented else "folded"
    wanted = question.terms if question.accented else tuple(dict.fromkeys(map(fold, question.terms)))
    return tuple(term for term in wanted if generation.term_id(field, term) is None)


def matched_words(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return the words of some ranges of a text, each once."""
    return tuple(dict.fromkeys(text[start:end] for start, end in ranges))


def contributions(names: Sequence[str], values: Floats, weights: Floats) -> tuple[Contribution, ...]:
    """Return the terms of a weighted sum, by name."""
    return tuple(
        Contribution(name, float(value), float(weight))
        for name, value, weight in zip(names, np.asarray(values), weights, strict=True)
    )


def _steps(values: Floats, ranker: Ranker) -> tuple[Step, ...]:
    added = ranker.trees.steps(values)
    return tuple(
        Step(name, float(value), float(by)) for name, value, by in zip(STEPPED, values, added, strict=True)
    )
