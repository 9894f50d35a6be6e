"""The values that everything else is about: documents and their sentences."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from index.remarks import Remark

_PARAGRAPH = re.compile(r"\n\n+")


class Dated(StrEnum):
    """How a day became known."""

    STATED = "stated"  # the document's metadata say it, or its text does where such things stand
    DATELINE = "dateline"  # the line with which a report begins: "Hà Nội, 22/4/2024"
    ADDRESS = "address"  # its address
    FILE_NAME = "file_name"  # the name of its file
    FILE = "file"  # its file was made on it, as far as nothing else is known
    SENTENCE = "sentence"  # the sentence names it in full
    RELATIVE = "relative"  # the sentence names it by the day of its document: "hôm qua", "ngày 22/4"


class Heading(NamedTuple):
    """A heading within a text.

    `start` and `end` are code-point offsets. Of two headings the one with the lower `level` holds the other's
    section.
    """

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text of the collection, as it was read.

    Attributes:
        id: Unique in a collection: the `id` of a JSONL row, or the path of a file relative to the folder
            that was named (its file name when the file itself was named).
        text: What the file or row holds: of text files decoded and otherwise untouched, of other kinds as
            their reader extracted it. Every offset in the program is a code-point offset into it.
        title: The title, where the document has one.
        source: Outlet or signature, where the document names one.
        url: http(s) address, where the document names one.
        date: Day of publication, where the document, its address or its file name says it.
        body: First code point that is for quoting; what stands before (front matter) makes no sentences.
        dated: How `date` became known; says nothing where there is none.
        author: Who wrote it, where the document names somebody.
        language: ISO 639 code of its language, where the document names one.
        pages: Where each page begins, from the first page on, code-point offsets that never descend; empty
            for documents without pages.
        remarks: What its reader left out, read from elsewhere, or is in doubt about.
        headings: Its headings, in the order of the text, none inside of another.
        lined: Whether who opens the file sees the lines of `text`; what a word processor wrote has none of
            its own, only paragraphs, with an empty line between.

    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    date: dt.date | None = None
    body: int = 0
    dated: Dated = Dated.STATED
    author: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    headings: tuple[Heading, ...] = ()
    lined: bool = True

    def page_at(self, offset: int) -> int | None:
        """Return the page, from 1, on which the code point at `offset` stands; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    def headings_above(self, start: int, end: int) -> tuple[Heading, ...]:
        """Return the headings above a sentence, the widest first; what it holds itself is none of them."""
        found: list[Heading] = []
        for heading in reversed(self.headings[: bisect_left(self.headings, end, key=itemgetter(0))]):
            if not found or heading.level < found[-1].level:
                found.append(heading)
        return tuple(heading for heading in reversed(found) if heading.end <= start)

    def said_by(self, heading: Heading) -> str:
        """Return what a heading says, on one line."""
        return " ".join(self.text[heading.start : heading.end].split())

    def said_above(self, start: int, end: int) -> tuple[str, ...]:
        """Return what the `headings_above` say."""
        return tuple(map(self.said_by, self.headings_above(start, end)))

    def paragraph_of(self, start: int, end: int) -> int | None:
        """Return which paragraph below its heading holds a sentence, from 1; None for `lined`."""
        if self.lined:
            return None
        above = self.headings_above(start, end)
        first = above[-1].end if above else self.body
        return max(1, len(_PARAGRAPH.findall(self.text, first, start)) + (not above))


def parse_headings(written: object, length: int) -> tuple[Heading, ...]:
    """Return the headings that a list of lists of JSON is, of a text of some length.

    Raises:
        ValueError: They are none, descend, overlap, or lie outside of the text.
    """
    if not isinstance(written, list) or not all(
        isinstance(each, list) and len(each) == 3 for each in written
    ):
        raise ValueError("no headings")
    headings = tuple(Heading(*each) for each in written)
    places = [0, *(place for each in headings for place in (each.start, each.end)), length]
    if any(type(number) is not int for each in headings for number in each) or places != sorted(places):
        raise ValueError("headings descend, or lie outside of the text")
    return headings


@dataclass(frozen=True, slots=True)
class Sentence:
    r"""One quotable sentence: always a slice of its document.

    Attributes:
        row: Position in the generation, from 0; also the id of its vector.
        document: `Document.id`.
        start: First code point of the sentence in `Document.text`.
        end: One past its last code point.
        line: Line of `start` in the document, from 1, counting "\n", "\r\n" and "\r".
        paragraph: Paragraph of the document it stands in, from 0.
        text: `document.text[start:end]`, always.

    """

    row: int
    document: str
    start: int
    end: int
    line: int
    paragraph: int
    text: str
