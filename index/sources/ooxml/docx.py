"""Word documents, strict ones included, opened and dated; the only door to python-docx."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import SourceError
from index.records import Document
from index.remarks import Remark, RemarkKind, remark
from index.sources.files.archive import open_archive, require_modest, unpack
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import Spelling, recognise
from index.sources.markup.elements import Element
from index.sources.metadata.language import language_code
from index.sources.metadata.text_metadata import day_of_text, heading, origin
from index.sources.office.blocks import headings_of_blocks, text_of_blocks
from index.sources.office.properties import SaidOfItself
from index.sources.ooxml.docx_numbers import Numbers
from index.sources.ooxml.docx_styles import Styles, W
from index.sources.ooxml.docx_text import DocxText, Notes

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_TITLE_STYLES = re.compile(r"title|heading ?1|tiêu đề", re.IGNORECASE)
# The strict form of the standard has other names for the same; documents with macros have other types.
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"officeDocument/2006/"),
)
_TYPES = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled|"
    rb"openxmlformats-officedocument\.wordprocessingml\.template)(?:Template)?\.main\+xml"
)
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATED = "/relationships"


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
    damaged = SourceError("{name} is a damaged Word file; save it again.", name=file.name)
    try:
        opened = docx.Document(_transitional(archive, data, file.name, options))
    except (OpcError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError):
        raise damaged from None
    styles = Styles(_part(opened, "/styles"))
    words = DocxText(styles, Numbers(_part(opened, "/numbering"), styles), _notes(opened))
    blocks = list(words.blocks(opened.element.body))
    text = text_of_blocks(blocks)
    if not text:
        raise SourceError("{name} holds no text; left out.", name=file.name)
    spelling = recognise(text, file.name)
    remarks = (*words.remarks(), *_heads(opened, styles))
    prose = spelling.convert(text_of_blocks(blocks, with_rows=False))
    document = _document(opened, spelling.convert(text), prose, spelling, file.id, remarks)
    yield replace(document, headings=headings_of_blocks(blocks, document.text), lined=False)


def _document(
    opened: "WordDocument",
    text: str,
    prose: str,
    spelling: Spelling,
    identifier: str,
    remarks: tuple[Remark, ...],
) -> Document:
    core = opened.core_properties
    created = core.created.date() if core.created else None
    said = SaidOfItself(_clean(core.title), _clean(core.author), created).without_template()
    source, url = origin(text)
    day = day_of_text(prose, said.created)
    return Document(
        identifier,
        text,
        title=spelling.title(said.title or _titled(opened)) or heading(text),
        source=source,
        url=url,
        date=day.date,
        dated=day.dated,
        author=spelling.title(said.author),
        language=language_code(core.language),
        remarks=remarks,
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


def _transitional(archive: zipfile.ZipFile, data: bytes, name: str, options: Options) -> BinaryIO:
    """Return a package with the names that python-docx knows: the same one, unless it is in another form.

    Raises:
        SourceError: A part of it is damaged.
    """
    parts = {member: unpack(archive, member, name, options.limits) for member in archive.infolist()
             if member.filename.lower().endswith((".xml", ".rels"))}  # fmt: skip
    changed = {member.filename: new for member, part in parts.items() if (new := _renamed(part)) != part}
    if not changed:
        return io.BytesIO(data)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for member in archive.infolist():
            if member.filename in changed:
                package.writestr(member.filename, changed[member.filename])
            elif not member.filename.startswith("word/media/"):
                package.writestr(member.filename, unpack(archive, member, name, options.limits))
    written.seek(0)
    return written


def _renamed(part: bytes) -> bytes:
    if _STRICT in part:
        for strict, transitional in _NAMES:
            part = part.replace(strict, b"http://schemas.openxmlformats.org/" + transitional)
    return _TYPES.sub(_DOCUMENT, part)


def _part(opened: "WordDocument", kind: str) -> Element | None:
    """Return the root of the first part of a kind, None where the document has none that can be read."""
    return next(_parts(opened, kind), None)


def _parts(opened: "WordDocument", kind: str) -> Iterator[Element]:
    from docx.oxml.parser import parse_xml

    for related in opened.part.rels.values():
        if related.is_external or not related.reltype.endswith(_RELATED + kind):
            continue
        try:
            yield cast(Element, parse_xml(related.target_part.blob))
        except SyntaxError:  # its text is elsewhere
            continue


def _notes(opened: "WordDocument") -> Notes:
    return {
        (kind, note.get(f"{W}id") or ""): note
        for kind in ("footnote", "endnote")
        for root in _parts(opened, f"/{kind}s")
        for note in root
        if note.tag == f"{W}{kind}"
    }


def _heads(opened: "WordDocument", styles: Styles) -> tuple[Remark, ...]:
    """Return the headers and footers, which are not part of the text."""
    words = DocxText(styles, Numbers(None, styles), {})
    parts = [root for kind in ("/header", "/footer") for root in _parts(opened, kind)]
    lines = [block.text for root in parts for block in words.blocks(root) if block.text]
    return remark(RemarkKind.HEADS, len(lines), (), lines)
