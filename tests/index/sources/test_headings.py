"""Headings of files, as word processors, pages and Markdown mark them."""

import io
import zipfile
from pathlib import Path

import pytest

from index.records import Document
from index.sources import read

OUTLINE = [("Nội quy", 1), ("Mượn sách", 2), ("Mức phạt", 2)]
BELOW = {
    "Mỗi người mượn năm cuốn.": ["Nội quy", "Mượn sách"],
    "Phạt 2.000 đồng một ngày.": ["Nội quy", "Mức phạt"],
}


def _docx() -> bytes:
    import docx

    opened, written = docx.Document(), io.BytesIO()
    own = opened.styles.add_style("Đề mục nhỏ", 1)
    own.base_style = opened.styles["Heading 2"]
    opened.add_heading("Nội quy", 1)
    opened.add_heading("Mượn sách", 2)
    opened.add_paragraph("Mỗi người mượn năm cuốn.")
    opened.add_paragraph("Mức phạt", style=own)
    opened.add_paragraph("Phạt 2.000 đồng một ngày.")
    opened.save(written)
    return written.getvalue()


def _odt() -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
    )
    body = (
        '<text:h text:outline-level="1">Nội quy</text:h><text:h text:outline-level="2">Mượn sách</text:h>'
        "<text:p>Mỗi người mượn năm cuốn.</text:p>"
        '<text:h text:outline-level="2">Mức phạt</text:h><text:p>Phạt 2.000 đồng một ngày.</text:p>'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    return written.getvalue()


def _rtf() -> bytes:
    def said(text: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)

    return (
        r"{\rtf1\ansi\pard\outlinelevel0 " + said("Nội quy") + r"\par\pard\outlinelevel1 " + said("Mượn sách")
        + r"\par\pard " + said("Mỗi người mượn năm cuốn.") + r"\par\pard\outlinelevel1 " + said("Mức phạt")
        + r"\par\pard\outlinelevel9 " + said("Phạt 2.000 đồng một ngày.") + r"\par}"
    ).encode()  # fmt: skip


_PAGE = """<!DOCTYPE html><html lang="vi"><body><main><h1>Nội quy</h1><h2>Mượn sách</h2>
<p>Mỗi người mượn năm cuốn.</p><h2>Mức phạt</h2><p>Phạt 2.000 đồng một ngày.</p></main></body></html>"""
_MARKDOWN = """---
title: Thư viện
---
# Nội quy

Mượn sách là
### không phải đề mục
```
# mã
```
## Mượn sách ##

Mỗi người mượn năm cuốn.

## Mức phạt
Phạt 2.000 đồng một ngày.
"""
FILES = {"a.docx": _docx(), "a.odt": _odt(), "a.rtf": _rtf(), "a.html": _PAGE.encode()}


def _read(folder: Path, name: str, data: bytes) -> Document:
    (folder / name).write_bytes(data)
    (document,) = read([folder], lambda problem: pytest.fail(str(problem)))
    return document


@pytest.mark.parametrize("name", FILES)
def test_headings_of_a_file(tmp_path: Path, name: str) -> None:
    """Each with its level; nobody sees the lines of such a file, so paragraphs are counted."""
    document = _read(tmp_path, name, FILES[name])
    assert [(document.said_by(each), each.level) for each in document.headings] == OUTLINE
    for said, above in BELOW.items():
        start = document.text.index(said)
        end = start + len(said)
        assert [document.said_by(each) for each in document.headings_above(start, end)] == above
        assert document.paragraph_of(start, end) == 1


def test_headings_of_markdown(tmp_path: Path) -> None:
    """Without their signs, not in fences, not in the front matter; its lines are what a person sees."""
    document = _read(tmp_path, "a.md", _MARKDOWN.encode())
    assert [(document.said_by(each), each.level) for each in document.headings] == [
        ("Nội quy", 1), ("không phải đề mục", 3), ("Mượn sách", 2), ("Mức phạt", 2),
    ]  # fmt: skip
    assert document.lined
    assert document.title == "Thư viện"


def test_headings_in_a_legacy_font(tmp_path: Path) -> None:
    """A reader's headings keep their places where letters become others, and one more or fewer."""
    from index.sources.metadata.block_headings import headings_of

    blocks = [("Tie^u dde^`", 1), ("mo^.t\n\nhai", 0), ("Hai", 2)]
    text = "Tiêu đề\n\nmột\n\nhai\n\nHai"
    assert [(text[start:end], level) for start, end, level in headings_of(blocks, text)] == [
        ("Tiêu đề", 1), ("Hai", 2),
    ]  # fmt: skip
    assert headings_of(blocks[:2], text) == ()
