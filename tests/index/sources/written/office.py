"""Word documents by python-docx and books by EbookLib."""

import datetime as dt
import io
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from index.records import Dated
from tests.index.sources.written.cases import ARTICLE, DAY, ENGLISH, Read, Written, paragraphs
from tests.index.sources.written.texts import tcvn3

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(fill: Callable[[WordDocument], None], **properties: object) -> bytes:
    """Write a Word document."""
    document = docx.Document()
    said = {
        "author": "",
        "created": dt.datetime(2024, 7, 12, 9, 30),
        "title": "",
        "language": "",
    } | properties
    for name, value in said.items():
        setattr(document.core_properties, name, value)
    fill(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _article(document: WordDocument) -> None:
    for text in ARTICLE:
        document.add_paragraph(text)


def _structured(document: WordDocument) -> None:
    document.add_heading("Báo cáo năm", 0)
    document.add_paragraph(ARTICLE[0])
    document.add_heading("Phần một", 1)
    document.add_paragraph("Việc thứ nhất", style="List Bullet")
    document.add_paragraph("Việc thứ hai", style="List Bullet")


def _table(document: WordDocument) -> None:
    document.add_paragraph("Bảng sau đây.")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("Nước", "Năm", "Tỷ đồng"), ("Đức", "2024", "40")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_paragraph("Sau bảng.")


def _tracked(document: WordDocument) -> None:
    xml = (
        f'<w:p {_NS}><w:r><w:t xml:space="preserve">Khoản này là </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>ba mươi</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>bốn mươi</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> tỷ đồng.</w:t></w:r></w:p>'
    )
    document.element.body.insert(0, parse_xml(xml))


def _controls(document: WordDocument) -> None:
    xml = f"<w:sdt {_NS}><w:sdtContent><w:p><w:r><w:t>Trong khung nội dung.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(xml))
    link = (
        f'<w:p {_NS}><w:r><w:t xml:space="preserve">Xem </w:t></w:r><w:hyperlink><w:r><w:t>trang này</w:t></w:r>'
        '</w:hyperlink><w:r><w:t xml:space="preserve"> nhé.</w:t><w:br/><w:t>Dòng dưới.</w:t></w:r></w:p>'
    )
    document.element.body.insert(1, parse_xml(link))


def _old_font(document: WordDocument) -> None:
    for text in ARTICLE:
        document.add_paragraph(tcvn3(text).decode("latin-1"))


def books() -> list[Written]:
    """Return Word documents and books."""
    return [
        Written(
            "docx/bai.docx",
            word(_article, title="Bài báo", author="Nguyễn An", language="vi-VN"),
            (
                Read(
                    "docx/bai.docx",
                    paragraphs(*ARTICLE),
                    "Bài báo",
                    date=DAY,
                    dated=Dated.FILE,
                    author="Nguyễn An",
                    language="vi",
                ),
            ),
        ),
        Written(
            "docx/muc.docx",
            word(_structured),
            (
                Read(
                    "docx/muc.docx",
                    paragraphs("Báo cáo năm", ARTICLE[0], "Phần một", "Việc thứ nhất", "Việc thứ hai"),
                    "Báo cáo năm",
                    date=DAY,
                    dated=Dated.FILE,
                ),
            ),
        ),
        Written(
            "docx/bang.docx",
            word(_table, title="Bảng"),
            (
                Read(
                    "docx/bang.docx",
                    paragraphs("Bảng sau đây.", "Nước\tNăm\tTỷ đồng", "Đức\t2024\t40", "Sau bảng."),
                    "Bảng",
                    date=DAY,
                    dated=Dated.FILE,
                ),
            ),
        ),
        Written(
            "docx/sua.docx",
            word(_tracked, title="Sửa"),
            (Read("docx/sua.docx", "Khoản này là bốn mươi tỷ đồng.", "Sửa", date=DAY, dated=Dated.FILE),),
        ),
        Written(
            "docx/khung.docx",
            word(_controls, title="Khung"),
            (
                Read(
                    "docx/khung.docx",
                    paragraphs("Trong khung nội dung.", "Xem trang này nhé.\nDòng dưới."),
                    "Khung",
                    date=DAY,
                    dated=Dated.FILE,
                ),
            ),
        ),
        Written(
            "docx/vntime.docx",
            word(_old_font, title=tcvn3("Bế mạc hội nghị").decode("latin-1")),
            (Read("docx/vntime.docx", paragraphs(*ARTICLE), "Bế mạc hội nghị", date=DAY, dated=Dated.FILE),),
        ),
        Written(
            "docx/ten-sai.txt",
            word(_article, title="Tên sai"),
            (Read("docx/ten-sai.txt", paragraphs(*ARTICLE), "Tên sai", date=DAY, dated=Dated.FILE),),
        ),
        Written(
            "epub/sach.epub",
            book(_CHAPTERS, title="Sách thử", authors=["Lê Cường"], date="2024-07-12"),
            (Read("epub/sach.epub", _BOOK, "Sách thử", date=DAY, author="Lê Cường", language="vi"),),
        ),
        Written(
            "epub/hai-tac-gia.epub",
            book(_CHAPTERS, title="Hai tác giả", authors=["An", "Bình"], publisher="Nhà xuất bản Trẻ"),
            (
                Read(
                    "epub/hai-tac-gia.epub",
                    _BOOK,
                    "Hai tác giả",
                    "Nhà xuất bản Trẻ",
                    author="An, Bình",
                    language="vi",
                ),
            ),
        ),
        Written(
            "epub/nguoc.epub",
            book(_CHAPTERS, title="Thứ tự đọc", order=[1, 0]),
            (Read("epub/nguoc.epub", "\n\n".join(reversed(_SPOKEN)), "Thứ tự đọc", language="vi"),),
        ),
        Written(
            "epub/english.epub",
            book([f"<h1>One</h1><p>{ENGLISH[0]}</p>"], title="A Book", language="en-GB"),
            (Read("epub/english.epub", paragraphs("One", ENGLISH[0]), "A Book", language="en"),),
        ),
        Written(
            "epub/bang.epub",
            book(
                [
                    "<h2>Bảng</h2><table><tr><th>Nước</th><th>Tỷ</th></tr><tr><td>Đức</td>"
                    "<td>40</td></tr></table><p>Hết<br/>rồi.</p>"
                ],
                title="Bảng",
            ),
            (
                Read(
                    "epub/bang.epub",
                    paragraphs("Bảng", "Nước\tTỷ", "Đức\t40", "Hết\nrồi."),
                    "Bảng",
                    language="vi",
                ),
            ),
        ),
    ]


_CHAPTERS = [
    f"<h1>Chương một</h1><p>{ARTICLE[0]}</p><script>alert('x')</script><p>Chữ <b>đậm</b> và <i>nghiêng</i>.</p>",
    f"<h1>Chương hai</h1><blockquote><p>{ARTICLE[2]}</p></blockquote><ul><li>Một</li><li>Hai</li></ul>",
]
_SPOKEN = (
    paragraphs("Chương một", ARTICLE[0], "Chữ đậm và nghiêng."),
    paragraphs("Chương hai", ARTICLE[2], "Một", "Hai"),
)
_BOOK = "\n\n".join(_SPOKEN)


def book(
    chapters: Sequence[str],
    *,
    title: str,
    authors: Sequence[str] = (),
    language: str = "vi",
    date: str = "",
    publisher: str = "",
    order: Sequence[int] | None = None,
) -> bytes:
    """Write a book."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # EbookLib's own, of its imports
        from ebooklib import epub

        written = epub.EpubBook()
        written.set_identifier("thu")
        written.set_title(title)
        written.set_language(language)
        for number, author in enumerate(authors):
            written.add_author(author, uid=f"author-{number}")
        if date:
            written.add_metadata("DC", "date", date)
        if publisher:
            written.add_metadata("DC", "publisher", publisher)
        pages = []
        for number, content in enumerate(chapters):
            page = epub.EpubHtml(title=f"Chương {number}", file_name=f"text/c{number}.xhtml", lang=language)
            page.content = content
            written.add_item(page)
            pages.append(page)
        written.toc = pages
        written.add_item(epub.EpubNcx())
        written.add_item(epub.EpubNav())
        written.spine = ["nav", *(pages[number] for number in order or range(len(pages)))]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.epub"
            epub.write_epub(str(path), written)
            return path.read_bytes()
