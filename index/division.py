"""Dividing a collection into parts, so that a change of one document makes one part anew and no other.

Content-defined chunking, as of files in LBFS (Muthitacharoen, Chen, Mazières, SOSP 2001), here of documents
sorted by id: whether a part ends behind a document follows from that document, and from bounds of size. So a
change moves no end that is far away, and equal collections have equal parts, whatever came before.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import NamedTuple

from index.manifest import Recipe
from index.records import Document
from index.sentence_ends import STOPS

_HASHES = 1 << 64
SHORT = 50
"""A sentence counts for at least so many code points: what it needs grows with their number, too."""

# Wherever a sentence may end, and at more places: counting them is far quicker than dividing the text.
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


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large parts are, in the sizes of documents (`size_of`).

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


def size_of(document: Document) -> int:
    """Return the code points of a document, or `SHORT` for each sentence it may have if that is more."""
    return max(len(document.text), SHORT * (1 + sum(1 for _ in _ENDS.finditer(document.text))))


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
