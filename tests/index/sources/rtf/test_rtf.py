"""RTF as word processors write it: what a reader of the page sees, in its order and its letters."""

import pytest

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind, counted
from index.sources.files.files import HeldFile
from index.sources.files.limits import LONGEST_FIELD, Options
from index.sources.rtf.rtf import read_rtf
from index.sources.rtf.rtf_fonts import RtfFonts
from index.sources.rtf.rtf_text import RtfText
from index.text.prose import GAP
from tests.counting import calls
from tests.index.sources.problems import no_problem

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset163 Times New Roman;}{\f2\fcharset204 Arial;}"
    r"{\f3\fcharset2 Symbol;}{\f4\fcharset128 MS Mincho;}}"
)


def read(inside: str | bytes) -> Document:
    """Return what is read of a file with this in it."""
    data = inside if isinstance(inside, bytes) else inside.encode("latin-1")
    data = b"{\\rtf1\\ansi\\ansicpg1252\\deff0" + FONTS.encode() + data + b"}"
    (document,) = read_rtf(HeldFile("a.rtf", "a.rtf", data), no_problem, Options())
    return document


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"caf\'e9", "café"), (r"{\f1 Vi\'ea\'f2t}", "Việt"), (r"{\f2\'cc\'e8\'f0}", "Мир"),
        (r"{\f4\'93\'fa\'96\'7b}", "日本"), (r"{\f3\'61\'b3}", "α≥"), (r"Hu\u7871?", "Huế"),
        (r"\uc2 Hu\u7871??!", "Huế!"), (r"\u-10179?\u-8704?", "😀"), (r"a\~b\_c\-d", "a\u00a0b-cd"),
        (r"{\ldblquote A\rdblquote}\emdash B", "“A”—B"), (r"a\{b\}\\", r"a{b}\\"[:-1]),
        (r"{\upr{?}{\*\ud{Hu\u7871?}}}", "Huế"), (r"{\*\unheard of}x", "x"), (r"{\pict\bin4 }}}}}x", "x"),
    ],
)  # fmt: skip
def test_letters(written: str, text: str) -> None:
    """In the encoding of their font, in Unicode, or by name; what stands for them besides is passed over."""
    assert read(written).text == text


def test_rows_are_rows() -> None:
    """Cells are parted by tabs, paragraphs of a cell are one, and rows of a table in a cell stand alone."""
    row = r"\trowd\cellx1\cellx2\pard\intbl a\par b\cell c\cell\row\pard d\par "
    assert read(row).text == "a b\tc\n\nd"
    nested = (
        r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        r"\pard\intbl\itap1 a\cell b\cell\row\pard Sau."
    )
    assert read(nested).text == "a\tb\n\nx\ty\n\nSau."


def test_numbers_notes_boxes_and_links() -> None:
    """A number of a list is read, a bullet is not; notes and boxes follow, a link has only its words."""
    inside = (
        r"{\listtext\pard 1.\tab}Mot{\super\chftn}{\footnote\pard {\super\chftn} Ghi.}\par "
        r"{\listtext\'b7\tab}Hai {\field{\*\fldinst HYPERLINK x}{\fldrslt trang}}\par "
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Khung.\par}}{\shprslt Khung.}}Ba"
    )
    assert read(inside).text.split("\n\n") == ["1. Mot", "Ghi.", "Hai trang", "Ba", "Khung."]


def test_what_is_left_out_is_counted() -> None:
    """Heads, hidden text and equations; deleted text was never there."""
    found = read(r"{\header Dau}Th{\v giau}ay {\deleted bo}{\mmath{\*\moMath x}}.{\footer Cuoi\par}")
    assert found.text == f"Thay {GAP}."
    assert counted(found.remarks) == {RemarkKind.HEADS: 2, RemarkKind.HIDDEN: 1, RemarkKind.EQUATIONS: 1}


def test_groups_without_end() -> None:
    """Ten thousand groups in groups are damage; one that is never closed is read."""
    with pytest.raises(SourceError, match="damaged RTF"):
        read("{" * 10_000)
    assert read("a{b").text == "ab"


@pytest.mark.parametrize("word", ["title ", "author ", "creatim "])
def test_what_a_file_says_of_itself_is_kept_to_a_length(word: str) -> None:
    """It comes piece by piece: each added to all before, a long one would take quadratic time."""
    told = RtfText(rf"{{\rtf1{{\info{{\{word}" + r"a\'41\yr1" * 10_000 + "}}Van.}").told
    assert LONGEST_FIELD < len(told[word.strip()]) < 2 * LONGEST_FIELD


def test_the_name_of_a_font_is_kept_to_a_length() -> None:
    """It is looked at for each of its signs."""
    fonts = RtfFonts()
    for _ in range(1000):
        fonts.name(1, "Symbol")
    assert len(fonts._names[1]) < 200


def test_tables_in_tables_without_end() -> None:
    """Twice as many take less than 2.6 times the calls."""

    def reading(text: str) -> None:
        read("".join(rf"\itap{depth} a\par " for depth in range(len(text))))

    reading("x" * 400)
    shorter, longer = (calls(reading, "x" * count) for count in (400, 800))
    assert longer < 2.6 * shorter
