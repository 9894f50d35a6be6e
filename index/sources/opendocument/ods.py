"""OpenDocument spreadsheets (.ods): their cells as they are shown, which the file states."""

from collections.abc import Iterator

from index.records import Document
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.markup.elements import Element, local_name
from index.sources.opendocument.odf_styles import OdfStyles
from index.sources.opendocument.odf_text import OdfText
from index.sources.opendocument.opendocument import TABLE, OpenDocument
from index.sources.tables.sheets import Sheet, documents_of_sheets
from index.sources.tables.tabular import TableRow

_GROUPS = ("table-row-group", "table-header-rows", "table-rows", "table-column-group", "table-columns",
           "table-header-columns")  # fmt: skip
_MOST_COLUMNS = 16_384
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def read_ods(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the documents of a spreadsheet; hidden sheets, rows and columns are left out and counted.

    Raises:
        SourceError: It is locked or damaged, or holds no text.
    """
    opened = OpenDocument(file, options)
    styles = OdfStyles(opened.roots)
    words = OdfText(styles, opened.equation)
    hidden: list[str] = []
    sheets = []
    for table in opened.body:
        if table.tag != f"{TABLE}table":
            continue
        name = table.get(f"{TABLE}name") or ""
        rows = list(_rows(table, words, hidden))
        if styles.is_table_hidden(table.get(f"{TABLE}style-name")):
            hidden.append(name)
        else:
            sheets.append(Sheet(name, rows))
    yield from documents_of_sheets(file, sheets, opened.said, hidden, report, options)


def _rows(table: Element, words: OdfText, hidden: list[str]) -> Iterator[TableRow]:
    unseen = _unseen_columns(table)
    number = 0
    for row in _parts(table, "table-row"):
        times = _times(row, "number-rows-repeated")
        number += times
        cells = list(_cells(row, words, unseen))
        if not any(cells):
            continue
        if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
            hidden.append(" ".join(filter(None, cells)))
        else:
            yield TableRow(number - times + 1, cells)  # repeating it would add nothing


def _cells(row: Element, words: OdfText, unseen: frozenset[int]) -> Iterator[str]:
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = min(_times(cell, "number-columns-repeated"), _MOST_COLUMNS - column)
        text = "\n".join(block.text for block in words.blocks(cell) if block.text)
        if not text and times > 256:
            return  # the empty rest of the row
        for place in range(column, column + times):
            if place not in unseen:
                yield "" if cell.tag.endswith("covered-table-cell") else text
        column += times


def _unseen_columns(table: Element) -> frozenset[int]:
    unseen: set[int] = set()
    column = 0
    for element in _parts(table, "table-column"):
        times = min(_times(element, "number-columns-repeated"), _MOST_COLUMNS - column)
        if element.get(f"{TABLE}visibility") == "collapse":
            unseen.update(range(column, column + times))
        column += times
    return frozenset(unseen)


def _parts(parent: Element, name: str) -> Iterator[Element]:
    for element in parent:
        if local_name(element) == name:
            yield element
        elif local_name(element) in _GROUPS:
            yield from _parts(element, name)


def _times(element: Element, name: str) -> int:
    said = element.get(f"{TABLE}{name}") or "1"
    return max(1, int(said)) if said.isdecimal() and len(said) < 9 else 1
