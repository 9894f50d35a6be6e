"""Dividing a collection into parts, so that a change of one document makes one part anew and no other.

Content-defined chunking, as of files in LBFS (Muthitacharoen, Chen, Mazières, SOSP 2001), here of documents
sorted by id: whether a part ends behind a document follows from that document, and from bounds of size. So a
change moves no end that is far away, and equal collections have equal parts, whatever came before.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import NamedTuple

from index.manifest import Recipe
from index.records import Document

_HASHES = 1 << 64
_TOLD = tuple(field.name for field in fields(Document) if field.name not in ("text", "body"))


class Entry(NamedTuple):
    """A document of a collection that is being put together.

    Attributes:
        id: `Document.id`.
        fingerprint: `fingerprint` of it.
        size: Code points of its text.
        date: `Document.date`.
        position: Where it stands in the generation before; -1 where it stands in the spool.
    """

    id: str
    fingerprint: bytes
    size: int
    date: dt.date | None
    position: int = -1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large parts are, in code points of text.

    Attributes:
        least: A part ends only when it is so large, but for the last.
        usual: A document of this size ends its part for certain, a smaller one as often as it is smaller.
        most: A part that is so large ends.
    """

    least: int = 1_000_000
    usual: int = 2_000_000
    most: int = 4_000_000


SIZES = Sizes()
"""Parts of some twenty thousand sentences; the largest of them is what bounds the memory of a build."""


def digest(document: Document) -> bytes:
    """Return what tells the sentences of a document from those of another: SHA-256 of what is segmented."""
    return hashlib.sha256(f"{document.body}\0{document.text}".encode()).digest()


def fingerprint(document: Document) -> bytes:
    """Return what tells a document from any other: SHA-256 of its text and of all it says of itself."""
    told = repr([getattr(document, name) for name in _TOLD])
    return hashlib.sha256(digest(document) + told.encode("utf-8", "backslashreplace")).digest()


def divide(entries: Sequence[Entry], sizes: Sizes = SIZES) -> list[Sequence[Entry]]:
    """Divide entries that are sorted by id."""
    parts: list[Sequence[Entry]] = []
    start = held = 0
    for place, entry in enumerate(entries, start=1):
        held += entry.size
        if held >= sizes.most or (held >= sizes.least and _ends(entry, sizes.usual)):
            parts.append(entries[start:place])
            start, held = place, 0
    return [*parts, entries[start:]] if start < len(entries) else parts


def part_name(recipe: Recipe, entries: Iterable[Entry]) -> str:
    """Return the name of the part that a recipe makes of documents: equal names, equal files."""
    made = hashlib.sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    for entry in entries:
        made.update(hashlib.sha256(entry.id.encode()).digest() + entry.fingerprint)
    return made.hexdigest()[:32]


def _ends(entry: Entry, usual: int) -> bool:
    drawn = int.from_bytes(hashlib.sha256(entry.id.encode()).digest()[:8], "big")
    return drawn * usual < entry.size * _HASHES
