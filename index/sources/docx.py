"""Word documents: paragraphs, headings and tables in reading order; the only door to python-docx."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.records import Document
from index.sources.archive import open_archive, require_modest
from index.sources.files import Input, Report
from index.sources.language import language_code
from index.sources.legacy import Spelling, recognise
from index.sources.limits import Options
from index.sources.metadata import date_line, heading, made_on, origin

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
# Deleted text, the machinery of fields, notes on the margin; of two forms of a drawing the first is skipped.
_SILENT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", _MC_CHOICE})
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_TITLE_STYLES = re.compile(r"title|heading ?1|tiêu đề", re.IGNORECASE)
_CELL = " | "
# What python-docx's template says of itself stands in all that was written with it and left so.
_TEMPLATE_MADE = dt.datetime(2013, 12, 23, 23, 15, tzinfo=dt.UTC)
_TEMPLATE_AUTHOR = "python-docx"


def read_docx(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a Word file.

    Raises:
        SourceError: It is damaged, or holds no text.
    """
    import docx
    from docx.opc.exceptions import OpcError

    data = file.read()
    archive = open_archive(io.BytesIO(data), file.name, options.limits)
    require_modest(archive.infolist(), file.name, options.limits)
    damaged = SourceError(f"{file.name} is a damaged Word file; save it again.")
    try:
        opened = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError):
        raise damaged from None
    blocks = [block for block in _blocks(opened.element.body) if block.strip()]
    text = "\n\n".join(blocks)
    if not text:
        raise SourceError(f"{file.name} holds no text; left out.")
    spelling = recognise(text, file.name)
    yield _document(opened, spelling.convert(text), spelling, file.id)


def _document(opened: "WordDocument", text: str, spelling: Spelling, identifier: str) -> Document:
    said = opened.core_properties
    source, url = origin(text)
    created = None if said.created == _TEMPLATE_MADE else said.created
    author = None if said.author == _TEMPLATE_AUTHOR else said.author
    return Document(
        identifier,
        text,
        title=spelling.title(_clean(said.title) or _titled(opened)) or heading(text),
        source=source,
        url=url,
        date=date_line(text) or made_on(text, url, created.date() if created else None),
        author=spelling.title(_clean(author)),
        language=language_code(said.language),
    )


def _titled(opened: "WordDocument") -> str | None:
    """Return the first paragraph in a style for titles."""
    for paragraph in opened.paragraphs[:50]:
        style = paragraph.style.name if paragraph.style is not None else None
        if style and _TITLE_STYLES.match(style) and paragraph.text.strip():
            return _clean(paragraph.text)
    return None


def _clean(said: str | None) -> str | None:
    return " ".join((said or "").split()) or None


def _blocks(parent: "BaseOxmlElement") -> Iterator[str]:
    """Yield each paragraph, and each row of a table with ` | ` between its cells."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield _words(element).strip()
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = (" ".join(" ".join(_blocks(cell)).split()) for cell in row.iter(f"{_W}tc"))
                yield _CELL.join(filter(None, cells))
        elif element.tag not in _SILENT and isinstance(element.tag, str):
            yield from _blocks(element)  # a content control, or an insertion that is tracked


def _words(paragraph: "BaseOxmlElement") -> str:
    """Return the text of a paragraph as it stands after tracked changes; line breaks as such."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _SILENT:
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        else:
            stack.extend(reversed(element))
    return "".join(parts)
