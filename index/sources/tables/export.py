"""Documents as lines of JSON, written and read back as they were."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields

from index.errors import Name, SourceError
from index.records import Dated, Document, parse_headings
from index.remarks import Remark, parse
from index.text.json_line import json_line

VERSION = "trichdan"
"""The key that tells a line of an export from any other row; its value is the version of the form."""

_TEXTS = ("title", "source", "url", "author", "language")


def line(document: Document) -> str:
    """Return a document as a line, fit for a terminal; what it does not say is left out."""
    told = {
        field.name: value
        for field in fields(document)
        if (value := getattr(document, field.name)) != field.default or field.default is MISSING
    }
    return json_line({VERSION: 1, **told}, _plain) + "\n"


def document_of(row: Mapping[str, object], name: Name) -> Document:
    """Return the document of a line.

    Raises:
        SourceError: It is none that `line` writes.
    """
    try:
        return _document(row)
    except (LookupError, TypeError, ValueError):
        raise SourceError("{name} is not what this version exports.", name=name) from None


def _document(row: Mapping[str, object]) -> Document:
    text, body, pages = _text(row["text"]), row.get("body", 0), row.get("pages", [])
    if row[VERSION] != 1 or row.keys() - {VERSION, *(field.name for field in fields(Document))}:
        raise ValueError("another form")
    if type(body) is not int or not 0 <= body <= len(text):
        raise ValueError("body")
    if not isinstance(pages, list) or any(type(place) is not int for place in pages):
        raise TypeError("pages")
    if [0, *pages, len(text)] != sorted([0, *pages, len(text)]):
        raise ValueError("pages")
    url = row.get("url")
    if url is not None and not _text(url).startswith(("http://", "https://")):
        raise ValueError("url")
    return Document(
        id=_text(row["id"]),
        text=text,
        date=dt.date.fromisoformat(_text(row["date"])) if "date" in row else None,
        body=body,
        dated=Dated(_text(row.get("dated", Dated.STATED.value))),
        pages=tuple(pages),
        remarks=parse(row.get("remarks", [])),
        headings=parse_headings(row.get("headings", []), len(text)),
        lined=_bool(row.get("lined", True)),
        **{field: _text(row[field]) for field in _TEXTS if field in row},
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise TypeError("no text")
    value.encode()  # half of a surrogate pair is none
    return value


def _bool(value: object) -> bool:
    if type(value) is not bool:
        raise TypeError("neither true nor false")
    return value


def _plain(value: object) -> object:
    if isinstance(value, Remark):
        return asdict(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
