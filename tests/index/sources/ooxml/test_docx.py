"""Word documents as Word writes them, part by part: what a reader of the page sees, in its order."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from index.records import Document
from index.remarks import RemarkKind, counted
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.ooxml.docx import read_docx
from index.text.prose import GAP
from tests.index.sources.problems import no_problem

_MAIN = "schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="http://{_MAIN}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {
    "numbering": "numbering",
    "styles": "styles",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
}


def package(
    body: str, *, parts: Mapping[str, str], main: str = f"{_TYPE}.document.main+xml", strict: bool = False
) -> bytes:
    """Return a Word file with this body and these parts, in the usual form or the strict one."""
    types = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    related = ""
    files = {"word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"}
    for number, (name, inside) in enumerate(parts.items()):
        files[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {_SPACES}>{inside}</w:{_ROOTS[name]}>"
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>'
        related += f'<Relationship Id="p{number}" Type="http://{_R}/{name}" Target="{name}.xml"/>'
    relations = 'Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    files["_rels/.rels"] = (
        f'<{relations}><Relationship Id="d" Type="http://{_R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    files["word/_rels/document.xml.rels"] = f"<{relations}>{related}</Relationships>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            if strict:
                text = text.replace(_MAIN, "purl.oclc.org/ooxml/wordprocessingml/main")
                text = text.replace(_R, "purl.oclc.org/ooxml/officeDocument/relationships")
                text = text.replace(
                    "schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/"
                )
            archive.writestr(name, text)
    return written.getvalue()


def read(body: str, **parts: str) -> Document:
    """Return what is read of a file with this body and these parts."""
    (document,) = read_docx(HeldFile("a.docx", "a.docx", package(body, parts=parts)), no_problem, Options())
    return document


def blocks(body: str, **parts: str) -> list[str]:
    """Return the paragraphs that are read."""
    return read(body, **parts).text.split("\n\n")


def p(text: str, properties: str = "", run: str = "") -> str:
    """Write a paragraph of one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def item(text: str, which: int = 1, level: int = 0) -> str:
    """Write a paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{which}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "") -> str:
    """Write one level of a list."""
    inside = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{inside}</w:lvl>'


_THROUGH = '<w:lvlRestart w:val="0"/>'
LAW = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "upperRoman", "Chương %1")}'
    f"{level(1, 'decimal', 'Điều %2.', _THROUGH)}{level(2, 'decimal', '%3.')}"
    f"{level(3, 'lowerLetter', '%4)')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def test_a_law_has_its_numbers() -> None:
    """Chapters in Roman figures, articles that go on through them, clauses and points that begin anew."""
    body = (
        item("Quy định chung") + item("Phạm vi", level=1) + item("Cá nhân.", level=2)
        + item("Nông dân;", level=3) + item("Thợ.", level=3) + item("Tổ chức.", level=2)
        + item("Mức phạt", level=1)
        + item("Điều khoản thi hành") + item("Hiệu lực", level=1) + item("Từ ngày ký.", level=2)
    )  # fmt: skip
    assert blocks(body, numbering=LAW) == [
        "Chương I Quy định chung", "Điều 1. Phạm vi", "1. Cá nhân.", "a) Nông dân;", "b) Thợ.", "2. Tổ chức.",
        "Điều 2. Mức phạt", "Chương II Điều khoản thi hành", "Điều 3. Hiệu lực", "1. Từ ngày ký.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "count", "label"),
    [
        ("decimal", 12, "12."), ("decimalZero", 3, "03."), ("upperRoman", 9, "IX."),
        ("lowerRoman", 14, "xiv."),
        ("upperLetter", 27, "AA."), ("lowerLetter", 5, "e."), ("ordinal", 22, "22nd."), ("none", 2, "."),
        ("decimalEnclosedCircle", 3, "③."), ("japaneseCounting", 21, "二十一."), ("never heard of", 4, "4."),
    ],
)  # fmt: skip
def test_forms_of_numbers(form: str, count: int, label: str) -> None:
    """As Word shows them; one that is not known is shown in figures."""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, form, "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert (
        blocks("".join(item(f"x{n}") for n in range(count)), numbering=numbering)[-1]
        == f"{label} x{count - 1}"
    )


def test_a_list_that_starts_anew_and_one_that_goes_on() -> None:
    """A second list of one definition goes on, unless it says where it starts; legal levels are figures."""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "upperRoman", "%1.")}'
        f"{level(1, 'decimal', '%1.%2', '<w:isLgl/>')}"
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3">'
        '<w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = item("a") + item("b", 2) + item("c", 3) + item("d", 3) + item("e", 3, 1) + item("f", 1)
    assert blocks(body, numbering=numbering) == ["I. a", "II. b", "V. c", "VI. d", "6.1 e", "VII. f"]


def test_numbers_of_styles() -> None:
    """A style may put its paragraphs in a list, at the level that names it, also for styles based on it."""
    linked = '<w:pStyle w:val="Dieu"/>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "Phần %1:")}'
        f"{level(1, 'decimal', 'Điều %2.', linked)}</w:abstractNum>"
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Điều"/><w:pPr><w:numPr>'
        '<w:numId w:val="4"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/>'
        '<w:basedOn w:val="Dieu"/></w:style>'
    )
    body = p("Một", '<w:pStyle w:val="Dieu"/>') + p("Hai", '<w:pStyle w:val="Con"/>')
    body += p("Không", '<w:pStyle w:val="Con"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert blocks(body, numbering=numbering, styles=styles) == ["Điều 1. Một", "Điều 2. Hai", "Không"]


def test_bullets_are_no_text() -> None:
    """Nor is the private character of their font."""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", chr(0xF0B7))}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert blocks(item("Táo") + item("Lê"), numbering=numbering) == ["Táo", "Lê"]


def table(*rows: tuple[str, ...]) -> str:
    """Write a table; its cells are XML."""
    return "<w:tbl>" + "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    ) + "</w:tbl>"  # fmt: skip


def test_nested_tables_are_read_once() -> None:
    """Each row by itself, the rows inside of a cell after the row of the cell; three deep as well."""
    deep = table((p("sâu"), p("nhất")))
    inner = table((p("c"), p("d")), (p("e"), p("f") + deep))
    body = table((p("a"), p("b") + inner), (p("g"), p("h"))) + p("Sau bảng.")
    assert blocks(body) == ["a\tb", "c\td", "e\tf", "sâu\tnhất", "g\th", "Sau bảng."]


def test_a_table_that_only_lays_out_keeps_its_paragraphs() -> None:
    """What stands in one cell is no row of words."""
    assert blocks(table((p("Một."), ""), (p("Hai.") + p("Ba."), "<w:p/>"))) == ["Một.", "Hai.", "Ba."]


def r(text: str) -> str:
    """Write a run of an equation."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        (r("S=π") + f"<m:sSup><m:e>{r('r')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>", "S=πr²"),
        (f"<m:f><m:num>{r('a+b')}</m:num><m:den>{r('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:sSub><m:e>{r('x')}</m:e><m:sub>{r('i+1')}</m:sub></m:sSub>", "x_(i+1)"),
        (f"<m:rad><m:deg/><m:e>{r('b-4')}</m:e></m:rad>", "√(b-4)"),
        (f"<m:rad><m:deg>{r('3')}</m:deg><m:e>{r('x')}</m:e></m:rad>", "∛x"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{r("i=1")}</m:sub><m:sup>{r("n")}</m:sup>'
            f"<m:e>{r('i')}</m:e></m:nary>",
            "∑_(i=1)^n i",
        ),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{r("a")}</m:e></m:d>', "[a]"),
        (f"<m:func><m:fName>{r('sin')}</m:fName><m:e>{r('x')}</m:e></m:func>", "sin x"),
    ],
)
def test_equations_are_read_on_one_line(inside: str, written: str) -> None:
    """Where they stand, and counted."""
    body = p("Ta có ").replace("</w:p>", f"<m:oMath>{inside}</m:oMath><w:r><w:t>, với r.</w:t></w:r></w:p>")
    document = read(body)
    assert document.text == f"Ta có {written}, với r."
    assert counted(document.remarks) == {RemarkKind.LINEAR_EQUATIONS: 1}


