"""PDF as programs write it: out of order, turned, in tables, with forms, with signs that say nothing."""

import io
import re
from collections.abc import Callable

import pytest
from fpdf import FPDF
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.records import Document
from index.remarks import RemarkKind
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.pdf.pdf import read_pdf
from index.text.segment import segment
from tests.index.sources.written.font import font

TEXT = (
    "Thư viện mở cửa từ bảy giờ đến hai mươi giờ, trừ ngày lễ.",
    "Mỗi bạn đọc được mượn năm cuốn sách trong mười bốn ngày.",
    "Ai làm mất sách phải đền gấp đôi giá bìa của cuốn đó.",
)


def drawing(draw: Callable[[Canvas], None], pages: int = 1, compress: int = 1) -> bytes:
    """Draw pages with reportlab."""
    pdfmetrics.registerFont(TTFont("Boxes", io.BytesIO(font())))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A5, invariant=1, pageCompression=compress)
    for _ in range(pages):
        canvas.setFont("Boxes", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def read(data: bytes) -> tuple[Document, list[str]]:
    """Read a file; return its document and what was reported."""
    problems: list[str] = []
    (document,) = read_pdf(HeldFile("a.pdf", "a.pdf", data), lambda e: problems.append(str(e)), Options())
    return document, problems


def width(text: str) -> float:
    """Return how wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, "Boxes", 10))


@pytest.mark.parametrize("late", ["ưệởửừờế", "aeiou", "T.,"])
@pytest.mark.parametrize("by_page", [False, True])
def test_letters_of_another_font_stand_in_their_place(late: str, by_page: bool) -> None:
    """Whether they are drawn after each line or after the whole page."""

    def draw(canvas: Canvas) -> None:
        waiting: list[tuple[float, float, str]] = []
        for number, line in enumerate(TEXT):
            x, y = 40.0, 500.0 - 16 * number
            for part in re.findall(f"[{late}]|[^{late}]+", line):
                if part in late:
                    waiting.append((x, y, part))
                else:
                    canvas.drawString(x, y, part)
                x += width(part)
            if not by_page or number == len(TEXT) - 1:
                for place in waiting:
                    canvas.drawString(*place)
                waiting.clear()

    assert read(drawing(draw))[0].text.split() == " ".join(TEXT).split()


def _upright(canvas: Canvas) -> None:
    for number, line in enumerate(TEXT):
        canvas.drawString(40, 500 - 14 * number, line)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90, 180, 270])
def test_turned_pages(turn: int, shown: int) -> None:
    """By an entry of the page, by its drawing, and by both."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize(A5[::-1] if shown % 180 else A5)  # it exchanges the sides of a page it turns
        canvas.setPageRotation(shown)
        canvas.translate(*{0: (0, 0), 90: (520, 20), 180: (420, 590), 270: (-100, 420)}[turn])
        canvas.rotate(turn)
        _upright(canvas)

    assert read(drawing(draw))[0].text.split() == " ".join(TEXT).split()


def test_lines_drawn_from_below() -> None:
    """As some programs and plotters do."""

    def draw(canvas: Canvas) -> None:
        for number in range(20, 0, -1):
            canvas.drawString(40, 560 - 20 * number, f"Dòng {number} nói một điều.")

    assert re.findall(r"\d+", read(drawing(draw))[0].text) == [str(number) for number in range(1, 21)]


ROWS = (
    ("Lỗi", "Mức phạt", "Căn cứ"),
    ("Trả sách chậm quá|ba mươi ngày", "20.000 đồng", "Điều 4"),
    ("Làm mất thẻ", "50.000 đồng, cấp lại|sau bảy ngày", "Điều 5"),
    ("Làm rách sách. Có|người chứng kiến", "100.000 đồng", "Điều 6"),
)


def _table(canvas: Canvas) -> None:
    top = 500.0
    for row in ROWS:
        for column, cell in enumerate(row):
            for number, line in enumerate(cell.split("|")):
                canvas.drawString((40, 180, 320)[column], top - 12 * number, line)
        top -= 12 * max(cell.count("|") + 1 for cell in row) + 6


def test_rows_of_a_table_stay_rows() -> None:
    """Each is a paragraph and a sentence of its own, whatever its cells hold."""
    document, _ = read(drawing(_table))
    expected = ["\t".join(cell.replace("|", " ") for cell in row) for row in ROWS]
    assert document.text.split("\n\n") == expected
    assert [document.text[span.start : span.end] for span in segment(document.text)] == expected


def test_two_columns_are_no_table() -> None:
    """The left one is read to its end."""

    def draw(canvas: Canvas) -> None:
        for left, word in ((40, "trái"), (230, "phải")):
            for number in range(12):
                canvas.drawString(left, 500 - 14 * number, f"dòng {number} ở bên {word}")

    text = " ".join(read(drawing(draw))[0].text.split())
    assert text.rindex("trái") < text.index("phải")


def test_items_of_lists_are_sentences() -> None:
    """Their labels are no cells."""

    def draw(canvas: Canvas) -> None:
        for number in range(3):
            canvas.drawString(40, 500 - 40 * number, f"{number + 1}.")
            canvas.drawString(70, 500 - 40 * number, "Một mục của danh sách. Có hai câu và")
            canvas.drawString(70, 486 - 40 * number, "xuống dòng một lần.")

    text = read(drawing(draw))[0].text
    assert text.split("\n\n")[1] == "2. Một mục của danh sách. Có hai câu và xuống dòng một lần."


@pytest.mark.parametrize("nothing", ["FFFE", "FFFD", "0000"])
def test_a_sign_that_says_nothing_is_no_hyphen(nothing: str) -> None:
    """It leaves a gap that is counted, and the page is named."""
    words = "difZculties stay difZcult for a while"
    data = drawing(lambda canvas: canvas.drawString(40, 500, words), compress=0)
    patched, count = re.subn(rb"<005A>", f"<{nothing}>".encode(), data)
    assert count
    document, problems = read(patched)
    assert "diculties" not in document.text
    (told,) = document.remarks
    assert (told.kind, told.count, told.pages) == (RemarkKind.UNREAD_GLYPHS, 2, (1,))
    assert problems == [
        "a.pdf does not say which letters some of its signs are, on pages 1; there its text has gaps."
    ]


def test_a_filled_form_is_read_where_it_stands() -> None:
    """Beside its label; what is ticked, empty or secret is no text."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 500, "Họ và tên:")
        canvas.drawString(40, 460, "Nơi sinh:")
        form = canvas.acroForm
        form.textfield(name="ten", value="Nguyen Thi Mai", x=130, y=494, width=200, height=20)
        form.textfield(name="noi", value="Hue", x=130, y=454, width=200, height=20)
        form.textfield(name="trong", value="", x=130, y=414, width=200, height=20)

    document, _ = read(drawing(draw))
    assert document.text.split("\n\n") == ["Họ và tên:\tNguyen Thi Mai", "Nơi sinh:\tHue"]
    (told,) = document.remarks
    assert (told.kind, told.count, told.samples) == (RemarkKind.FORMS, 2, ("Nguyen Thi Mai", "Hue"))


def test_text_boxes_that_people_see_are_read() -> None:
    """And counted."""
    pdf = FPDF(format=(148, 210))
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    pdf.cell(text="The meeting begins at nine.")
    pdf.free_text_annotation("Moved to ten o'clock.", x=20, y=80, w=80, h=10)
    document, _ = read(bytes(pdf.output()))
    assert document.text.split("\n\n") == ["The meeting begins at nine.", "Moved to ten o'clock."]
    (told,) = document.remarks
    assert (told.kind, told.count) == (RemarkKind.ANNOTATIONS, 1)


def test_running_heads_are_told() -> None:
    """How many, on which pages, and what they say."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 570, "Báo cáo thường niên")
        _upright(canvas)

    (told,) = read(drawing(draw, pages=4))[0].remarks
    assert (told.count, told.pages, told.samples) == (4, (1, 2, 3, 4), ("Báo cáo thường niên",))
