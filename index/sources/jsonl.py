"""JSON Lines: one document a row, `{"id", "title", "text", "url", "date", "source"}`, only `text` required.

A row that cannot be used is reported by its number, and the others are read.
"""

import codecs
import json
from collections.abc import Iterator
from typing import cast

from index.errors import SourceError
from index.records import Document
from index.sources.dates import parse_date
from index.sources.decode import decode
from index.sources.files import OpenedFile, Report


def read_jsonl(file: OpenedFile, report: Report) -> Iterator[Document]:
    """Yield a document a row; a row without an id is called after the file and its line number."""
    for number, line in _lines(file):
        name = f"Row {number} of {file.name}"
        if line is None:
            report(SourceError(f"{name} is larger than the limit; left out."))
        elif line.strip():
            try:
                yield _document(_row(line, name), name, f"{file.id}:{number}")
            except SourceError as error:
                report(error)


def _lines(file: OpenedFile) -> Iterator[tuple[int, bytes | None]]:
    wide: str | None = None
    for number, line in file.lines():
        if number == 1 and line and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            wide = decode(line + file.read(), file.name)  # lines of UTF-16 do not end at a byte 0x0A
            break
        yield number, line
    if wide is not None:
        yield from enumerate((line.encode() for line in wide.split("\n")), 1)


def _row(line: bytes, name: str) -> dict[str, object]:
    text = decode(line, name)
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"{name} is not JSON ({error.msg} at column {error.colno}); left out.") from None
    except (RecursionError, ValueError):  # nested too deeply, or a number of too many digits
        raise SourceError(f"{name} is not JSON that can be read; left out.") from None
    if not isinstance(row, dict):
        raise SourceError(f"{name} is not a JSON object; left out.")
    return cast(dict[str, object], row)


def _document(row: dict[str, object], name: str, default_id: str) -> Document:
    text = _string(row, "text", name)
    if not text or text.isspace():
        raise SourceError(f'{name} has no "text"; left out.')
    url = _string(row, "url", name)
    if url and not url.startswith(("http://", "https://")):
        raise SourceError(f'{name} has a "url" that is not http or https; left out.')
    written = _string(row, "date", name)
    date = parse_date(written) if written else None
    if written and not date:
        raise SourceError(f'{name} has a "date" that is not a day such as 2024-07-12; left out.')
    return Document(
        _string(row, "id", name) or default_id,
        text,
        title=_string(row, "title", name),
        source=_string(row, "source", name),
        url=url,
        date=date,
    )


def _string(row: dict[str, object], key: str, name: str) -> str | None:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise SourceError(f'{name} has a "{key}" that is not a string; left out.')
    if "\0" in value or not _is_encodable(value):
        raise SourceError(
            f'{name} has a "{key}" with a character that is none (NUL or half a pair); left out.'
        )
    return value


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # JSON can spell half of a surrogate pair
        return False
    return True
