"""JSON Lines: one document per row, `{"id", "title", "text", "url", "date", "source"}`, only `text` required.

Other names of columns are understood as in `index.sources.tables.columns`. A row, or a value beside its text,
that cannot be used is reported by the number of the row, and the others are read.
"""

import codecs
import json
from collections.abc import Iterator
from typing import cast

from index.errors import Message, Name, SourceError
from index.records import Document
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.tables.columns import fields_of, row_document
from index.sources.tables.export import VERSION, document_of


def read_jsonl(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield one document per row; a row without an id is named after the file and its line number."""
    for number, line in _lines(file):
        name = Message("Row {number} of {name}", number=number, name=file.name)
        if file.position.enter(number, name) is None:
            continue
        if line is None:
            report(SourceError("{name} is larger than the limit; left out.", name=name))
        elif line.strip():
            try:
                row = _row(line, name)
                if VERSION in row:
                    yield document_of(row, name)
                    continue
                fields = fields_of(list(row), options.columns)
                yield row_document(row, fields, name, f"{file.id}:{number}", report)
            except SourceError as error:
                report(error)


def _lines(file: Input) -> Iterator[tuple[int, bytes | None]]:
    wide: str | None = None
    for number, line in file.lines():
        if number == 1 and line and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            # Lines of UTF-16 do not end at a byte 0x0A.
            wide = decode(file.read(), file.name)
            break
        yield number, line
    if wide is not None:
        yield from enumerate((line.encode() for line in wide.split("\n")), 1)


def _row(line: bytes, name: Name) -> dict[str, object]:
    text = decode(line, name, guess=False)
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            "{name} is not JSON ({why} at column {column}); left out.",
            name=name,
            why=error.msg,
            column=error.colno,
        ) from None
    except (RecursionError, ValueError):  # nested too deeply, or a number of too many digits
        raise SourceError("{name} is not JSON that can be read; left out.", name=name) from None
    if not isinstance(row, dict):
        raise SourceError("{name} is not a JSON object; left out.", name=name)
    return cast(dict[str, object], row)
