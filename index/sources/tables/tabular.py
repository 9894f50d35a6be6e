"""Tables as documents: one per row where a column holds the text, else one whose rows are "column: value"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.errors import Message, SourceError
from index.records import Document
from index.sources.files.files import Report, shown
from index.sources.legacy import modern
from index.sources.office.blocks import CELL
from index.sources.tables.columns import fields_of, row_document

ROWS = 20_000
"""Most rows in one document."""
_LONGEST_NAME = 80
_HEAD = 12  # rows in which the names of columns may stand
_FIGURES = re.compile(r"[\W\d_]*")
_FULL = 0.6  # of the columns have a name


class TableRow(NamedTuple):
    """A row of a table.

    Attributes:
        number: From 1.
        cells: What they show.
        days: The days that cells hold, "2024-07-12", however they are shown; empty for the others.
    """

    number: int
    cells: Sequence[str]
    days: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table, and the names of its documents.

    Attributes:
        name: What to call it in an error.
        id: The id of its document; a row is named after it and its number.
        columns: The names of the columns, empty where they have none.
        rows: What stands below them.
        title: What it is called.
    """

    name: str
    id: str
    columns: Sequence[str]
    rows: Iterable[TableRow]
    title: str | None = None


def documents_of_table(table: SourceTable, named: Mapping[str, str], report: Report) -> Iterator[Document]:
    """Yield the documents of a table; what cannot be used is reported.

    Args:
        table: The table.
        named: What columns hold, according to the operator: column → field.
        report: Takes each problem.

    Raises:
        SourceError: It has no row.
    """
    fields = fields_of(list(table.columns), named)
    missing = [column for column, field in named.items() if field == "text" and column not in table.columns]
    if "text" in fields:
        yield from _row_documents(table, fields, report)
        return
    if missing and table.columns:
        there = ", ".join(shown(column)[:40] for column in table.columns[:12])
        report(
            SourceError(
                '{name} has no column "{column}" (there are: {there}); read by rows.',
                name=table.name,
                column=shown(missing[0]),
                there=there,
            )
        )
    yield from _whole(table, report)


def header_of(rows: Sequence[TableRow]) -> int | None:
    """Return which of the rows names the columns of a sheet, None where none does.

    It is near the top, names most columns, each differently and in words, and something stands below it.
    """
    width = max((len(_filled(row)) for row in rows), default=0)
    for place, row in enumerate(rows[:_HEAD]):
        names = _filled(row)
        if len(names) < max(2, _FULL * width):
            continue
        is_header = len(set(names)) == len(names) and all(map(_is_name, names)) and place + 1 < len(rows)
        return place if is_header else None
    return None


def _is_name(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and not _FIGURES.fullmatch(cell) and not cell.endswith((".", ";"))


def _filled(row: TableRow) -> list[str]:
    return [cell.strip() for cell in row.cells if cell.strip()]


def _row_documents(table: SourceTable, fields: Mapping[str, str], report: Report) -> Iterator[Document]:
    for row in _fitting(table, report):
        name = Message("Row {number} of {name}", number=row.number, name=table.name)
        try:
            values = dict(zip(table.columns, row.cells, strict=False))
            days = dict(zip(table.columns, row.days, strict=False))
            if day := days.get(fields.get("date", "")):
                values[fields["date"]] = day
            yield row_document(values, fields, name, f"{table.id}:{row.number}", report)
        except SourceError as error:
            report(error)


def _whole(table: SourceTable, report: Report) -> Iterator[Document]:
    lines: list[str] = []
    first: int | None = None
    for row in _fitting(table, report):
        if len(lines) == ROWS:
            yield _document(table, lines, first)
            lines, first = [], row.number
        lines.append(spoken(table.columns, row.cells))
    if lines:
        yield _document(table, lines, first)


def _document(table: SourceTable, lines: Sequence[str], first: int | None) -> Document:
    identifier = table.id if first is None else f"{table.id}:{first}"
    return Document(identifier, modern("\n\n".join(lines), table.name)[0], title=table.title)


def _fitting(table: SourceTable, report: Report) -> Iterator[TableRow]:
    """Yield the rows that are not empty; those with more cells than there are columns are reported.

    Raises:
        SourceError: There is none.
    """
    width = len(table.columns)
    is_empty = True
    for row in table.rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        is_empty = False
        if width and len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
            name = Message("Row {number} of {name}", number=row.number, name=table.name)
            report(
                SourceError(
                    "{name} has {cells} cells under {columns} columns; left out.",
                    name=name,
                    cells=len(row.cells),
                    columns=width,
                )
            )
            continue
        yield row
    if is_empty:
        raise SourceError("{name} holds no text; left out.", name=table.name)


def spoken(columns: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row in words: "Nước: Đức", a tab, "Năm: 2024"; cells without a name stand for themselves."""
    said = []
    for place, cell in enumerate(cells):
        value = " ".join(cell.split())
        name = " ".join(columns[place].split()) if place < len(columns) else ""
        if value:
            said.append(f"{name.rstrip(':')}: {value}" if name else value)
    return CELL.join(said)
