"""OpenDocument and Office Open XML files, part by part, as programs write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{name}="{_ODF}{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("meta", "meta"), ("presentation", "presentation"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts by their paths."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    return written.getvalue()


def open_document(
    kind: str, body: str, *, styles: str = "", meta: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """Write a file of OpenDocument: "text", "spreadsheet" or "presentation"."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_SPACES}/>",
            "meta.xml": f"<office:document-meta {_SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        }
        | dict(more or {})
    )


def _related(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str, author: str) -> str:
    return (
        f'<c:coreProperties xmlns:c="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        "<t:created>2024-07-12T09:30:00Z</t:created></c:coreProperties>"
    )


def slides(shown: Sequence[tuple[str, str]], *, title: str = "", hidden: Sequence[int] = ()) -> bytes:
    """Write slides of XML, each with the notes of its speaker; some are hidden."""
    parts: dict[str, str] = {"[Content_Types].xml": "<Types/>", "docProps/core.xml": _core(title, "An")}
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="r{n + 1}"/>' for n in range(len(shown)))
    parts["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = _related(
        *(("slide", f"slides/slide{n}.xml") for n in range(len(shown)))
    )
    for number, (inside, notes) in enumerate(shown):
        show = ' show="0"' if number in hidden else ""
        parts[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"{show}><p:cSld><p:spTree>{inside}</p:spTree></p:cSld></p:sld>'
        )
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = _related(
            ("notesSlide", f"../notes/n{number}.xml")
        )
        parts[f"ppt/notes/n{number}.xml"] = (
            f'<p:notes xmlns:p="{_P}" xmlns:a="{_A}">{shape(notes)}</p:notes>' if notes else "<n/>"
        )
    return packed(parts)


def shape(*paragraphs: str, place: str = "body") -> str:
    """Write a shape of a slide with paragraphs of text."""
    inside = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in paragraphs)
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{place}"/></p:nvPr></p:nvSpPr><p:txBody>{inside}</p:txBody></p:sp>'


def workbook(
    sheets: Mapping[str, Sequence[Sequence[str | float | None]]],
    *,
    hidden: Sequence[str] = (),
    percents: Sequence[str] = (),
) -> bytes:
    """Write a workbook; the cells named in `percents` are in per cent with one decimal, on every sheet."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" state="{_state(name in hidden)}"/>'
        for n, name in enumerate(names, 1)
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": _related(("officeDocument", "xl/workbook.xml")),
        "docProps/core.xml": _core("", "An"),
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related(
            *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)),
            ("styles", "styles.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_S}"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_S}"><sheetData>'
            + "".join(
                f'<row r="{at}">{"".join(_cells(at, cells, percents))}</row>'
                for at, cells in enumerate(rows, 1)
            )
            + "</sheetData></worksheet>"
        )
    return packed(parts)


def _state(is_hidden: bool) -> str:
    return "hidden" if is_hidden else "visible"


def _cells(row: int, cells: Sequence[str | float | None], percents: Sequence[str]) -> list[str]:
    written = []
    for column, cell in enumerate(cells):
        place = f"{chr(ord('A') + column)}{row}"
        style = ' s="1"' if place in percents else ""
        if isinstance(cell, str):
            written.append(f'<c r="{place}" t="inlineStr"{style}><is><t>{escape(cell)}</t></is></c>')
        elif cell is not None:
            written.append(f'<c r="{place}"{style}><v>{cell}</v></c>')
    return written
