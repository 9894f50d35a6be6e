"""The numbers of the lists and headings of an OpenDocument file, which are not in the text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from index.sources.markup.elements import Element
from index.sources.office.numerals import small_number
from index.sources.opendocument.odf_styles import LEVELS, Numbering, OdfStyles
from index.sources.opendocument.opendocument import TEXT

_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(slots=True)
class _OpenList:
    """A list while its items are read; those inside it count in the same counters."""

    style: str | None
    level: int
    counts: list[int]
    is_due: bool = False  # an item has begun and its number has not been set
    start: int | None = None


@dataclass(slots=True)
class ListNumbers:
    """Counts the items of lists, which must come in order."""

    styles: OdfStyles
    _open: list[_OpenList] = field(default_factory=list)
    _by_id: dict[str, list[int]] = field(default_factory=dict)
    _by_style: dict[str | None, list[int]] = field(default_factory=dict)
    _outline: list[int] = field(default_factory=lambda: [0] * LEVELS)

    @contextmanager
    def entered(self, element: Element) -> Iterator[None]:
        """Keep a list open while its contents are read."""
        style = element.get(f"{TEXT}style-name")
        if self._open:
            above = self._open[-1]
            opened = _OpenList(style or above.style, min(above.level + 1, LEVELS - 1), above.counts)
        else:
            goes_on = element.get(f"{TEXT}continue-numbering") == "true"
            counts = self._by_id.get(element.get(f"{TEXT}continue-list") or "")
            if counts is None and goes_on:
                counts = self._by_style.get(style)
            opened = _OpenList(style, 0, [0] * LEVELS if counts is None else counts)
            self._by_style[style] = opened.counts
        if name := element.get(_ID):
            self._by_id[name] = opened.counts
        self._open.append(opened)
        try:
            yield
        finally:
            self._open.pop()

    def item(self, element: Element) -> None:
        """Begin an item of the open list; a header of a list has no number."""
        if self._open:
            self._open[-1].is_due = element.tag == f"{TEXT}list-item"
            self._open[-1].start = small_number(element.get(f"{TEXT}start-value"), None)

    def label(self, paragraph: Element) -> str:
        """Return the number that stands before a paragraph with text; empty for none."""
        if self._open:
            opened = self._open[-1]
            if not opened.is_due:
                return ""
            opened.is_due = False
            style = opened.style or self.styles.list_of(paragraph.get(f"{TEXT}style-name"))
            return _next(opened.counts, opened.level, self.styles.levels(style), opened.start)
        if paragraph.tag != f"{TEXT}h" or paragraph.get(f"{TEXT}is-list-header") == "true":
            return ""
        if self.styles.list_of(paragraph.get(f"{TEXT}style-name")) == "":
            return ""
        level = paragraph.get(f"{TEXT}outline-level") or "1"
        at = min(int(level) - 1, LEVELS - 1) if level.isdecimal() and level != "0" else 0
        return _next(self._outline, at, self.styles.outline)


def _next(counts: list[int], level: int, levels: dict[int, Numbering], start: int | None = None) -> str:
    numbering = levels.get(level)
    if start is not None:
        counts[level] = start
    elif counts[level]:
        counts[level] += 1
    else:
        counts[level] = numbering.start if numbering else 1
    counts[level + 1 :] = [0] * (len(counts) - level - 1)
    return numbering.label(level, counts, levels) if numbering else ""
