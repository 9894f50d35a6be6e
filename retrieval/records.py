"""The values a question turns into: citations, quotes and one answer."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from index.errors import Message
from index.records import Dated
from index.text.dates import Mention


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are searched; all of them if nothing is set.

    Attributes:
        since: Only documents of this day or later; one without a date is left out.
        until: Only documents of this day or earlier; the same.
        source: Only documents of this outlet: every word of it stands in the name of the outlet, whatever its
            case and accents, or it is the host of the address.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    source: str | None = None


EVERYTHING = DocumentFilter()


class AnswerType(StrEnum):
    """What kind of answer a question asks for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    QUANTITY = "quantity"
    WHY = "why"
    HOW = "how"
    WHAT = "what"


class Status(StrEnum):
    """How a question ended."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Lead:
    """What precedes a quote and is shown and cited with it as one passage.

    Attributes:
        text: The sentence before and what separates the two: the document up to the quote.
        line: Line of the document on which it starts, from 1.
        page: Its page, as of a quote.
    """

    text: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the collection with its citation, exactly as the document has it.

    Attributes:
        text: `document.text[start:end]`, asserted where the quote is made.
        document: `Document.id`.
        title: Title of the document, where it has one.
        source: Outlet or signature, where the document names one.
        url: Address of the document, where it has one.
        date: Day of publication, where it is known.
        line: Line of the document on which the quote starts, from 1.
        start: Code-point offset into the document's text.
        end: Code-point offset one past the last character.
        probability: Calibrated probability that this sentence answers the question, 0 to 1.
        row: Row of the sentence in the generation that answered.
        highlights: Code-point ranges of `text`, ascending and apart, that a person is to see first: the words
            that answer; without a reader, those that match the question.
        answer: Range of `text` that holds the words that answer; None where that is not sure.
        page: Page of the document on which the quote starts, from 1; None for documents without pages.
        author: Author of the document, where it names one.
        also: The same news told elsewhere, one citation each, by date; empty for most quotes.
        dated: How `date` became known; says nothing where there is none.
        days: The days that the sentence names; empty where a quote is one of `also`.
        also_more: In how many documents more it is told.
        lead: The sentence before, where this one leans on it; None where it stands alone.
        headings: The headings below which it stands, the widest first, as the document has them but for
            line breaks; none of them is part of the quote.
        paragraph: Which paragraph below the last of them holds it, from 1, where a document shows no lines.
    """

    text: str
    document: str
    title: str | None
    source: str | None
    url: str | None
    date: dt.date | None
    line: int
    start: int
    end: int
    probability: float
    row: int
    highlights: tuple[tuple[int, int], ...] = ()
    also: tuple["Quote", ...] = ()
    also_more: int = 0
    dated: Dated = Dated.STATED
    days: tuple[Mention, ...] = ()
    page: int | None = None
    author: str | None = None
    answer: tuple[int, int] | None = None
    lead: Lead | None = None
    headings: tuple[str, ...] = ()
    paragraph: int | None = None

    @property
    def published(self) -> dt.date | None:
        """The day to which "yesterday" refers; the creation date of a file says nothing about it."""
        return None if self.dated is Dated.FILE else self.date

    @property
    def passage(self) -> str:
        """The lead and the sentence, as the document has them."""
        return (self.lead.text if self.lead else "") + self.text


class Refusal(StrEnum):
    """Why a question cannot be asked."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    NO_SUBJECT = "no_subject"


@dataclass(frozen=True, slots=True)
class Answer:
    """What every front end shows.

    Attributes:
        question: The question as it was asked.
        status: FOUND exactly when `quotes` is not empty; FAULT where none that answers can be given.
        quotes: Best first; all at or above the threshold.
        related: The best sentences below the threshold, best first: never an answer, at most a "perhaps".
        reason: Why the question was refused; None unless REFUSED.
        elapsed_ms: Time from question to answer, in milliseconds.
        generation: Name of the generation that answered.
        only: Which documents were asked.
        misquoted: Why quotes are not given, a message each: the index is damaged, and what to run then.
        near: Whether any sentence that was asked matches at all, be it far too unlikely to answer.
        understood: The question as it was searched for, where short forms were written out; else None.
    """

    question: str
    status: Status
    quotes: tuple[Quote, ...]
    related: tuple[Quote, ...]
    reason: Refusal | None
    elapsed_ms: float
    generation: str
    only: DocumentFilter = EVERYTHING
    misquoted: tuple[Message, ...] = ()
    near: bool = True
    understood: str | None = None
