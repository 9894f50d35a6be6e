"""What the XML of a workbook says of its cells besides: how far, in which formats, which are hidden."""

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from index.sources.markup.elements import Element, local_name
from index.sources.office.numerals import small_number
from index.sources.ooxml.format_codes import BUILT_IN
from index.sources.ooxml.office_package import OfficePackage, reference

_WORKBOOK = "xl/workbook.xml"
_MOST_COLUMNS = 16_384
# By their text: a tree of a large sheet would need more memory than the reading process has.
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
_ANY_PLACE = re.compile(rb"\br=[\"']([A-Za-z]{1,9})(\d{1,20})[\"']")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_TRACK = re.compile(rb"<(?:\w+:)?(row|col)\s([^<>]*)>")
_IS_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true|on)[\"']")
_NUMBERS = re.compile(rb"\b(?:r|min|max)=[\"'](\d{1,7})[\"']")

Formats = Mapping[int, Mapping[int, str]]
"""The codes of the formats of cells, by row and column from 1."""


class HiddenTracks(NamedTuple):
    """The rows and columns of a sheet that are not shown, also those that a filter hides; from 1."""

    rows: frozenset[int]
    columns: frozenset[int]


class SheetCells:
    """The cells of a workbook, by sheet."""

    def __init__(self, package: OfficePackage) -> None:
        """Read the formats of a workbook."""
        self._package = package
        self._formats = _styles(package.part("xl/styles.xml"))
        self._paths: dict[str, str] = {}
        related = list(package.related(_WORKBOOK))
        self._sheets = frozenset(path for _, kind, path in related if kind == "worksheet")
        workbook = package.part(_WORKBOOK)
        if workbook is not None:
            paths = {name: path for name, _, path in related}
            for sheet in workbook.iter():
                if local_name(sheet) == "sheet":
                    self._paths[sheet.get("name") or ""] = paths.get(reference(sheet), "")

    def reach(self) -> int:
        """Return how many places the largest sheet has, from the first to its farthest cell."""
        return max(map(self._reach, self._sheets), default=0)

    def _reach(self, path: str) -> int:
        rows, columns = [1], [1]
        for cell in _CELL.finditer(self._package.data(path) or b""):
            place = _ANY_PLACE.search(cell[1])
            if place and not cell[1].endswith(b"/"):  # a cell that only has a style holds nothing
                columns.append(_column(place[1].upper()))
                rows.append(int(place[2]))
        return max(rows) * max(columns)

    def of(self, sheet: str) -> tuple[Formats, HiddenTracks]:
        """Return the formats of the cells of a sheet, and what is hidden."""
        data = self._package.data(self._paths.get(sheet, "")) or b""
        return self._formats_in(data), _hidden(data)

    def _formats_in(self, data: bytes) -> Formats:
        found: dict[int, dict[int, str]] = {}
        for cell in _CELL.finditer(data):
            style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
            if style and place and (code := self._formats.get(int(style[1]))) is not None:
                found.setdefault(int(place[2]), {})[_column(place[1])] = code
        return found


def _hidden(data: bytes) -> HiddenTracks:
    rows, begun = set[int](), [0] * (_MOST_COLUMNS + 2)  # how many more hide this column than the one before
    for track in _TRACK.finditer(data):
        numbers = [int(number) for number in _NUMBERS.findall(track[2])]
        if not numbers or not _IS_HIDDEN.search(track[2]):
            continue
        if track[1] == b"row":
            rows.add(numbers[0])
        else:
            begun[min(min(numbers), _MOST_COLUMNS + 1)] += 1
            begun[min(max(numbers), _MOST_COLUMNS) + 1] -= 1
    hiding = enumerate(accumulate(begun))
    return HiddenTracks(frozenset(rows), frozenset(column for column, count in hiding if count > 0))


def _styles(root: Element | None) -> dict[int, str]:
    """Return the code of the format of each style of cells."""
    formats = dict(BUILT_IN)
    found: dict[int, str] = {}
    for element in () if root is None else root.iter():
        if local_name(element) == "numfmt":
            formats[small_number(element.get("numFmtId"), -1)] = element.get("formatCode") or ""
        elif local_name(element) == "cellxfs":
            for place, style in enumerate(element):
                if code := formats.get(small_number(style.get("numFmtId"), -1)):
                    found[place] = code
    return found


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column
