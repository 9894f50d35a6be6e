"""Dividing a collection into parts, so that changing one document rebuilds one part and no other.

Content-defined chunking, as of files in LBFS (Muthitacharoen, Chen, Mazières, SOSP 2001), here of documents
sorted by id: whether a part ends behind a document follows from that document, and from bounds of size. So a
change moves no end that is far away, and equal collections have equal parts, whatever came before.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from index.generation.entries import Entry
from index.generation.manifest import Recipe

_HASHES = 1 << 64


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large parts are, in the sizes of documents (`size_of`).

    Attributes:
        least: A part ends only at this size, except for the last.
        usual: A document of this size ends its part for certain, a smaller one as often as it is smaller.
        most: A part ends at this size.
    """

    least: int = 1_000_000
    usual: int = 2_000_000
    most: int = 4_000_000


SIZES = Sizes()
"""Parts of some twenty thousand sentences; the largest one bounds the memory of a build."""


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
