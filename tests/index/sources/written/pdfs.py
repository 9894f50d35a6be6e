"""PDF files by reportlab and fpdf2."""

import datetime as dt
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from fpdf import FPDF
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from index.records import Dated
from index.remarks import Remark, RemarkKind
from tests.index.sources.written.cases import ARTICLE, ENGLISH, Read, Written, paragraphs
from tests.index.sources.written.font import font

_WIDE = tuple(" ".join([text] * 3) for text in ARTICLE)


def _register() -> None:
    pdfmetrics.registerFont(TTFont("Boxes", io.BytesIO(font())))


def platypus(
    pages: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    author: str | None = None,
    each_page: Callable[[Canvas, SimpleDocTemplate], None] | None = None,
    indent: float = 0.0,
    alignment: int = 0,
    space: float = 8.0,
) -> bytes:
    """Set paragraphs with reportlab, as many to a page as are given."""
    _register()
    written = io.BytesIO()
    template = SimpleDocTemplate(written, pagesize=A5, title=title, author=author, invariant=1)
    style = ParagraphStyle(
        "body",
        fontName="Boxes",
        fontSize=10,
        leading=14,
        spaceAfter=space,
        firstLineIndent=indent,
        alignment=alignment,
    )
    story: list[object] = []
    for number, texts in enumerate(pages):
        story += [PageBreak()] if number else []
        story += [Paragraph(text, style) for text in texts]
    nothing: Callable[[Canvas, SimpleDocTemplate], None] = lambda canvas, template: None  # noqa: E731
    template.build(story, onFirstPage=each_page or nothing, onLaterPages=each_page or nothing)
    return written.getvalue()