def test_an_equation_that_is_a_picture_is_marked() -> None:
    """Its place is in the quote, so that nobody takes the sentence for whole."""
    ole = '<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>'
    document = read(p("Diện tích là ").replace("</w:p>", f"{ole}<w:r><w:t>, với r.</w:t></w:r></w:p>"))
    assert document.text == f"Diện tích là {GAP}, với r."
    assert counted(document.remarks) == {RemarkKind.EQUATIONS: 1}


def box(*texts: str) -> str:
    """Write a text box as Word does: in two forms."""
    inside = f"<w:txbxContent>{''.join(map(p, texts))}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx>'
        "</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_paragraphs_of_their_own_and_read_once() -> None:
    """After the paragraph on which they hang."""
    rest = f"{box('Khung một.', 'Khung hai.')}<w:r><w:t>và sau.</w:t></w:r></w:p>"
    body = p("Trước ").replace("</w:p>", rest)
    assert blocks(body) == ["Trước và sau.", "Khung một.", "Khung hai."]


def test_a_drop_capital_belongs_to_its_word() -> None:
    """Word keeps it in a paragraph of its own."""
    body = p("H", '<w:framePr w:dropCap="drop" w:lines="3"/>') + p("ôm qua trời mưa.") + p("Hôm nay nắng.")
    assert blocks(body) == ["Hôm qua trời mưa.", "Hôm nay nắng."]


