"""What stands on a page of a PDF: its letters, and the words in boxes above them; pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_USUAL_SIZE = 10.0  # points


class Glyph(NamedTuple):
    """A letter, or words that stand in one place, on a page turned so that they are upright.

    Attributes:
        text: What it says.
        left, right: Where it begins and ends, in points from the left edge.
        base: The line it stands on, in points from the lower edge.
        size: Of its font, in points.
        angle: How far it was turned, in degrees anticlockwise.
        spaced: Whether there is white space before it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    angle: int
    spaced: bool


class PageGlyphs(NamedTuple):
    """What stands on a page.

    Attributes:
        glyphs: Letters, in the order in which they are drawn.
        height: Of the page as its text is read, in points.
        unread: How many letters are drawn that the file does not tell.
        forms: What is filled into the fields of forms on it, also among `glyphs`.
        annotations: What its notes and text boxes say, also among `glyphs`.
        hidden: What the file says there, and nobody sees.
    """

    glyphs: tuple[Glyph, ...]
    height: float
    unread: int
    forms: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    hidden: str = ""


def on_the_page(glyphs: Sequence[Glyph], outside: Iterable[int]) -> tuple[list[Glyph], list[Glyph]]:
    """Return the letters of lines on a page, and those of the lines that lie wholly beyond its edges.

    Args:
        glyphs: In the order in which they are drawn.
        outside: Places of those beyond the edges.
    """
    beyond = set(outside)
    for step in (1, -1):
        for place in range(len(glyphs))[::step]:
            before = place - step
            if place not in beyond or before in beyond or not 0 <= before < len(glyphs):
                continue
            if _follow(*sorted((glyphs[place], glyphs[before]), key=lambda glyph: glyph.left)):
                beyond.discard(place)
    on = [glyph for place, glyph in enumerate(glyphs) if place not in beyond]
    return on, [glyphs[place] for place in sorted(beyond)]


def _follow(one: Glyph, other: Glyph) -> bool:
    size = max(one.size, other.size)
    return (
        one.angle == other.angle
        and abs(one.base - other.base) < size / 4
        and other.left - one.right < 2 * size
    )


def set_in_box(
    said: str, corners: Sequence[tuple[float, float]], angle: int, glyphs: Sequence[Glyph]
) -> Iterator[Glyph]:
    """Yield the lines of what is said in a box: the first beside the words that stand on a line with it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if not lines:
        return
    (left, low), (right, high) = (
        (min(c) for c in zip(*corners, strict=True)),
        (max(c) for c in zip(*corners, strict=True)),
    )
    beside = [glyph for glyph in glyphs if low <= glyph.base < high and glyph.angle == angle]
    nearest = max(beside, key=lambda glyph: (glyph.base, -abs(glyph.right - left)), default=None)
    size = nearest.size if nearest else _USUAL_SIZE
    base = nearest.base if nearest else max(low, high - 1.2 * size)
    for number, line in enumerate(lines):
        end = min(right, left + 0.5 * size * len(line))
        yield Glyph(line, left, end, base - 1.2 * size * number, size, angle, True)


def with_boxes(glyphs: Sequence[Glyph], boxes: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Return letters and what stands in boxes, each box behind the letter to its left on the same line."""
    behind: dict[int, list[Glyph]] = {}
    for box in boxes:
        left = [
            (glyph.right, place)
            for place, glyph in enumerate(glyphs)
            if glyph.base == box.base and glyph.angle == box.angle and glyph.left <= box.left
        ]
        behind.setdefault(max(left)[1] if left else len(glyphs), []).append(box)
    together: list[Glyph] = []
    for place, glyph in enumerate(glyphs):
        together += [glyph, *behind.get(place, ())]
    return (*together, *behind.get(len(glyphs), ()))
