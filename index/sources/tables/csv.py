"""CSV: tables whose first row names the columns."""

import csv
import io
import re
from collections.abc import Iterator

from index.errors import SourceError
from index.records import Document
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.tables.tabular import SourceTable, TableRow, documents_of_table

_DELIMITERS = ",;\t|"
_NAMED = re.compile(r"\s*+(?:sep=([^\w\s\"]|\t)|\"sep=([^\w\s\"]|\t)\")[ ,;]*(?:\r\n?|\n)", re.IGNORECASE)


def read_table(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield one document per row, named after the file and the number of its row where it has no id.

    A table without a column for the text is one document. A row, or a cell beside the text, that cannot be
    used is reported, and the others are read.

    Raises:
        SourceError: It is no table.
    """
    text = decode(file.read(), file.name)
    # The limit of the library is one for the whole process, 128 KiB unless it is raised.
    csv.field_size_limit(options.limits.document)
    named = _NAMED.match(text)  # Excel's first line, which is no row
    above = named[0].count("\n") if named else 0
    text = text[named.end() :] if named else text
    delimiter = (named[1] or named[2]) if named else _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = above
    try:
        columns = [column.strip() for column in next(rows, [])]
        number += 1

        def below() -> Iterator[TableRow]:
            nonlocal number
            for number, cells in enumerate(rows, 2 + above):
                yield TableRow(number, cells)

        yield from documents_of_table(
            SourceTable(file.name, file.id, columns, below()), options.columns, report
        )
    except csv.Error as error:
        raise SourceError(
            "{name} cannot be read as a table ({why}, after row {row}); the rest is left out.",
            name=file.name,
            why=error,
            row=number,
        ) from None


def _delimiter(text: str) -> str:
    """Return what separates the column names in the first row."""
    head = text.lstrip().split("\n", 1)[0].rstrip("\r")
    counts = {}
    for delimiter in _DELIMITERS:
        try:
            counts[delimiter] = len(next(csv.reader([head], delimiter=delimiter), []))
        except csv.Error:
            counts[delimiter] = 0
    return max(_DELIMITERS, key=lambda delimiter: counts[delimiter])
