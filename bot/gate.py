"""The gate before a new index answers: the questions that the operator keeps must still be answered."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.evaluate import Case, Verdict, evaluate, read_cases
from index.errors import GenerationRefused
from retrieval.records import Answer

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Parts
    from index.build import Gate
    from index.generation import Generation

_NAMED = 5


def gate_of(settings: "Settings", parts: "Parts") -> "Gate | None":
    """Return what a new generation must pass; None where the operator keeps no questions.

    Raises:
        SourceError: The questions cannot be read; before anything is built.
    """
    if settings.questions_file is None:
        return None
    cases = [case for case in read_cases(settings.questions_file) if case.answerable]

    def gate(generation: "Generation") -> None:
        from retrieval.answer import Answerer
        from retrieval.rank import Ranker

        answerer = Answerer(generation, parts.encoder, parts.static, Ranker.bundled(), settings.threshold)
        top = settings.top
        require(
            cases,
            lambda question: answerer.answer(question, top=top, related=top),
            settings.questions_recall,
            top,
        )

    return gate


def require(cases: Sequence[Case], ask: Callable[[str], Answer], least: float, top: int) -> None:
    """Ask all questions, and refuse when fewer than agreed have a right sentence among the first `top`.

    Raises:
        GenerationRefused: Names questions that were lost.
    """
    lost = [verdict for verdict in evaluate(cases, ask) if not _is_found(verdict, top)]
    recall = 1 - len(lost) / len(cases) if cases else 1.0
    if recall < least:
        named = ", ".join(f"“{verdict.case.question}”" for verdict in lost[:_NAMED])
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        raise GenerationRefused(
            f"The new index finds the answers of {recall:.2f} of the {len(cases)} kept questions, "
            f"{least:.2f} are agreed; the old one stays. Lost: {named}{more}. Mend the documents, or publish "
            "with --force."
        )


def _is_found(verdict: Verdict, top: int) -> bool:
    return verdict.rank is not None and verdict.rank <= top
