"""Messages as plain text with entities, put together and cut at 4,096 UTF-16 units. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bot.telegram.messages.entities import MOST_BYTES, Entity, bearable, weight
from bot.telegram.messages.utf16 import cut, units

LIMIT = 4096
_MOST_ENTITIES = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: 1 to 4,096 UTF-16 units, at most 100 entities of at most 9,000 bytes."""

    text: str
    entities: tuple[Entity, ...] = ()


class Block:
    """Text under construction, with the running UTF-16 offset."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.entities: list[Entity] = []
        self.size = 0

    def add(self, text: str, kind: str | None = None, url: str | None = None) -> None:
        """Add a text, formatted if a kind is given."""
        length = units(text)
        if kind is not None and length:
            self.entities.append(Entity(kind, self.size, length, url))
        self.parts.append(text)
        self.size += length

    def span(self, kind: str, start: int) -> None:
        """Format everything from an offset on."""
        if self.size > start:
            self.entities.append(Entity(kind, start, self.size - start))

    def piece(self) -> Piece:
        """Return what has been assembled."""
        return Piece("".join(self.parts), tuple(sorted(self.entities, key=lambda e: (e.offset, -e.length))))


def plain(text: str) -> tuple[Piece, ...]:
    """Return a text of our own or a list, cut where it must be."""
    return pack([Piece(text)])


def styled(text: str, kind: str) -> Piece:
    """Return a text that is formatted as a whole."""
    return Piece(text, (Entity(kind, 0, units(text)),))


def join(first: Piece, second: Piece, joint: str) -> Piece:
    """Return two pieces as one, with `joint` between."""
    shift = units(first.text) + units(joint)
    moved = tuple(Entity(e.kind, e.offset + shift, e.length, e.url) for e in second.entities)
    return Piece(first.text + joint + second.text, first.entities + moved)


def pack(blocks: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put blocks together, an empty line between, into as few messages as they fit; none is cut that fits."""
    messages: list[Piece] = []
    for block in (part for whole in blocks for part in _within_limit(whole)):
        if messages:
            joined = join(messages[-1], block, "\n\n")
            if (
                units(joined.text) <= LIMIT
                and len(joined.entities) <= _MOST_ENTITIES
                and weight(joined.entities) <= MOST_BYTES
            ):
                messages[-1] = joined
                continue
        messages.append(block)
    return tuple(messages)


def _within_limit(block: Piece) -> list[Piece]:
    block = Piece(block.text, bearable(block.entities))
    if units(block.text) <= LIMIT:
        return [block]
    return [Piece(part.text.strip(), part.entities) for part in _slices(block, LIMIT) if part.text.strip()]


def continued(block: Piece, more: str) -> list[Piece]:
    """Cut a block that is too long for one message; below all parts but the last stands `more`."""
    parts = _slices(block, LIMIT - units(more) - 1)
    return [join(part, styled(more, "italic"), "\n") for part in parts[:-1]] + parts[-1:]


def _slices(block: Piece, limit: int) -> list[Piece]:
    """Cut text and entities alike; joined, the texts are the whole."""
    edges = [0]
    while edges[-1] < len(block.text):
        edges.append(edges[-1] + cut(block.text[edges[-1] :], limit))
    parts: list[Piece] = []
    offset = 0
    for start, end in pairwise(edges):
        text = block.text[start:end]
        size = units(text)
        inside = (_clip(entity, offset, offset + size) for entity in block.entities)
        parts.append(Piece(text, tuple(entity for entity in inside if entity is not None)))
        offset += size
    return parts


def _clip(entity: Entity, start: int, end: int) -> Entity | None:
    """Return the part of an entity within a slice, in the offsets of the slice."""
    low, high = max(entity.offset, start), min(entity.offset + entity.length, end)
    return Entity(entity.kind, low - start, high - low, entity.url) if low < high else None
