"""The values that everything else is about: documents and their sentences."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from index.remarks import Remark


class Dated(StrEnum):
    """How a day became known."""

    STATED = "stated"  # the document's metadata say it, or its text does where such things stand
    DATELINE = "dateline"  # the line with which a report begins: "Hà Nội, 22/4/2024"
    ADDRESS = "address"  # its address
    FILE_NAME = "file_name"  # the name of its file
    FILE = "file"  # its file was made on it, as far as nothing else is known
    SENTENCE = "sentence"  # the sentence names it in full
    RELATIVE = "relative"  # the sentence names it by the day of its document: "hôm qua", "ngày 22/4"


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

    def page_at(self, offset: int) -> int | None:
        """Return the page, from 1, on which the code point at `offset` stands; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


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
