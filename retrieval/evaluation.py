"""How well questions with known answers are answered; everything but reading the file is pure."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import Message, SourceError, of_system
from retrieval.records import Answer, Quote, Status

UNANSWERABLE = "-none"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Expected:
    """A place that answers a question: code points `start` to `end` of a document's text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """A question whose answer is known.

    Attributes:
        id: Names the question in a report.
        kind: Groups questions; ends in "-none" where the collection has no answer.
        question: As a person asks it.
        expected: Any of these is right; empty where the collection has no answer.
    """

    id: str
    kind: str
    question: str
    expected: tuple[Expected, ...]

    @property
    def answerable(self) -> bool:
        """Whether the collection holds an answer."""
        return not self.kind.endswith(UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one question: the rank of the first right sentence, from 1, and the status."""

    case: Case
    rank: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class Row:
    """The figures for one kind of question; shares from 0 to 1, None where they make no sense."""

    kind: str
    questions: int
    recall_at_1: float | None
    recall_at_3: float | None
    mrr: float | None
    answered: float | None
    refused: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a new generation falls short.

    Attributes:
        lost: The questions whose right sentence it does not find.
        count: How many questions are kept.
        recall: Share of them that it answers.
        least: Share that was agreed.
    """

    lost: tuple[str, ...]
    count: int
    recall: float
    least: float


def read_cases(path: Path) -> list[Case]:
    """Read a questions file, one JSON object per line.

    Raises:
        SourceError: The file cannot be read, or one of its lines is not a question; the line is named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError("{name} cannot be read: {why}.", name=path, why=of_system(error)) from error
    except UnicodeDecodeError as error:
        raise SourceError("{name} is not UTF-8 text.", name=path) from error
    rows = enumerate(text.split("\n"), start=1)
    cases = [
        _case(row, Message("Line {number} of {name}", number=number, name=path))
        for number, row in rows
        if row.strip()
    ]
    if not cases:
        raise SourceError("{name} holds no question.", name=path)
    return cases


def judge(case: Case, answer: Answer) -> Verdict:
    """Find the first right sentence of an answer, among those below the threshold too."""
    ranked = enumerate(answer.quotes + answer.related, start=1)
    rank = next((rank for rank, quote in ranked if _right(quote, case.expected)), None)
    return Verdict(case, rank, answer.status)


def evaluate(cases: Iterable[Case], ask: Callable[[str], Answer]) -> Iterable[Verdict]:
    """Ask every question and judge its answer."""
    for case in cases:
        yield judge(case, ask(case.question))


def summarise(verdicts: Sequence[Verdict]) -> list[Row]:
    """Sum up by kind, in the order in which kinds first occur, and over all."""
    kinds = dict.fromkeys(verdict.case.kind for verdict in verdicts)
    rows = [_row(kind, [verdict for verdict in verdicts if verdict.case.kind == kind]) for kind in kinds]
    return [*rows, _row(ALL, verdicts)]


def _row(kind: str, verdicts: Sequence[Verdict]) -> Row:
    known = [verdict for verdict in verdicts if verdict.case.answerable]
    unknown = [verdict for verdict in verdicts if not verdict.case.answerable]
    return Row(
        kind=kind,
        questions=len(verdicts),
        recall_at_1=_mean([verdict.rank == 1 for verdict in known]),
        recall_at_3=_mean([verdict.rank is not None and verdict.rank <= 3 for verdict in known]),
        mrr=_mean([1 / verdict.rank if verdict.rank else 0.0 for verdict in known]),
        answered=_mean([verdict.status is Status.FOUND for verdict in known]),
        refused=_mean([verdict.status is not Status.FOUND for verdict in unknown]),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _right(quote: Quote, expected: Sequence[Expected]) -> bool:
    places = (quote, *quote.also)
    return any(_covers(place, wanted) for place in places for wanted in expected)


def _covers(quote: Quote, wanted: Expected) -> bool:
    overlap = min(quote.end, wanted.end) - max(quote.start, wanted.start)
    return quote.document == wanted.document and 2 * overlap > wanted.end - wanted.start


def _case(row: str, place: Message) -> Case:
    try:
        value = json.loads(row)
        case = Case(
            id=str(value.get("id", "")),
            kind=_text(value["kind"]),
            question=_text(value["question"]),
            expected=tuple(_expected(entry) for entry in value.get("expected", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(
            '{name} is not a question: a JSON object with "kind", "question" and "expected" is wanted.',
            name=place,
        ) from error
    if case.answerable and not case.expected:
        raise SourceError(
            '{name} has no "expected" place, and its kind does not end in "{ending}".',
            name=place,
            ending=UNANSWERABLE,
        )
    return case


def _expected(entry: Any) -> Expected:  # noqa: ANN401 - JSON of any shape, checked here
    expected = Expected(_text(entry["document"]), int(entry["start"]), int(entry["end"]))
    if not 0 <= expected.start < expected.end:
        raise ValueError("empty range")
    return expected


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
