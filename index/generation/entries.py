"""What tells documents apart, and how large each is, without its text."""

import datetime as dt
import hashlib
import re
from dataclasses import fields
from typing import NamedTuple

from index.records import Document
from index.text.sentence_ends import STOPS

SHORT = 50
"""A sentence counts as at least this many code points, since each sentence has a cost of its own."""

# Wherever a sentence may end, and more: counting these is far quicker than segmenting the text.
_ENDS = re.compile(rf"[{STOPS};\u037e\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_TOLD = tuple(field.name for field in fields(Document) if field.name not in ("text", "body"))


class Entry(NamedTuple):
    """A document of a collection that is being put together.

    Attributes:
        id: `Document.id`.
        fingerprint: `fingerprint` of it.
        size: `size_of` it.
        date: `Document.date`.
        position: Where it stands in the generation before; -1 where it stands in the spool.
        origin: The path it was read from, absolute; empty where it came another way.
    """

    id: str
    fingerprint: bytes
    size: int
    date: dt.date | None
    position: int = -1
    origin: str = ""


def digest(document: Document) -> bytes:
    """Return what distinguishes the sentences of a document: SHA-256 of what is segmented."""
    headings = [tuple(heading) for heading in document.headings]
    return hashlib.sha256(f"{document.body}\0{headings}\0{document.text}".encode()).digest()


def fingerprint(document: Document) -> bytes:
    """Return what distinguishes a document from any other: SHA-256 of its text and its metadata."""
    told = repr([getattr(document, name) for name in _TOLD])
    return hashlib.sha256(digest(document) + told.encode("utf-8", "backslashreplace")).digest()


def size_of(document: Document) -> int:
    """Return the code points of a document, or `SHORT` for each sentence it may have if that is more."""
    return max(len(document.text), SHORT * (1 + sum(1 for _ in _ENDS.finditer(document.text))))
