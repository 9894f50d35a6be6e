"""The gate before a new index answers: the operator's questions must still be answered."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.errors import GenerationRefused, Message
from retrieval.evaluation import Case, Figures, Verdict, evaluate, read_cases
from retrieval.records import Answer

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Parts
    from index.generation import Generation
    from index.indexer import Gate

_NAMED = 5


class QuestionsLost(GenerationRefused):
    """A new generation does not answer the operator's questions; `figures` says which."""

    def __init__(self, figures: Figures) -> None:
        named = ", ".join(f"“{question}”" for question in figures.lost[:_NAMED])
        more = len(figures.lost) - _NAMED
        super().__init__(
            "The new index finds the answers of {recall} of the {count} kept questions, {least} are agreed; "
            "the old one stays. Lost: {lost}. Mend the documents, or publish with --force.",
            recall=f"{figures.recall:.2f}",
            count=figures.count,
            least=f"{figures.least:.2f}",
            lost=Message("{names} and {count} more", names=named, count=more) if more > 0 else named,
        )
        self.figures = figures


def gate_of(settings: "Settings", parts: "Parts") -> "Gate | None":
    """Return what a new generation must pass; None if the operator keeps no questions.

    Raises:
        SourceError: The questions cannot be read; before anything is built.
        SettingsError: The ranker, the threshold or the synonyms cannot be used.
    """
    if settings.questions_file is None:
        return None
    from bot.wiring import open_answerers

    cases = [case for case in read_cases(settings.questions_file) if case.answerable]
    answerer_of = open_answerers(settings, parts)

    def gate(generation: "Generation") -> None:
        answerer, top = answerer_of(generation), settings.top
        require(
            cases,
            lambda question: answerer.answer(question, top=top, related=top),
            settings.questions_recall,
            top,
        )

    return gate


def require(cases: Sequence[Case], ask: Callable[[str], Answer], least: float, top: int) -> None:
    """Ask all questions; refuse if fewer than agreed have a right sentence among the first `top`.

    Raises:
        QuestionsLost: Names the questions that were lost.
    """
    lost = [verdict for verdict in evaluate(cases, ask) if not _is_found(verdict, top)]
    recall = 1 - len(lost) / len(cases) if cases else 1.0
    if recall < least:
        raise QuestionsLost(
            Figures(tuple(verdict.case.question for verdict in lost), len(cases), recall, least)
        )


def _is_found(verdict: Verdict, top: int) -> bool:
    return verdict.rank is not None and verdict.rank <= top
