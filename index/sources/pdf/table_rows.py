"""Rows of tables: cells next to each other stay together, and join nothing above or below; pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from index.sources.pdf.lines import Segment
from index.sources.pdf.paragraphs import Line

CELL = "\t"
"""Stands between the cells of a row."""

_SAME_EDGE = 0.6  # of the height of a line
_NEXT_LINE = 1.7
_MOST_LINES = 8  # of a cell
_LABEL = re.compile(r"[^\w\s]{1,3}|\(?\w{1,4}[.)]{1,2}|(?:\d+\.)+\d*")


class _Cell(NamedTuple):
    """Lines under each other; `start` and `end` are the places of their segments."""

    lines: tuple[Line, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom


def lines_of(segments: Sequence[Segment]) -> tuple[Line, ...]:
    """Return the lines of a page: rows of tables as one each, other words that stand on one line together."""
    rows: list[list[_Cell]] = []
    place = 0
    while place < len(segments):
        row = _row(segments, place)
        rows.append(row)
        place = row[-1].end
    lines: list[Line] = []
    for number, row in enumerate(rows):
        if _is_labelled(row):
            lines += _labelled(row)
        elif len(row) > 1 and (_alike(rows, number, 1) or _alike(rows, number, -1)):
            lines.append(_together(row))
        else:
            lines += [line for cell in row for line in cell.lines]
    return _joined(lines, segments)


def _row(segments: Sequence[Segment], place: int) -> list[_Cell]:
    """Return the cells of the row that begins at a place; one cell where there is no row."""
    cells = [_cell(segments, place)]
    while cells[-1].end < len(segments):
        cell = _cell(segments, cells[-1].end)
        height = cell.lines[0].height
        beside = cell.left >= max(each.right for each in cells[-1].lines) + 0.5 * height
        level = cell.bottom < cells[0].top and cell.top > cells[0].bottom
        if not (beside and level and len(cell.lines) <= _MOST_LINES >= len(cells[0].lines)):
            break
        cells.append(cell)
    return cells


def _cell(segments: Sequence[Segment], place: int) -> _Cell:
    """Return the lines that stand under each other from a place on, up to where they jump up or aside."""
    lines = [segments[place].line]
    end = place + 1
    while end < len(segments) and _under(lines[-1], segments[end].line) and not _opens(segments, end):
        lines.append(segments[end].line)
        end += 1
    return _Cell(tuple(lines), place, end)


def _under(line: Line, below: Line) -> bool:
    step, height = line.bottom - below.bottom, max(line.height, below.height)
    middle = below.left + below.right - line.left - line.right
    edges = (below.left - line.left, below.right - line.right, middle)
    return 0 < step <= _NEXT_LINE * height and min(map(abs, edges)) <= _SAME_EDGE * height


def _opens(segments: Sequence[Segment], place: int) -> bool:
    """Tell whether the segment at a place begins a row: the next stands on the same line, to the right."""
    return place + 1 < len(segments) and segments[place + 1].row == segments[place].row


def _is_labelled(row: Sequence[_Cell]) -> bool:
    """Tell whether a row is an item of a list, or a heading with its number."""
    return len(row) == 2 and len(row[0].lines) == 1 and bool(_LABEL.fullmatch(row[0].text))


def _labelled(row: Sequence[_Cell]) -> list[Line]:
    label, (first, *others) = row[0].lines[0], row[1].lines
    return [replace(first, text=f"{label.text} {first.text}", left=label.left), *others]


def _alike(rows: Sequence[Sequence[_Cell]], number: int, step: int) -> bool:
    """Tell whether the row before or after has cells under or over those of a row."""
    place = number + step
    if not 0 <= place < len(rows) or len(rows[place]) < 2 or _is_labelled(rows[place]):
        return False
    row, other = rows[number], rows[place]
    same = sum(any(_aligned(cell, each) for each in other) for cell in row)
    return same >= max(2, min(len(row), len(other)) - 1)


def _aligned(cell: _Cell, other: _Cell) -> bool:
    middle = (cell.left + cell.right - other.left - other.right) / 2
    edges = (cell.left - other.left, cell.right - other.right, middle)
    return min(map(abs, edges)) <= _SAME_EDGE * cell.lines[0].height


def _together(row: Sequence[_Cell]) -> Line:
    first = row[0].lines[0]
    right = max(cell.right for cell in row)
    return Line(CELL.join(cell.text for cell in row), first.left, right, first.bottom, first.top, is_row=True)


def _joined(lines: Sequence[Line], segments: Sequence[Segment]) -> tuple[Line, ...]:
    """Put words of one line together that stand far from each other and are no cells."""
    rows = {segment.line: segment for segment in segments}
    found: list[Line] = []
    for line in lines:
        one, other = rows.get(found[-1]) if found else None, rows.get(line)
        if one and other and one.row == other.row and one.last + 1 == other.first:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}", right=line.right)
            rows[found[-1]] = other
        else:
            found.append(line)
    return tuple(found)
