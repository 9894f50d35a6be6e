"""OpenDocument files as LibreOffice writes them: what a reader of the page sees, in its order."""

import pytest

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind, counted
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.opendocument.ods import read_ods
from index.sources.opendocument.odt import read_odt
from tests.index.sources.problems import no_problem
from tests.index.sources.written.zipped import open_document

LAW = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-prefix="Điều " style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-suffix=")"/></text:list-style>'
)


def read(body: str, styles: str = "", **more: str) -> Document:
    """Return what is read of a text."""
    data = open_document(
        "text", body, styles=styles, more={name.replace("__", "/"): x for name, x in more.items()}
    )
    (document,) = read_odt(HeldFile("a.odt", "a.odt", data), no_problem, Options())
    return document


def blocks(body: str, styles: str = "") -> list[str]:
    """Return the paragraphs that are read."""
    return read(body, styles).text.split("\n\n")


def p(text: str) -> str:
    """Write a paragraph."""
    return f"<text:p>{text}</text:p>"


def items(*inside: str, more: str = "") -> str:
    """Write a list."""
    return f'<text:list text:style-name="L"{more}>' + "".join(
        f"<text:list-item>{each}</text:list-item>" for each in inside
    ) + "</text:list>"  # fmt: skip


def test_a_law_has_its_numbers() -> None:
    """Points begin anew below each article; a list that goes on counts on, one that does not begins anew."""
    inner = f"<text:list><text:list-item>{p('Nông dân;')}</text:list-item><text:list-item>{p('Thợ.')}</text:list-item></text:list>"
    body = items(p("Phạm vi") + inner, p("Mức phạt") + inner) + p("Giữa.")
    body += items(p("Hiệu lực"), more=' text:continue-numbering="true"') + items(p("Khác") + p("Đoạn hai."))
    assert blocks(body, LAW) == [
        "Điều 1. Phạm vi", "a) Nông dân;", "b) Thợ.", "Điều 2. Mức phạt", "a) Nông dân;", "b) Thợ.", "Giữa.",
        "Điều 3. Hiệu lực", "Điều 1. Khác", "Đoạn hai.",
    ]  # fmt: skip


def test_headings_are_numbered_as_the_outline_says() -> None:
    """By their levels, unless their style says that they are in no list."""
    styles = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2" style:num-suffix="."/>'
        '</text:outline-style><style:style style:family="paragraph" style:name="N" style:list-style-name=""/>'
    )
    body = (
        '<text:h text:outline-level="1">Một</text:h><text:h text:outline-level="2">Hai</text:h>'
        '<text:h text:style-name="N" text:outline-level="1">Không</text:h><text:h text:outline-level="1">Ba</text:h>'
    )
    assert blocks(body, styles) == ["I Một", "I.1. Hai", "Không", "II Ba"]


def test_rows_notes_boxes_and_spaces() -> None:
    """A nested row stands by itself, a note and a box after their paragraph, deleted text and comments nowhere."""
    inner = "<table:table><table:table-row><table:table-cell>{}</table:table-cell><table:table-cell>{}</table:table-cell></table:table-row></table:table>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>xoá</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + inner.format(p("a"), p("b") + inner.format(p("c"), p("d")))
        + "<text:p>Câu<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("Chú thích.") + "</text:note-body></text:note><text:s/>\n  có<text:tab/>chỗ<text:line-break/>xuống."
        + f"<office:annotation>{p('nhận xét')}</office:annotation>"
        + f"<draw:frame><draw:text-box>{p('Khung.')}</draw:text-box></draw:frame></text:p>"
    )  # fmt: skip
    assert blocks(body) == ["a\tb", "c\td", "Câu có\tchỗ\nxuống.", "Chú thích.", "Khung."]


def test_hidden_text_and_equations_are_counted() -> None:
    """Hidden text is left out; an equation kept as an object is read, whatever else is one is not."""
    styles = '<style:style style:family="text" style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        p('Thấy<text:span text:style-name="H"> giấu</text:span>.')
        + f'<text:section text:display="none">{p("kín")}</text:section>'
        + p('Là <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>.')
    )
    math = "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    found = read(body, styles, **{"Object 1__content.xml": math})
    assert found.text == "Thấy.\n\nLà a/b."
    assert counted(found.remarks) == {RemarkKind.HIDDEN: 2, RemarkKind.LINEAR_EQUATIONS: 1}


def test_a_locked_file() -> None:
    """It is named as such."""
    lock = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    data = open_document("text", p("x"), more=lock)
    with pytest.raises(SourceError, match=r"a\.odt is locked with a password; save it without one\."):
        list(read_odt(HeldFile("a.odt", "a", data), no_problem, Options()))


def test_sheets_as_they_are_shown() -> None:
    """What stands above the names of the columns comes first; repeated cells are read, hidden parts counted."""

    def row(*cells: str, more: str = "") -> str:
        inside = "".join(
            f"<table:table-cell{' ' + c[1:] if c[:1] == '@' else ''}>{p(c) if c[:1] != '@' else ''}</table:table-cell>"
            for c in cells
        )
        return f"<table:table-row{more}>{inside}</table:table-row>"

    twice = f'<table:table-cell table:number-columns-repeated="2">{p("5")}</table:table-cell>'
    body = (
        '<table:table table:name="Số">' + row("BÁO CÁO") + row("") + row("Tỉnh", "Nam", "Nữ")
        + f"<table:table-row><table:table-cell>{p('Huế')}</table:table-cell>{twice}</table:table-row>"
        + row("kín", "1", "2", more=' table:visibility="collapse"')
        + row("Vinh", "6", "7") + '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )  # fmt: skip
    data = open_document("spreadsheet", body)
    (found,) = read_ods(HeldFile("a.ods", "a.ods", data), no_problem, Options())
    assert found.text.split("\n\n") == ["BÁO CÁO", "Tỉnh: Huế\tNam: 5\tNữ: 5", "Tỉnh: Vinh\tNam: 6\tNữ: 7"]
    assert counted(found.remarks) == {RemarkKind.HIDDEN: 1}
