"""Running heads and feet: what stands outside of the text at one place of most pages; pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.sources.pdf.paragraphs import Line, Page

# Top and bottom of a page, as shares of its height, where running heads and page numbers stand.
_MARGIN = 0.14
_OUTERMOST = 3  # this many lines at either end of a page may be running heads
_SAME_HEIGHT = 4.0  # points
_FEWEST_PAGES = 3
_SHARE_OF_PAGES = 0.4  # a place may be taken on left or right pages only
_APART = 1.2  # of the usual step from line to line
_MANY = 6  # lines
_WIDEST_STEP, _USUAL = 3.0, 1.5  # steps from line to line, in heights of a line
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlcdm]{1,7}|[IVXLCDM]{1,7}")
_FAR = 400  # a page number is at most so far from the number of the page in the file


def running_heads(pages: Sequence[Page]) -> list[frozenset[int]]:
    """Return for each page the places of its lines that are heads or feet.

    Such a line stands apart from the text, at a height at which most pages have such a line, and says what
    others at this height say, except for a number that counts the pages.
    """
    none: list[frozenset[int]] = [frozenset() for _ in pages]
    if len(pages) < _FEWEST_PAGES:
        return none
    apart = [list(_apart(page)) for page in pages]
    needed = max(_FEWEST_PAGES, round(_SHARE_OF_PAGES * len(pages)))
    # By height, then by what is said: the pages. A height counts for those next to it, too.
    heights: dict[int, set[int]] = {}
    said: dict[tuple[int, str], set[int]] = {}
    for number, (page, places) in enumerate(zip(pages, apart, strict=True)):
        for place in places:
            for slot in _slots(page.lines[place]):
                heights.setdefault(slot, set()).add(number)
                for key in _keys(page.lines[place].text, number):
                    said.setdefault((slot, key), set()).add(number)
    return [
        frozenset(
            place
            for place in places
            if any(
                len(heights[slot]) >= needed
                and any(
                    len(said[slot, key]) >= _FEWEST_PAGES for key in _keys(page.lines[place].text, number)
                )
                for slot in _slots(page.lines[place])
            )
        )
        for number, (page, places) in enumerate(zip(pages, apart, strict=True))
    ]


def without(pages: Sequence[Page], heads: Sequence[frozenset[int]]) -> list[Page]:
    """Return pages without some of their lines."""
    return [
        Page(tuple(line for place, line in enumerate(page.lines) if place not in gone), page.height)
        for page, gone in zip(pages, heads, strict=True)
    ]


def _slots(line: Line) -> tuple[int, int]:
    slot = int(line.bottom // _SAME_HEIGHT)
    return slot, slot + (1 if line.bottom % _SAME_HEIGHT > _SAME_HEIGHT / 2 else -1)


def _keys(text: str, page: int) -> Iterator[str]:
    """Yield what a line says, as it is and with each of its numbers as far as it counts pages."""
    plain = " ".join(text.split())
    yield plain
    if _ROMAN.fullmatch(plain):
        yield "#"
    for match in _NUMBER.finditer(plain):
        if len(match[0]) < 6 and abs(int(match[0]) - page) <= _FAR:
            yield f"{plain[: match.start()]}#{int(match[0]) - page}{plain[match.end() :]}"


def _apart(page: Page) -> Iterator[int]:
    """Yield the places of lines in the margins that a gap parts from the text."""
    rows = _rows(page)
    steps = [one - other for (one, _), (other, _) in pairwise(rows)]
    # Of few lines the gaps say little: only what can be a step from line to line counts.
    near = [step for step in steps if step <= _WIDEST_STEP * _height(page)]
    usual = median(steps) if len(steps) >= _MANY else median(near) if near else _USUAL * _height(page)
    # From above down, then from below up.
    upper = {n for n, line in enumerate(page.lines) if line.top > (1 - _MARGIN) * page.height}
    lower = {n for n, line in enumerate(page.lines) if line.bottom < _MARGIN * page.height}
    for ordered, margin in ((rows, upper), (rows[::-1], lower)):
        held: list[int] = []
        for number, (base, places) in enumerate(ordered[:_OUTERMOST]):
            if not margin.issuperset(places):
                break
            held += places
            if number + 1 == len(ordered) or abs(base - ordered[number + 1][0]) > _APART * usual:
                yield from held
                held = []


def _height(page: Page) -> float:
    return median(line.height for line in page.lines) if page.lines else 0.0


def _rows(page: Page) -> list[tuple[float, list[int]]]:
    """Return the heights of lines from above down, with the places of the lines that stand there."""
    rows: list[tuple[float, list[int]]] = []
    for place in sorted(range(len(page.lines)), key=lambda place: -page.lines[place].bottom):
        bottom = page.lines[place].bottom
        if rows and rows[-1][0] - bottom < _SAME_HEIGHT:
            rows[-1][1].append(place)
        else:
            rows.append((bottom, [place]))
    return rows
