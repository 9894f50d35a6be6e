"""How a change of the collection ended, in sentences. Pure."""

from collections.abc import Sequence
from typing import Final

from bot.telegram.jobs.job_report import JobReport
from bot.texts.messages import translate
from bot.texts.telegram import TelegramTexts
from retrieval.evaluation import Figures

_MOST_NAMED: Final = 10
_LONGEST: Final = 300


def told(report: JobReport, texts: TelegramTexts, left: Sequence[str] = ()) -> str:
    """Return what a job did; `left` says what was left out before it began."""
    lines = []
    for names, template in (
        (report.added, texts.feed_added),
        (report.replaced, texts.feed_replaced),
        (report.removed, texts.feed_removed),
    ):
        if names:
            lines.append(template.format(documents=texts.documents(len(names)), names=named(names)))
    if report.sentences:
        lines.append(texts.feed_sentences.format(sentences=texts.sentences(report.sentences)))
    for name, known in report.same[:_MOST_NAMED]:
        lines.append(
            (texts.feed_same if name == known else texts.feed_same_as).format(name=name, known=known)
        )
    if not lines:
        lines.append(texts.feed_nothing)
    problems = [*left, *(translate(problem, texts.code) for problem in report.problems)]
    if problems:
        count = len(left) + report.problem_count
        lines.append(texts.feed_left_out.format(number=texts.number(count)))
        lines += _listed(problems)
    if report.sample_left:
        lines.append(texts.feed_sample_left)
    lines.append(
        texts.feed_now.format(
            documents=texts.documents(report.all_documents),
            sentences=texts.sentences(report.all_sentences),
        )
    )
    return "\n".join(lines)


def refused(what: str, figures: Figures, texts: TelegramTexts) -> str:
    """Return which of the operator's questions a change would lose, by the `figures` of `bot.acceptance`."""
    lost, count = figures.lost, figures.count
    head = texts.feed_refused.format(
        what=what,
        found=texts.number(count - len(lost)),
        count=texts.number(count),
        least=round(100 * figures.least),
    )
    lines = [head, *_listed(lost)]
    if len(lost) > _MOST_NAMED:
        lines.append(texts.feed_refused_more.format(number=texts.number(len(lost) - _MOST_NAMED)))
    return "\n".join([*lines, texts.feed_refused_advice])


def named(names: Sequence[str]) -> str:
    """Return the first names, and how many there are more."""
    more = f", … (+{len(names) - _MOST_NAMED})" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _listed(sentences: Sequence[str]) -> list[str]:
    return [f"• {' '.join(sentence.split())[:_LONGEST]}" for sentence in sentences[:_MOST_NAMED]]