def fpdf2(pages: Sequence[Sequence[str]], *, title: str = "", author: str = "", language: str = "") -> bytes:
    """Set paragraphs with fpdf2."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "boxes.ttf"
        path.write_bytes(font())
        pdf = FPDF(format=(148, 210))
        pdf.add_font("Boxes", "", str(path))
    pdf.set_creation_date(dt.datetime(2024, 7, 12, 9, 30, tzinfo=dt.UTC))
    pdf.set_font("Boxes", size=10)
    if title:
        pdf.set_title(title)
    if author:
        pdf.set_author(author)
    if language:
        pdf.set_lang(language)
    for texts in pages:
        pdf.add_page()
        for text in texts:
            pdf.multi_cell(0, 5, text, align="L")
            pdf.ln(4)
    return bytes(pdf.output())


def drawn(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """Put lines at places of pages with reportlab: left and bottom in points, and the words."""
    _register()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A5, invariant=1)
    for lines in pages:
        canvas.setFont("Boxes", 10)
        for left, bottom, words in lines:
            canvas.drawString(left, bottom, words)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def column(lines: Sequence[str], left: float = 40.0, top: float = 500.0) -> list[tuple[float, float, str]]:
    """Put lines under each other, 14 points apart; an empty one leaves a gap."""
    return [(left, top - 14 * number, words) for number, words in enumerate(lines) if words]


def _starts(texts: Sequence[str]) -> tuple[int, ...]:
    """Return where each of some pages begins when one paragraph after another follows."""
    places: list[int] = []
    size = 0
    for text in texts:
        places.append(size)
        size += len(text) + 2
    return tuple(places)


def _heads(canvas: Canvas, template: SimpleDocTemplate) -> None:
    canvas.setFont("Boxes", 8)
    canvas.drawString(60, 570, "Báo cáo thường niên")
    canvas.drawCentredString(210, 20, f"Trang {canvas.getPageNumber()} / 5")


_HEADS = ("Báo cáo thường niên", *(f"Trang {number} / 5" for number in range(1, 6)))
_EPOCH = dt.date(2000, 1, 1)  # what reportlab writes where files are to be equal
_DAY = dt.date(2024, 7, 12)


def pdfs() -> list[Written]:
    """Return PDF files."""
    divided = [
        "Every member of the committee had read the infor-",
        "mation before the vote, and this well-",
        "known information was not disputed by anybody in",
        "the hall. The well had been known for its cold",
        "water, and it is known still, so a well is there.",
    ]
    across = [
        "Khoản viện trợ này sẽ được chuyển cho các địa phương",
        "trước tháng mười hai, theo lời của một quan chức",
    ]
    rest = ["không muốn nêu tên trước báo chí. Ông nói thêm rằng", "việc này còn cần nhiều thời gian."]
    left = ["Cột trái có một câu dài hơn một dòng nên phải", "xuống dòng giữa chừng."]
    right = ["Cột phải bắt đầu bằng một câu khác hẳn, cũng", "dài hơn một dòng như vậy."]
    five = [[text] for text in _WIDE[:3]] + [[ARTICLE[0]], [ARTICLE[1]]]
    return [
        Written(
            "pdf/mot-trang.pdf",
            platypus([_WIDE], title="Một trang", author="Nguyễn An"),
            (
                Read(
                    "pdf/mot-trang.pdf",
                    paragraphs(*_WIDE),
                    "Một trang",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    author="Nguyễn An",
                    pages=(0,),
                ),
            ),
        ),
        Written(
            "pdf/nam-trang.pdf",
            platypus(five, title="Năm trang"),
            (
                Read(
                    "pdf/nam-trang.pdf",
                    paragraphs(*(p[0] for p in five)),
                    "Năm trang",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=_starts([p[0] for p in five]),
                ),
            ),
        ),
        Written(
            "pdf/dau-trang.pdf",
            platypus(five, title="Báo cáo", each_page=_heads),
            (
                Read(
                    "pdf/dau-trang.pdf",
                    paragraphs(*(p[0] for p in five)),
                    "Báo cáo",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=_starts([p[0] for p in five]),
                    remarks=(Remark(RemarkKind.HEADS, 10, (1, 2, 3, 4, 5), _HEADS),),
                ),
            ),
        ),
        Written(
            "pdf/thut-dong.pdf",
            platypus([_WIDE], title="Thụt đầu dòng", indent=20, space=0),
            (
                Read(
                    "pdf/thut-dong.pdf",
                    paragraphs(*_WIDE),
                    "Thụt đầu dòng",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=(0,),
                ),
            ),
        ),
        Written(
            "pdf/canh-deu.pdf",
            platypus([_WIDE], title="Canh đều", alignment=4),
            (
                Read(
                    "pdf/canh-deu.pdf",
                    paragraphs(*_WIDE),
                    "Canh đều",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=(0,),
                ),
            ),
        ),
        Written(
            "pdf/khong-ten.pdf",
            platypus([[text] for text in ENGLISH]),
            (
                Read(
                    "pdf/khong-ten.pdf",
                    paragraphs(*ENGLISH),
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=_starts(ENGLISH),
                ),
            ),
        ),
        Written(
            "pdf/fpdf.pdf",
            fpdf2([ARTICLE[:2], ARTICLE[2:]], title="Bài của fpdf", author="Trần Bình", language="vi-VN"),
            (
                Read(
                    "pdf/fpdf.pdf",
                    paragraphs(*ARTICLE),
                    "Bài của fpdf",
                    date=_DAY,
                    dated=Dated.FILE,
                    author="Trần Bình",
                    language="vi",
                    pages=(0, len(paragraphs(*ARTICLE[:2])) + 2),
                ),
            ),
        ),
        Written(
            "pdf/chia-tu.pdf",
            drawn([column(divided)]),
            (
                Read(
                    "pdf/chia-tu.pdf",
                    "Every member of the committee had read the information before the vote, and this well-known "
                    "information was not disputed by anybody in the hall. The well had been known for its cold "
                    "water, and it is known still, so a well is there.",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=(0,),
                ),
            ),
        ),
        Written(
            "pdf/qua-trang.pdf",
            drawn([column(across), column(rest)]),
            (
                Read(
                    "pdf/qua-trang.pdf",
                    " ".join(across + rest),
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=(0, len(" ".join(across)) + 1),
                ),
            ),
        ),
        Written(
            "pdf/hai-cot.pdf",
            drawn([[*column(left), *column(right, 320.0)]]),
            (
                Read(
                    "pdf/hai-cot.pdf",
                    paragraphs(" ".join(left), " ".join(right)),
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=(0,),
                ),
            ),
        ),
        Written(
            "pdf/trang-trong.pdf",
            drawn([column(across[:1]), [], column(rest[1:])]),
            (
                Read(
                    "pdf/trang-trong.pdf",
                    f"{across[0]} {rest[1]}",
                    date=_EPOCH,
                    dated=Dated.FILE,
                    pages=(0, len(across[0]) + 1, len(across[0]) + 1),
                ),
            ),
        ),
        Written(
            "pdf/khoa-chu.pdf",
            _owned(),
            (Read("pdf/khoa-chu.pdf", ENGLISH[0], date=_DAY, dated=Dated.FILE, pages=(0,)),),
        ),
    ]


def _owned() -> bytes:
    """Return a file that anybody may read and only its owner may change."""
    pdf = FPDF(format=(148, 210))
    pdf.set_creation_date(dt.datetime(2024, 7, 12, 9, 30, tzinfo=dt.UTC))
    pdf.set_font("Helvetica", size=10)
    pdf.set_encryption(owner_password="chu", user_password="")  # noqa: S106 - a test's
    pdf.add_page()
    pdf.multi_cell(0, 5, ENGLISH[0], align="L")
    return bytes(pdf.output())
