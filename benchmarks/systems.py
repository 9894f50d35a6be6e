"""The systems compared: each way to rank the sentences of a collection, and the whole pipeline."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.encoders import Encoder, StaticModel
from index.generation import Generation
from index.text.terms import fold
from retrieval.answer import Answerer
from retrieval.features.late_interaction import Passages, token_weights
from retrieval.question import Question, QuestionRefused, read_question
from training.situations import Situation, opened, right_rows

Rows = npt.NDArray[np.int64]
DEPTH = 100
"""How deep the rankings of BM25 and vectors alone are; what comes later counts as not found."""
BM25, VECTORS, LATE, PIPELINE = "BM25", "vectors", "late interaction", "pipeline"


class Ranked(NamedTuple):
    """Rows, best first, and the probability of the first if the system gives one."""

    rows: Rows
    probability: float | None = None


class System(Protocol):
    """Ranks the sentences of the generation it was made for."""

    def __call__(self, question: Question) -> Ranked:
        """Return the rows, best first."""


Make = Callable[[Generation], System]


class Outcome(NamedTuple):
    """How one system did on one question.

    Attributes:
        task: Name of the situation.
        kind: Kind of the question.
        system: Name of the system.
        number: Index of the question in the situation.
        answerable: Whether anything in the collection answers it.
        rank: Of the first right unit, from 1; None if there is none.
        probability: Of the first sentence; None if the system gives none.
    """

    task: str
    kind: str
    system: str
    number: int
    answerable: bool
    rank: int | None
    probability: float | None


def bm25(generation: Generation) -> System:
    """Rank by the word index alone: the accented field, or the folded one if no accent was typed."""

    def rank(question: Question) -> Ranked:
        if question.accented:
            found = generation.words.search(question.terms, "accented", DEPTH)
        else:
            folded = tuple(dict.fromkeys(map(fold, question.terms)))
            found = generation.words.search(folded, "folded", DEPTH)
        return Ranked(np.array([row for row, _ in found], dtype=np.int64))

    return rank


def vectors(encoder: Encoder) -> Make:
    """Rank by the vectors of an encoder alone."""

    def make(generation: Generation) -> System:
        def rank(question: Question) -> Ranked:
            vector = encoder.encode_queries([question.text])[0]
            return Ranked(generation.vectors.search(vector[None, :], DEPTH)[1][0])

        return rank

    return make


def late(static: StaticModel) -> Make:
    """Rank all sentences by late interaction alone."""

    def make(generation: Generation) -> System:
        tokens, starts = generation.tokens.take(np.arange(generation.sentences))
        filled = np.flatnonzero(np.diff(starts))
        passages = Passages.of(tokens, starts[:-1][filled])

        def rank(question: Question) -> Ranked:
            query = static.tokenize([question.text])[0]
            if not len(query):
                return Ranked(np.zeros(0, dtype=np.int64))
            scores = token_weights(static, query) @ passages.best(passages.cosines(static, query))
            return Ranked(filled[np.argsort(-scores, kind="stable")])

        return rank

    return make


def pipeline(make_answerer: Callable[[Generation], Answerer]) -> Make:
    """Rank as the program does."""

    def make(generation: Generation) -> System:
        answerer = make_answerer(generation)

        def rank(question: Question) -> Ranked:
            ranking = answerer.rank(question)
            rows = [row for group in ranking.groups for row in group]
            first = float(ranking.probabilities[0]) if ranking.groups else 0.0
            return Ranked(np.array(rows, dtype=np.int64), first)

        return rank

    return make


@dataclass(frozen=True, slots=True)
class Side:
    """Systems over the generation of one encoder.

    Attributes:
        encoder: Makes the vectors.
        systems: How to make each system, by its name.
        name: What the encoder is opened by; None for the bundled one.
    """

    encoder: Encoder
    systems: dict[str, Make]
    name: str | None = None


def ask(
    situation: Situation, sides: Sequence[Side], static: StaticModel, *, by_document: bool = False
) -> Iterator[Outcome]:
    """Ask every system every question.

    With `by_document`, documents are ranked, each by its best sentence. Otherwise sentences are, and repeated
    ones count once.
    """
    for side in sides:
        with opened(situation, side.encoder, static) as generation:
            units = _documents(generation) if by_document else _told(generation)
            systems = {name: make(generation) for name, make in side.systems.items()}
            for number, asked in enumerate(situation.asked):
                right = units[sorted(right_rows(asked, generation))]
                try:
                    question = read_question(asked.question)
                except QuestionRefused:
                    question = None
                for name, rank in systems.items():
                    ranked = rank(question) if question else Ranked(np.zeros(0, np.int64), 0.0)
                    yield Outcome(
                        situation.name,
                        asked.kind,
                        name,
                        number,
                        bool(asked.places),
                        _rank(units[ranked.rows], right),
                        ranked.probability,
                    )


def _rank(found: Rows, right: Rows) -> int | None:
    hits = np.isin(found, right)
    if not hits.any():
        return None
    return len(np.unique(found[: int(hits.argmax())])) + 1


def _documents(generation: Generation) -> Rows:
    return generation.places[:, 0].astype(np.int64)


def _told(generation: Generation) -> Rows:
    """Return a number for what each sentence says: repeated ones count once, as in an answer."""
    return np.unique(generation.duplicate_keys[:], return_inverse=True)[1].astype(np.int64)
