"""English."""

import datetime as dt

from bot.texts import Texts
from index.records import Dated
from retrieval.records import DocumentFilter

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _date(day: dt.date) -> str:
    # Not `strftime`: it follows the locale of the process.
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _only(only: DocumentFilter) -> str:
    parts = [
        f"of “{only.source}”" if only.source is not None else "",
        f"since {_date(only.since)}" if only.since else "",
        f"until {_date(only.until)}" if only.until else "",
    ]
    return f"Only documents {' '.join(filter(None, parts))} were asked."


def _coverage(documents: int, sentences: int, newest: dt.date | None) -> str:
    said = f"The collection has {count(documents, 'document')}, {count(sentences, 'sentence')}"
    return f"{said}, the newest of {_date(newest)}." if newest else f"{said}."


def count(number: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


EN = Texts(
    language="en",
    understood=lambda question: f"Understood as: {question}",
    not_found="Not in the collection.",
    only=_only,
    coverage=_coverage,
    show_nearest="Add --all to see the nearest sentences.",
    perhaps="Perhaps related, not sure enough to answer:",
    perhaps_mark="perhaps related",
    also="also in",
    also_more=lambda more: f"and in {more:,} more",
    line=lambda line: f"line {line:,}",
    page=lambda page: f"p. {page:,}",
    inferred={Dated.ADDRESS: "by its address", Dated.FILE_NAME: "by its file name"},
    date=_date,
)
