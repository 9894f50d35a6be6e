"""A document as a row of SQLite, in catalogues and in the spool."""

import datetime as dt
import json
from collections.abc import Sequence

from index import remarks
from index.records import Dated, Document, parse_headings

SCHEMA_OF_DOCUMENT = """
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    title TEXT,
    source TEXT,
    url TEXT,
    date TEXT,
    body INTEGER NOT NULL,
    dated TEXT NOT NULL,
    author TEXT,
    language TEXT,
    pages TEXT NOT NULL,
    remarks TEXT NOT NULL,
    headings TEXT NOT NULL,
    lined INTEGER NOT NULL
"""
"""The columns of a document, in the order of `COLUMNS`."""

COLUMNS = (
    *("id", "text", "title", "source", "url", "date", "body", "dated"),
    *("author", "language", "pages", "remarks", "headings", "lined"),
)


def row_of(document: Document) -> tuple[object, ...]:
    """Return a document in the order of `COLUMNS`."""
    d = document
    return (
        *(d.id, d.text, d.title, d.source, d.url, d.date and d.date.isoformat(), d.body, d.dated.value),
        *(d.author, d.language, json.dumps(d.pages), json.dumps(remarks.plain(d.remarks))),
        *(json.dumps(d.headings), int(d.lined)),
    )


def document_of(row: Sequence[object]) -> Document:
    """Return the document of a row in the order of `COLUMNS`.

    Raises:
        ValueError: Its date, pages, remarks or headings are malformed, or the origin of its date is unknown.
    """
    name, text, title, source, url, date, body, dated, author, language, pages, told, headings, lined = row
    return Document(
        str(name),
        str(text),
        text_of(title),
        text_of(source),
        text_of(url),
        day_of(date),
        int(str(body)),
        dated=Dated(str(dated)),
        author=text_of(author),
        language=text_of(language),
        pages=_pages(pages, len(str(text))),
        remarks=remarks.parse(json.loads(str(told))),
        headings=parse_headings(json.loads(str(headings)), len(str(text))),
        lined=bool(lined),
    )


def day_of(date: object) -> dt.date | None:
    """Return the date of a column; `ValueError` if it holds none."""
    return None if date is None else dt.date.fromisoformat(str(date))


def _pages(written: object, length: int) -> tuple[int, ...]:
    try:
        pages = tuple(json.loads(str(written)))
    except (TypeError, RecursionError):
        raise ValueError("no pages") from None
    places = [0, *pages, length]
    if any(type(place) is not int for place in pages) or places != sorted(places):
        raise ValueError("pages descend, or lie outside of the text")
    return pages


def text_of(value: object) -> str | None:
    """Return the text of a column."""
    return None if value is None else str(value)
