"""Letters of a page to its lines: by place on the line, whatever the order of drawing; pure."""

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.sources.pdf.page import Glyph
from index.sources.pdf.paragraphs import Line

# In sizes of the letters:
_SAME_BASE = 0.25
_RAISED, _LOWERED = 0.62, 0.4  # a small letter above or below the line it belongs to
_SMALL = 0.85
_TOUCHING = 0.25  # letters of one word
_SPACE = 0.2
_SAME_LINE = 0.8  # words of one line, in whatever order they are drawn
_SAME_RUN = 1.2  # words of one line that follow each other
_DOUBLED = 0.12  # a letter that is drawn twice to look bold
_LIGATED = frozenset("ft")  # letters that stand twice in one sign
_TWO_LETTERS = 0.42  # so wide is no f and no t
_MOST_UPWARD = 0.3
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


class Segment(NamedTuple):
    """Words that stand beside each other on a line, with no wide gap between them.

    Attributes:
        line: What they say, and where.
        first, last: Places of the first and the last of its letters in the order of drawing.
        row: Number of the line on the page they stand on; segments of one row stand on one line.
    """

    line: Line
    first: int
    last: int
    row: int


class _Run(NamedTuple):
    """Letters that follow each other without a gap; `place` is that of the first in the order of drawing."""

    glyphs: Sequence[Glyph]
    place: int

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)

    @property
    def last(self) -> int:
        return self.place + len(self.glyphs) - 1


def segments_of(glyphs: Sequence[Glyph]) -> list[Segment]:
    """Return what stands on a page, in reading order: that of drawing, unless it runs up the page."""
    angles: dict[int, list[_Run]] = {}
    for run in _runs(glyphs):
        angles.setdefault(run.glyphs[0].angle, []).append(run)
    found: list[Segment] = []
    for runs in sorted(angles.values(), key=len, reverse=True):
        here = _segments(runs, len(found))
        found += sorted(here, key=_downward if _runs_up(here) else _drawn)
    return found


def _drawn(segment: Segment) -> float:
    return segment.first


def _downward(segment: Segment) -> tuple[float, float]:
    return -segment.line.bottom, segment.line.left


def _runs_up(segments: Sequence[Segment]) -> bool:
    """Tell whether lines are drawn from below: each above the one before, and over it."""
    inked = sorted(segments, key=_drawn)
    upward = downward = 0
    for one, other in pairwise(inked):
        if min(one.line.right, other.line.right) > max(one.line.left, other.line.left):
            upward += other.line.bottom > one.line.bottom + 0.5 * one.line.height
            downward += other.line.bottom < one.line.bottom
    return upward > _MOST_UPWARD * (upward + downward) and upward > 2


def _runs(glyphs: Sequence[Glyph]) -> Iterator[_Run]:
    start = 0
    for place in range(1, len(glyphs) + 1):
        if place < len(glyphs) and _touch(glyphs[place - 1], glyphs[place]):
            continue
        if start < place:
            yield _Run(glyphs[start:place], start)
        start = place


def _touch(one: Glyph, other: Glyph) -> bool:
    size = max(one.size, other.size)
    return (
        one.angle == other.angle
        and abs(one.base - other.base) < 0.05 * size
        and abs(one.size - other.size) < 0.05 * size
        and -_TOUCHING * size <= other.left - one.right <= _TOUCHING * size
    )


def _segments(runs: Sequence[_Run], first_row: int) -> list[Segment]:
    found: list[Segment] = []
    for row, band in enumerate(_bands(runs), first_row):
        line: list[_Run] = []
        for run in sorted(band, key=lambda run: (run.left, run.place)):
            if line and not _beside(line, run):
                found += _segment(line, row)
                line = []
            line.append(run)
        found += _segment(line, row)
    return found


