"""What the bot itself says to the person who asks: in English, and thereby what every language has to say."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

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


class Texts(NamedTuple):
    """The sentences of one language, by its ISO 639-1 code."""

    language: str = "en"
    understood: Callable[[str], str] = lambda question: f"Understood as: {question}"
    who_is_meant: Callable[[int], str] = lambda choices: (
        "Who do you mean? Type a number, or the question with the name:"
        if choices
        else "Who do you mean? Please ask again with the name."
    )
    not_found: str = "No sure answer was found."
    nothing: str = "The collection has nothing about this."
    only: Callable[[DocumentFilter], str] = _only
    coverage: Callable[[int, int, dt.date | None], str] = _coverage
    show_nearest: str = "Add --all to see the nearest sentences."
    sample: str = (
        "This is the sample collection, five news texts; "
        "`trichdan index add FOLDER` puts your own in its place."
    )
    perhaps: str = "Perhaps related, not sure enough to answer:"
    perhaps_mark: str = "perhaps related"
    also: str = "also in"
    also_more: Callable[[int], str] = lambda more: f"and in {_FORMATS.number(more)} more"
    line: Callable[[int], str] = lambda line: f"line {_FORMATS.number(line)}"
    page: Callable[[int], str] = lambda page: f"p. {_FORMATS.number(page)}"
    paragraph: Callable[[int], str] = lambda paragraph: f"paragraph {_FORMATS.number(paragraph)}"
    cut: Callable[[int], str] = lambda whole: (
        f"cut; the whole sentence is {_FORMATS.number(whole)} characters"
    )
    inferred: Mapping[Dated, str] = {
        Dated.ADDRESS: "by its address",
        Dated.FILE_NAME: "by its file name",
        Dated.FILE: "the day of the file",
    }
    date: Callable[[dt.date], str] = _date


EN = Texts()