def test_notes_follow_their_paragraph() -> None:
    """Footnotes and endnotes, each once, also from a cell; separators are none."""

    def refer(kind: str, which: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{which}"/></w:r></w:p>'

    notes = f'<w:footnote w:id="0" w:type="separator">{p("---")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p("Chú thích.")}</w:footnote>'
    ends = f'<w:endnote w:id="2">{p("Cuối.")}</w:endnote>'
    cell = p("ô").replace("</w:p>", refer("endnote", 2))
    body = p("Câu.").replace("</w:p>", refer("footnote", 2)) + p("Sau.") + table((cell, p("khác")))
    assert blocks(body, footnotes=notes, endnotes=ends) == ["Câu.", "Chú thích.", "Sau.", "ô\tkhác", "Cuối."]


def test_hidden_text_is_not_read_and_is_counted() -> None:
    """By itself, by its style, or all of a paragraph; what is switched off is read."""
    styles = (
        '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kin"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p("Giá 60.000 đồng.") + p("Bí mật.", run="<w:vanish/>") + p("Ẩn.", run='<w:rStyle w:val="An"/>')
        + p("Kín.", '<w:pStyle w:val="Kin"/>')
        + p("Hiện.", '<w:pStyle w:val="Kin"/>', '<w:vanish w:val="0"/>')
    )  # fmt: skip
    document = read(body, styles=styles)
    assert document.text.split("\n\n") == ["Giá 60.000 đồng.", "Hiện."]
    assert counted(document.remarks) == {RemarkKind.HIDDEN: 3}
    assert document.remarks[0].samples == ("Bí mật.", "Ẩn.", "Kín.")


def test_heads_of_pages_are_counted() -> None:
    """They are no part of the text."""
    document = read(p("Câu."), header=p("Công ty A"))
    assert (document.text, document.remarks[0].samples) == ("Câu.", ("Công ty A",))


@pytest.mark.parametrize(
    "form",
    [
        {"strict": True},
        {"main": "application/vnd.ms-word.document.macroEnabled.main+xml"},
        {"main": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"},
        {"main": f"{_TYPE}.template.main+xml"},
    ],
)
def test_other_forms_of_the_same_are_read(form: dict[str, object]) -> None:
    """Strict Open XML with its numbers and equations, documents with macros, and templates."""
    body = item("Một") + p("Có ").replace("</w:p>", f"<m:oMath>{r('x=1')}</m:oMath></w:p>")
    data = package(body, parts={"numbering": LAW}, **form)  # type: ignore[arg-type]  # each is one of its own
    (document,) = read_docx(HeldFile("a.docx", "a.docx", data), no_problem, Options())
    assert document.text == "Chương I Một\n\nCó x=1"


def test_symbols_are_letters_where_their_font_says_which() -> None:
    """Others are counted."""
    body = p("Góc ").replace(
        "</w:p>",
        '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r></w:p>',
    )
    document = read(body)
    assert (document.text, counted(document.remarks)) == ("Góc α", {RemarkKind.UNREAD_GLYPHS: 1})
