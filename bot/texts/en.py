"""English."""

import datetime as dt

from bot.texts import Texts
from bot.texts.formats import FORMATS
from index.records import Dated
from retrieval.records import DocumentFilter

_FORMATS = FORMATS["en"]


def _date(day: dt.date) -> str:
    return _FORMATS.day(day, letters=3)


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
    return f"{_FORMATS.number(number)} {noun if number == 1 else f'{noun}s'}"


EN = Texts(
    language="en",
    understood=lambda question: f"Understood as: {question}",
    who_is_meant=lambda choices: (
        "Who do you mean? Type a number, or the question with the name:"
        if choices
        else "Who do you mean? Please ask again with the name."
    ),
    not_found="No sure answer was found.",
    nothing="The collection has nothing about this.",
    only=_only,
    coverage=_coverage,
    show_nearest="Add --all to see the nearest sentences.",
    sample="This is the sample collection, five news texts; "
    "`trichdan index add FOLDER` puts your own in its place.",
    perhaps="Perhaps related, not sure enough to answer:",
    perhaps_mark="perhaps related",
    also="also in",
    also_more=lambda more: f"and in {_FORMATS.number(more)} more",
    line=lambda line: f"line {_FORMATS.number(line)}",
    page=lambda page: f"p. {_FORMATS.number(page)}",
    paragraph=lambda paragraph: f"paragraph {_FORMATS.number(paragraph)}",
    cut=lambda whole: f"cut; the whole sentence is {_FORMATS.number(whole)} characters",
    inferred={
        Dated.ADDRESS: "by its address",
        Dated.FILE_NAME: "by its file name",
        Dated.FILE: "the day of the file",
    },
    date=_date,
)
