"""PDF text that nobody sees, and signs whose letters the file does not state."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind
from index.sources.pdf.unmapped import reads_as_words
from tests.index.sources.pdf.test_pdf import TEXT, drawing, read

UNSEEN = "Nobody sees this sentence on the page."
SEEN = "The library opens at seven and closes at eight in the evening."


def written(fonts: str, shown: str, objects: list[str]) -> bytes:
    """Return a PDF of one page, byte by byte: a sentence in Helvetica, then what is shown in font F1."""
    content = f"BT /F2 10 Tf 40 550 Td ({SEEN}) Tj ET BT /F1 12 Tf 40 500 Td {shown} Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<<"
        f"/F1 {fonts}/F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        *objects,
    ]
    body = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.7\n{body}trailer<</Size {len(parts) + 1}/Root 1 0 R>>\n%%EOF".encode()


def composite(ordering: str) -> str:
    """Return a font of many letters that is not in the file, whose numbers are those of a collection."""
    return (
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/CIDSystemInfo"
        f"<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>/FontDescriptor<</Type/FontDescriptor"
        "/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200"
        "/CapHeight 700/StemV 80>>>>]>>"
    )


def drawn_font(codes: list[int]) -> str:
    """Return a font whose signs are drawings with numbers for names."""
    names = "".join(f" {code} /a{place}" for place, code in enumerate(codes))
    drawings = "".join(f"/a{place} 5 0 R" for place in range(len(codes)))
    return (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 0"
        f"/LastChar 255/Widths[{'500 ' * 256}]/CharProcs<<{drawings}>>/Encoding<</Type/Encoding"
        f"/Differences[{names}]>>/Resources<<>>>>"
    )


DRAWING = "<</Length 34>>stream\n500 0 0 0 400 700 d1 0 0 400 700 re\nendstream"


@pytest.mark.parametrize("numbers", [[3001, 1422, 2555, 917] * 5, range(36, 66)])
def test_letters_of_a_font_without_a_collection_are_in_doubt(numbers: list[int]) -> None:
    """Their numbers are places in a font that the reader does not have, and no characters."""
    shown = "<" + "".join(f"{number:04X}" for number in numbers) + ">"
    with pytest.raises(SourceError, match="does not say which letters"):
        read(written(composite("Identity"), shown, []))


def test_some_such_letters_are_gaps() -> None:
    """The page is named, and the rest is read."""
    document, problems = read(written(composite("Identity"), "<0BB9058E>", []))
    assert document.text == f"{SEEN}\n\n\ufffd\ufffd"
    (told,) = document.remarks
    assert (told.kind, told.count, told.pages) == (RemarkKind.UNREAD_GLYPHS, 2, (1,))
    assert problems == [
        "a.pdf does not say which letters some of its signs are, on pages 1; there its text has gaps."
    ]


def test_letters_of_a_known_collection_are_read() -> None:
    """The font may be missing: numbers 1125 and 1126 of Adobe-Japan1 are 亜 and 唖."""
    document, problems = read(written(composite("Japan1"), "<04650466>", []))
    assert (document.text, problems) == (f"{SEEN}\n\n亜唖", [])


def test_drawn_signs_that_are_numbered_as_ascii_are_read() -> None:
    """Old programs write whole books so; numbered as they come, the same signs are in doubt."""
    sentence = "the quick brown fox jumps over the lazy dog and runs home"
    codes = sorted({ord(letter) for letter in sentence})
    document, _ = read(written(drawn_font(codes), f"({sentence})", [DRAWING]))
    assert document.text == f"{SEEN}\n\n{sentence}"
    document, _ = read(written(drawn_font([12, *codes]), f"({sentence} \\014les)", [DRAWING]))
    assert document.text.endswith("home \ufffdles")
    order = {letter: chr(33 + place) for place, letter in enumerate(dict.fromkeys(sentence))}
    shown = "".join(f"{ord(order[letter]):02X}" for letter in sentence)
    with pytest.raises(SourceError, match="does not say which letters"):
        read(written(drawn_font([ord(code) for code in order.values()]), f"<{shown}>", [DRAWING]))


@pytest.mark.parametrize(("left", "says"), [(100, "side \ufffd d"), (250, "side d\n\n\ufffd")])
def test_a_root_that_hangs_from_its_line_does_not_tear_it(left: int, says: str) -> None:
    """Formulas draw it above the letters that it stands between; what stands far from them is no part."""
    said = (
        "(\\014) Tj ET BT /F2 10 Tf 40 490 Td (The longest side) Tj ET "
        f"BT /F1 10 Tf {left + 13} 502 Td (\\014) Tj ET BT /F2 10 Tf 118.5 490 Td (d)"
    )
    document, _ = read(written(drawn_font([12]), said, [DRAWING]))
    assert document.text.endswith(says)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("the library opens at seven and closes at eight in the evening", True),
        ("".join(chr(ord(c) - 29) for c in "the library opens at seven and closes at eight" * 2), False),
        ("hi" * 60, True),  # half vowels: nothing speaks against it
        ("bcdfg" * 20, False),
        ("hi", False),
        ("ஹ֎৻Ε" * 20, False),
    ],
)
def test_reads_as_words(numbers: str, expected: bool) -> None:
    """A text in Latin letters has small letters, and vowels among them."""
    assert reads_as_words(numbers.replace(" ", "")) is expected


def _invisible(canvas: Canvas) -> None:
    text = canvas.beginText(40, 300)
    text.setTextRenderMode(3)
    text.textLine(UNSEEN)
    canvas.drawText(text)


def _above(canvas: Canvas) -> None:
    canvas.drawString(40, 900, UNSEEN)


def _beside(canvas: Canvas) -> None:
    canvas.drawString(-900, 300, UNSEEN)


def _cropped(canvas: Canvas) -> None:
    canvas.setCropBox((0, 400, 420, 595))
    canvas.drawString(40, 300, UNSEEN)


def _page(hide: Callable[[Canvas], None]) -> Document:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(TEXT):
            canvas.drawString(40, 500 - 14 * number, line)
        hide(canvas)

    return read(drawing(draw))[0]


@pytest.mark.parametrize("hide", [_invisible, _above, _beside, _cropped])
def test_what_nobody_sees_is_left_out_and_counted(hide: Callable[[Canvas], None]) -> None:
    """Drawn without ink, or beyond the edges of the page."""
    document = _page(hide)
    assert document.text.split() == " ".join(TEXT).split()
    (told,) = document.remarks
    assert (told.kind, told.count, told.pages, told.samples) == (RemarkKind.HIDDEN, 1, (1,), (UNSEEN,))


@pytest.mark.parametrize("left", [-60, 320])
def test_a_line_that_runs_over_the_edge_stays_whole(left: float) -> None:
    """Half of a sentence would say what nobody wrote."""
    document = _page(lambda canvas: canvas.drawString(left, 300, UNSEEN))
    assert document.text.endswith(UNSEEN)
    assert not document.remarks


def test_recognised_text_behind_a_picture_is_read() -> None:
    """A scanned page shows its words as a picture."""

    def scan(canvas: Canvas) -> None:
        canvas.drawInlineImage(_dot(), 0, 0, 300, 300)
        _invisible(canvas)

    assert UNSEEN in _page(scan).text


def _dot() -> object:
    from PIL import Image

    return Image.new("RGB", (8, 8), "white")
