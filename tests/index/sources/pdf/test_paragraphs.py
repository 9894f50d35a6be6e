"""Lines on pages become running text."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Document
from index.sources.pdf.lines import segments_of
from index.sources.pdf.page import Glyph
from index.sources.pdf.paragraphs import Line, Page, run_together

WIDTH = 400.0


def lines(*texts: str, top: float = 700.0, left: float = 50.0, step: float = 14.0) -> list[Line]:
    """Set texts under each other, ten points high and five points a letter; empty ones leave a gap."""
    return [
        Line(text, left, left + 5.0 * len(text), top - step * n, top - step * n + 10)
        for n, text in enumerate(texts)
        if text
    ]


def page(*parts: list[Line]) -> Page:
    """Make a page 842 points high."""
    return Page(tuple(line for part in parts for line in part), 842.0)


FULL = "một dòng đầy đủ cho đến tận mép phải của trang giấy"
JOINED: list[tuple[list[Line], str]] = [
    (lines(FULL, "rồi hết."), f"{FULL} rồi hết."),
    (lines(FULL, "ngắn.", FULL), f"{FULL} ngắn.\n\n{FULL}"),
    (lines(FULL, "", FULL), f"{FULL}\n\n{FULL}"),
    (lines(FULL, "- một mục"), f"{FULL}\n\n- một mục"),
    (lines(FULL, "1. một mục"), f"{FULL}\n\n1. một mục"),
    (
        lines("cuộc họp có năm mươi ba người dự với hai phiên họp-", FULL),
        f"cuộc họp có năm mươi ba người dự với hai phiên họp-{FULL}",
    ),
    (
        lines("this is a long line of a paper that divides infor-", "mation in the middle"),
        "this is a long line of a paper that divides information in the middle",
    ),
    (
        lines("this is a long line of a paper that divides infor\u00ad", "mation in the middle"),
        "this is a long line of a paper that divides information in the middle",
    ),
    (
        lines("this is a long line that ends in a name of Saint-", "Petersburg in the middle of its name."),
        "this is a long line that ends in a name of Saint-Petersburg in the middle of its name.",
    ),
    (
        lines("well known, well known, and this one it is well-", "known in the middle"),
        "well known, well known, and this one it is well-known in the middle",
    ),
    (
        lines("the well-being of everybody is a matter of well-", "being in the middle"),
        "the well-being of everybody is a matter of well-being in the middle",
    ),
    (
        lines("a line that ends in a dash of its own that is -", "and goes on after it"),
        "a line that ends in a dash of its own that is - and goes on after it",
    ),
]


@pytest.mark.parametrize(("given_lines", "expected"), JOINED)
def test_lines_are_joined(given_lines: list[Line], expected: str) -> None:
    """Lines of a paragraph by a space, paragraphs by an empty line, divided words where they are one."""
    assert run_together([page(given_lines)]).text == expected


def test_an_indented_line_begins_a_paragraph() -> None:
    """Where paragraphs are told apart by their first line only."""
    first = lines(FULL, top=700)
    indented = lines(FULL, top=686, left=70)
    assert run_together([page(first, indented)]).text == f"{FULL}\n\n{FULL}"


def test_a_larger_line_is_a_heading() -> None:
    """Whatever its distance."""
    heading = [Line("Tiêu đề lớn của cả bài báo này", 50, 300, 700, 720)]
    assert run_together([page(heading, lines(FULL, top=686))]).text.startswith(
        "Tiêu đề lớn của cả bài báo này\n\n"
    )


def test_a_sentence_goes_on_over_pages() -> None:
    """The second page begins at its first word; empty pages begin where the next one does."""
    running = run_together([page(lines(FULL)), page(), page(lines("và hết.")), page()])
    assert running.text == f"{FULL} và hết."
    assert running.pages == (0, len(FULL) + 1, len(FULL) + 1, len(running.text))
    document = Document("a.pdf", running.text, pages=running.pages)
    assert [document.page_at(place) for place in (0, len(FULL), len(FULL) + 1)] == [1, 1, 3]


def test_a_paragraph_ends_with_its_page() -> None:
    """Where a sentence has ended, or the next page begins with a capital."""
    assert run_together([page(lines(f"{FULL}.")), page(lines("rồi"))]).text == f"{FULL}.\n\nrồi"
    assert run_together([page(lines(FULL)), page(lines("Rồi"))]).text == f"{FULL}\n\nRồi"


def test_a_line_that_reaches_over_the_edge_divides_nothing() -> None:
    """Of justified text with a line of code that is too wide."""
    body = [Line(FULL, 50, 300, 700 - 14 * n, 710 - 14 * n) for n in range(6)]
    wide = Line("x" * 80, 50, 450, 500, 510)
    assert run_together([page([*body, wide])]).text == f"{' '.join([FULL] * 6)}\n\n{wide.text}"


def test_a_row_joins_nothing() -> None:
    """However its last cell ends, and however the next row begins."""
    rows = [Line(f"a\tcủa {n}", 50, 200, 700 - 14 * n, 710 - 14 * n, is_row=True) for n in range(3)]
    assert run_together([page(rows), page(rows[:1])]).text == "a\tcủa 0\n\na\tcủa 1\n\na\tcủa 2\n\na\tcủa 0"


def test_lines_that_all_end_sentences_are_paragraphs() -> None:
    """Of a log, whose lines are equally long."""
    log = [f"Ngày {n} trạm đo được mưa." for n in range(1, 8)]
    assert run_together([page(lines(*log))]).text == "\n\n".join(log)


words = st.text(st.sampled_from("aăâ bđe1.-\u00ad"), min_size=1, max_size=30).map(str.strip).filter(bool)
boxes = st.tuples(words, st.integers(0, 300), st.integers(0, 800))


@given(st.lists(st.lists(boxes, max_size=8), min_size=1, max_size=6))
def test_nothing_but_hyphens_is_lost(drawn: list[list[tuple[str, int, int]]]) -> None:
    """Wherever lines stand, their letters are all there in their order, and pages ascend within the text."""
    pages = [
        Page(tuple(Line(t, x, x + 5.0 * len(t), y, y + 10.0) for t, x, y in drawn_page), 842.0)
        for drawn_page in drawn
    ]
    running = run_together(pages)
    kept = [line.text for each in pages for line in each.lines]
    letters = [c for c in "".join(kept) if c not in " \n-\u00ad"]
    assert [c for c in running.text if c not in " \n-\u00ad"] == letters
    assert list(running.pages) == sorted(running.pages)
    assert len(running.pages) == len(pages)
    assert Counter(running.text)["\0"] == 0
    assert not running.pages or 0 <= running.pages[0] <= running.pages[-1] <= len(running.text)


def test_a_ligature_is_two_letters_and_a_bold_one_is_one() -> None:
    """Both letters of ff stand in one place, as wide as two; what is drawn twice is read once."""

    def said(*letters: tuple[str, float, float]) -> str:
        glyphs = [Glyph(text, left, right, 100.0, 10.0, 0, False) for text, left, right in letters]
        return " ".join(segment.line.text for segment in segments_of(glyphs))

    assert said(("o", 0, 5), ("f", 5, 11), ("f", 5, 11), ("i", 5, 11), ("e", 11, 16)) == "offie"
    assert said(("o", 0, 5), ("f", 5, 8), ("f", 5, 8), ("e", 8, 13)) == "ofe"
    assert said(("o", 0, 5), ("m", 5, 13), ("m", 5.3, 13.3), ("e", 13, 18)) == "ome"


def test_a_lowered_letter_stays_in_its_column() -> None:
    """As the E of TeX's own name does, also where a line of the column beside it is nearer to its base."""

    def word(letters: str, left: float, base: float) -> list[Glyph]:
        return [
            Glyph(letter, left + 5 * place, left + 5 * place + 5, base, 10.0, 0, False)
            for place, letter in enumerate(letters)
        ]

    name = [*word("T", 50, 600), *word("E", 54, 597.8), *word("X", 58, 600)]
    beside = word("next", 200, 597)
    for glyphs in ([*name, *beside], [*beside, *name]):
        assert sorted(segment.line.text for segment in segments_of(glyphs)) == ["TEX", "next"]