def _bands(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Put runs together that stand on one line; large letters say where the line is."""
    bases: list[tuple[float, int]] = []
    bands: list[list[_Run]] = []
    sizes: list[float] = []
    drawn: dict[int, tuple[_Run, int]] = {}  # by the places of its first and last letter
    for run in sorted(runs, key=lambda run: -run.size):
        base, size = run.glyphs[0].base, run.size
        joined = {
            band
            for other, band in filter(None, (drawn.get(run.place - 1), drawn.get(run.last + 1)))
            if _near(run, other)
        }
        best, nearest = -1, 1e9
        place = bisect_left(bases, (base - 3 * size - 40, -1))
        while place < len(bases) and bases[place][0] < base + 3 * size + 40:
            other, band = bases[place]
            place += 1
            above = base - other
            small = size < _SMALL * sizes[band]
            fits = abs(above) <= _SAME_BASE * size or (
                small
                and -_LOWERED * sizes[band] <= above <= _RAISED * sizes[band]
                and any(_near(run, each) for each in bands[band])
            )
            distance = abs(above) - _SAME_BASE * size * (band in joined)  # not to the line of another column
            if fits and distance < nearest:
                best, nearest = band, distance
        if best < 0:
            best = len(bands)
            bands.append([])
            sizes.append(size)
            insort(bases, (base, best))
        bands[best].append(run)
        drawn[run.place] = drawn[run.last] = run, best
    return bands


def _near(run: _Run, other: _Run) -> bool:
    return (
        other.left - _SPACE * 2 * other.size <= run.right
        and run.left <= other.right + _SPACE * 2 * other.size
    )


def _beside(line: Sequence[_Run], run: _Run) -> bool:
    before = line[-1]
    gap = (run.left - max(each.right for each in line)) / max(before.size, run.size)
    follows = before.last + 1 == run.place
    return gap <= (_SAME_RUN if follows else _SAME_LINE)


def _is_doubled(one: Glyph, other: Glyph) -> bool:
    """Tell whether a letter is drawn twice, to look bold."""
    is_same = one.text == other.text and bool(one.text.strip())
    return is_same and abs(other.left - one.left) < _DOUBLED * max(one.size, other.size)


def _is_ligature(one: Glyph, other: Glyph) -> bool:
    """Tell whether two letters are one sign, as wide as both: ff, ffi, tt."""
    is_one = one.left == other.left and one.right == other.right
    return is_one and one.text in _LIGATED and one.right - one.left > _TWO_LETTERS * one.size


def _segment(runs: Sequence[_Run], row: int) -> Iterator[Segment]:
    glyphs = [(glyph, run.place + number) for run in runs for number, glyph in enumerate(run.glyphs)]
    if any(unicodedata.bidirectional(glyph.text[0]) in _RIGHT_TO_LEFT for glyph, _ in glyphs):
        glyphs.sort(key=lambda each: each[1])  # pdfium has put them in the order of reading
    else:
        glyphs.sort(key=lambda each: each[0].left)
    text: list[str] = []
    before: tuple[Glyph, int] | None = None
    for glyph, place in glyphs:
        if before is not None:
            last, at = before
            size = max(last.size, glyph.size)
            if _is_doubled(last, glyph) and not (at + 1 == place and _is_ligature(last, glyph)):
                continue
            spaced = glyph.spaced if at + 1 == place else glyph.left - last.right > _SPACE * size
            text.append(" " if spaced else "")
        text.append(glyph.text)
        before = glyph, place
    said = " ".join("".join(text).split())
    if said:
        base = median(run.glyphs[0].base for run in runs for _ in run.glyphs)
        size = median(glyph.size for glyph, _ in glyphs)
        left = min(glyph.left for glyph, _ in glyphs if glyph.text.strip())
        right = max(glyph.right for glyph, _ in glyphs if glyph.text.strip())
        line = Line(said, left, right, base - 0.2 * size, base + 0.8 * size)
        places = [place for _, place in glyphs]
        yield Segment(line, min(places), max(places), row)
