"""The development set: from results to figures, and from figures to tables."""

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.measures import (
    area_under_curve,
    calibration_error,
    error_by_chance,
    mean_reciprocal_rank,
    recall_at,
    reliability,
    threshold_while,
)
from benchmarks.news_questions import ANSWERABLE, FAR, NEAR, STYLES, NewsQuestion
from benchmarks.systems import Outcome
from benchmarks.tables import Row, Table, table_of

AMONG = 10
ANSWERED = 0.75
"""Share of the answerable questions that must be answered where precision is stated."""


class Result(NamedTuple):
    """A question, and how the program did on it.

    Attributes:
        rank: Of the first sentence that answers, from 1; None if there is none.
        probability: Of the first sentence.
    """

    question: NewsQuestion
    rank: int | None
    probability: float

    @property
    def right(self) -> bool:
        """Whether the first sentence answers."""
        return self.rank == 1


def results(questions: Sequence[NewsQuestion], outcomes: Sequence[Outcome]) -> list[Result]:
    """Join questions and outcomes, which are in the order in which they were asked."""
    return [
        Result(question, outcome.rank, outcome.probability or 0.0)
        for question, outcome in zip(questions, outcomes, strict=True)
    ]


def ranking_rows(found: Sequence[Result]) -> list[Row]:
    """Return how often the first sentence answers, and one of the first ten, in all and by style."""
    rows: list[Row] = []
    for style in ("all", *STYLES):
        ranks = [
            r.rank for r in found if r.question.kind == ANSWERABLE and style in ("all", r.question.style)
        ]
        if ranks:
            rows.append(
                {
                    "style": style,
                    "questions": len(ranks),
                    "first": recall_at(ranks, 1),
                    f"among {AMONG}": recall_at(ranks, AMONG),
                    "MRR": mean_reciprocal_rank(ranks),
                }
            )
    return rows


def threshold_rows(found: Sequence[Result], default: float) -> list[Row]:
    """Return what is answered, right and refused at the default threshold, and at one chosen on the set.

    The chosen one is the highest at which at least `ANSWERED` of the answerable questions are answered.
    """
    chosen = threshold_while([r.probability for r in found if r.question.kind == ANSWERABLE], ANSWERED)
    rows: list[Row] = []
    for called, threshold in (("default", default), (f"{ANSWERED:.2f} answered, chosen here", chosen)):
        shown = [r for r in found if r.probability >= threshold]
        rows.append(
            {
                "called": called,
                "threshold": threshold,
                "answered": _passing(found, ANSWERABLE, threshold),
                "right": sum(r.right for r in shown) / len(shown) if shown else None,
                **{f"{kind} refused": _refused(found, kind, threshold) for kind in (NEAR, FAR)},
            }
        )
    return rows


def _passing(found: Sequence[Result], kind: str, threshold: float) -> float | None:
    mine = [r.probability >= threshold for r in found if r.question.kind == kind]
    return sum(mine) / len(mine) if mine else None


def _refused(found: Sequence[Result], kind: str, threshold: float) -> float | None:
    passing = _passing(found, kind, threshold)
    return None if passing is None else 1 - passing


def probability_row(found: Sequence[Result]) -> Row:
    """Return how well the probability of the first sentence can be trusted, questions as they are."""
    said, right = [r.probability for r in found], [r.right for r in found]
    bins = reliability(said, right)
    return {
        "questions": len(found),
        "area": area_under_curve(
            [r.probability for r in found if r.right],
            [r.probability for r in found if r.question.kind == NEAR],
        ),
        "calibration error": calibration_error(bins),
        "by chance": error_by_chance(said),
        "bins": bins,
    }


def tables(rankings: Sequence[Row], thresholds: Sequence[Row], probability: Row) -> list[Table]:
    """Lay out the figures."""
    return [
        table_of(
            "News, right sentence",
            "Answerable questions by style: the first sentence answers, one of the first ten does; what is "
            "told twice counts once.",
            {name: name for name in ("style", "questions", "first", f"among {AMONG}", "MRR")},
            rankings,
        ),
        table_of(
            "News, answered or refused",
            "Of the answerable questions the share answered, of all first quotes shown the share that "
            "answers, and of the questions that nothing answers the share refused: near ones (the articles "
            "tell of the same things, not of this) and far ones. The second threshold is chosen on these "
            "very questions.",
            {"threshold": "called", "value": "threshold"}
            | {name: name for name in ("answered", "right", "near refused", "far refused")},
            thresholds,
        ),
        table_of(
            "News, probability",
            "Area: the probability that a right first quote is given more than the first quote of a near "
            "question that nothing answers. Expected calibration error (ten equal bins) of all questions as "
            "they come, and the error that exact probabilities would show by chance.",
            {name: name for name in ("questions", "area", "calibration error", "by chance")},
            [probability],
        ),
    ]
