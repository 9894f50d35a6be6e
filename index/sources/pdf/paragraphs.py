"""Lines on pages to running text: paragraphs, hyphens at line ends; pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

from index.text.vietnamese import OWN, SELDOM, SHARED

HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"
_PARAGRAPH = "\n\n"
_UNHYPHENED = "\b"  # takes the last character back
_SAME_EDGE = 3.0
_WIDE_GAP = 1.3  # of the usual distance of lines
_WIDEST_STEP = 2.5  # of the height of a line; double spacing is narrower
_OTHER_SIZE = 1.2
_INDENT = 0.8  # of the height of a line
_JUSTIFIED, _FEWEST_JUSTIFIED, _MOST_RAGGED = 1.5, 3, 0.3  # points, lines, share of them
_FEWEST_ENDED, _MOST_ENDED = 5, 0.9  # lines, share of them
_ITEM = re.compile(r"(?:[-*+•▪◦‣–—]|\d{1,3}[.)]|[A-Za-zĐđ][.)]|\([a-zđ0-9]{1,3}\))\s")
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile(f"[{OWN}{SELDOM}{SHARED}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: What it says, without white space around it.
        left, right: Where it begins and ends, in points from the left edge.
        bottom, top: The height of its font, in points from the lower edge.
        is_row: Whether it is a row of a table.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    is_row: bool = False

    @property
    def height(self) -> float:
        """How high its letters stand, at least a point."""
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in reading order, and its height in points."""

    lines: tuple[Line, ...]
    height: float


class Running(NamedTuple):
    """Running text, and where each page begins in it."""

    text: str
    pages: tuple[int, ...]


def run_together(pages: Sequence[Page]) -> Running:
    """Return the text of pages with one line a paragraph, an empty line between paragraphs.

    A word that is divided at the end of a line is put together where the document itself, or the language,
    says that it is one word. A row of a table is a paragraph.
    """
    words = Counter(
        word.lower() for page in pages for line in page.lines for word in _WORD.findall(line.text)
    )
    parts: list[str] = []
    size = 0
    starts: list[int] = []
    before: Line | None = None
    for page in pages:
        starts.append(size)
        for joint, line in _joined(before, page, words):
            if joint == _UNHYPHENED:
                parts[-1] = parts[-1][:-1]
                size -= 1
                joint = ""
            if before is None or line is page.lines[0]:
                starts[-1] = size + len(joint)
            parts += [joint, line.text]
            size += len(joint) + len(line.text)
            before = line
    # A page without text begins where the next one does.
    following = size
    for place in reversed(range(len(pages))):
        if pages[place].lines:
            following = starts[place]
        starts[place] = following
    return Running("".join(parts), tuple(starts))


def _joined(before: Line | None, page: Page, words: Counter[str]) -> Iterator[tuple[str, Line]]:
    """Yield each line of a page with what parts it from the one before."""
    leading = _leading(page.lines)
    margins = _right_margins(page.lines)
    whole = _ended_edges(page.lines)
    for place, line in enumerate(page.lines):
        if before is None:
            yield "", line
        elif (
            not _continues_elsewhere(before, line)
            if place == 0
            else (before.left in whole and before.left == line.left and bool(_ENDED.search(before.text)))
            or _begins_paragraph(before, line, leading, margins[place - 1])
        ):
            yield _PARAGRAPH, line
        else:
            divided = _hyphenated(before.text, line.text, words)
            yield (" " if divided is None else _UNHYPHENED if divided else ""), line
        before = line


def _leading(lines: Sequence[Line]) -> float:
    """Return the distance from line to line within paragraphs, 0 where there is none."""
    steps = [
        one.bottom - other.bottom
        for one, other in pairwise(lines)
        if 0 < one.bottom - other.bottom < 3 * one.height
    ]
    return quantiles(steps, n=4)[0] if len(steps) > 1 else (steps[0] if steps else 0.0)


def _right_margins(lines: Sequence[Line]) -> list[float]:
    """Return for each line how far right the lines reach that begin at the same place in the same size."""
    return [
        _edge(
            [
                other.right
                for other in lines
                if abs(other.left - line.left) <= _SAME_EDGE and other.height < _OTHER_SIZE * line.height
            ]
        )
        for line in lines
    ]


def _edge(rights: Sequence[float]) -> float:
    """Return the edge at which justified lines end, whatever reaches beyond it; else the farthest."""
    needed = max(_FEWEST_JUSTIFIED, _MOST_RAGGED * len(rights))
    shared = (right for right in rights if sum(abs(right - each) <= _JUSTIFIED for each in rights) >= needed)
    return max(shared, default=max(rights))


def _ended_edges(lines: Sequence[Line]) -> frozenset[float]:
    """Return the left edges at which nearly every line ends a sentence: each is a paragraph of its own."""
    ended: dict[float, list[bool]] = {}
    for line in lines:
        ended.setdefault(line.left, []).append(bool(_ENDED.search(line.text)))
    return frozenset(
        left
        for left, ends in ended.items()
        if len(ends) >= _FEWEST_ENDED and sum(ends) >= _MOST_ENDED * len(ends)
    )


def _begins_paragraph(before: Line, line: Line, leading: float, margin: float) -> bool:
    if before.is_row or line.is_row:
        return True
    step = before.bottom - line.bottom
    if step <= 0:  # the next column, or the same line
        return step < -before.height and not _continues_elsewhere(before, line)
    sizes = sorted((before.height, line.height))
    if step > min(_WIDE_GAP * (leading or sizes[1]), _WIDEST_STEP * sizes[1]):
        return True
    if sizes[1] > _OTHER_SIZE * sizes[0] or _ITEM.match(line.text):
        return True
    if line.left > before.left + _INDENT * line.height:
        return not _ITEM.match(before.text)  # items hang
    if before.text[-1] in HYPHENS and line.text[0].islower():
        return False
    # Where the first word of the line would still have had room on the line before, that one was the last.
    letter = (before.right - before.left) / max(len(before.text), 1)
    room = margin - before.right
    return room > letter * (len(line.text.split(maxsplit=1)[0]) + 2)


def _continues_elsewhere(before: Line, line: Line) -> bool:
    if before.is_row or line.is_row or _ENDED.search(before.text) or _ITEM.match(line.text):
        return False
    return before.text[-1] in HYPHENS or line.text[0].islower()


def _hyphenated(before: str, line: str, words: Counter[str]) -> bool | None:
    """Tell whether a line ends in the hyphen of a divided word, or of a whole one; None for neither."""
    if before[-1] not in HYPHENS:
        return None
    if before[-1] == "\N{SOFT HYPHEN}":
        return True
    left, right = _LAST_WORD.search(before[:-1]), _FIRST_WORD.match(line)
    if left is None:
        return None
    if right is None or not right[0][0].islower() or _VIETNAMESE.search(left[0] + right[0]):
        return False
    one, other = left[0].lower(), right[0].lower()
    if words[one + other]:
        return True
    if words[f"{one}-{other}"]:
        return False
    # Each line gives its own half to `words` once.
    return not (words[one] > 1 and words[other] > 1)
