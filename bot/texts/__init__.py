"""What the bot itself says to the person who asks, one module a language."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.records import Dated
from retrieval.records import DocumentFilter


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language.

    Attributes:
        language: ISO 639-1 code.
        understood: How a question that leans on the one before, or has short forms, was understood.
        who_is_meant: Asks back whom a question is about, from how many are offered to choose.
        not_found: Said when no sentence of the collection is sure enough to answer.
        nothing: Said when none comes near.
        only: Which documents were asked, where not all were.
        coverage: What the collection holds, from documents, sentences and the newest day.
        show_nearest: How to see the nearest sentences on the command line.
        sample: Says that the sample collection answers, and what puts documents of one's own in its place.
        perhaps: Heading over sentences below the threshold.
        perhaps_mark: The same, short enough for one citation.
        also: Stands before each further place of the same news.
        also_more: In how many places more it stands.
        line: Place of a quote, from its line number.
        page: Place of a quote, from its page number.
        paragraph: Place of a quote, from the number of its paragraph below its heading.
        cut: How long a sentence is of which a part is shown, in characters.
        inferred: What a day is inferred from, where the document itself does not say it.
        date: A day as people of the language write it.
    """

    language: str
    understood: Callable[[str], str]
    who_is_meant: Callable[[int], str]
    not_found: str
    nothing: str
    only: Callable[[DocumentFilter], str]
    coverage: Callable[[int, int, dt.date | None], str]
    show_nearest: str
    sample: str
    perhaps: str
    perhaps_mark: str
    also: str
    also_more: Callable[[int], str]
    line: Callable[[int], str]
    page: Callable[[int], str]
    paragraph: Callable[[int], str]
    cut: Callable[[int], str]
    inferred: Mapping[Dated, str]
    date: Callable[[dt.date], str]
