"""Spreadsheets as documents: one per sheet, or one per row where a column holds the text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.errors import SourceError
from index.records import Dated, Document
from index.remarks import RemarkKind, remark
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.office.blocks import CELL
from index.sources.office.properties import SaidOfItself
from index.sources.tables.tabular import SourceTable, TableRow, documents_of_table, header_of


class Sheet(NamedTuple):
    """A sheet, its cells as they are shown."""

    name: str
    rows: Sequence[TableRow]


def documents_of_sheets(
    file: Input,
    sheets: Iterable[Sheet],
    said: SaidOfItself,
    hidden: Sequence[str],
    report: Report,
    options: Options,
) -> Iterator[Document]:
    """Yield the documents of a spreadsheet; what cannot be used is reported.

    Args:
        file: What is read.
        sheets: Those that are shown, in their order.
        said: What the file says about itself.
        hidden: What is not shown, known when all sheets are read.
        report: Takes each problem.
        options: Limits, and what columns hold.

    Raises:
        SourceError: It holds no text.
    """
    filled = [sheet for sheet in sheets if any(cell.strip() for row in sheet.rows for cell in row.cells)]
    if not filled:
        raise SourceError("{name} holds no text; left out.", name=file.name)
    remarks = remark(RemarkKind.HIDDEN, len(hidden), (), hidden)
    for sheet in filled:
        is_only = len(filled) == 1
        name = file.name if is_only else f"{file.name}/{sheet.name}"
        identifier = file.id if is_only else f"{file.id}/{sheet.name}"
        title = said.title if is_only and said.title else sheet.name
        for document in _documents(sheet, SourceTable(name, identifier, (), (), title), options, report):
            author, language = document.author or said.author, document.language or said.language
            if said.created and not document.date:
                document = replace(document, date=said.created, dated=Dated.FILE)
            yield replace(document, author=author, language=language, remarks=remarks)
            remarks = ()  # once


def _documents(sheet: Sheet, table: SourceTable, options: Options, report: Report) -> Iterator[Document]:
    """Yield what stands under the names of the columns, with what stands above them first."""
    rows = [row for row in sheet.rows if any(cell.strip() for cell in row.cells)]
    place = header_of(rows)
    columns = [] if place is None else [cell.strip() for cell in rows[place].cells]
    above = [
        CELL.join(" ".join(cell.split()) for cell in row.cells if cell.strip()) for row in rows[: place or 0]
    ]
    below = rows if place is None else rows[place + 1 :]
    for document in documents_of_table(replace(table, columns=columns, rows=below), options.columns, report):
        if above and document.id == table.id:
            document = replace(document, text="\n\n".join([*above, document.text]))
            above = []
        yield document
    if above:  # each row is a document of its own
        yield Document(table.id, "\n\n".join(above), title=table.title)
