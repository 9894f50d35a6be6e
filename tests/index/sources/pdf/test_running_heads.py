"""Running heads are left out, and nothing that belongs to the text."""

import pytest

from index.sources.pdf.paragraphs import Line, Page
from index.sources.pdf.running_heads import running_heads, without
from tests.index.sources.pdf.test_paragraphs import FULL, lines, page


def heads(number: int, top: str = "Báo cáo năm 2024", foot: str = "Trang {}") -> Page:
    """Make a page with a running head and a number at its foot."""
    return page(
        lines(top, top=800), lines(FULL, "ngắn.", top=700 - number), lines(foot.format(number), top=30)
    )


def kept(pages: list[Page]) -> list[list[str]]:
    """Return what is left of pages."""
    return [[line.text for line in each.lines] for each in without(pages, running_heads(pages))]


@pytest.mark.parametrize("first", [1, 7, 123])
@pytest.mark.parametrize("foot", ["Trang {}", "{}", "- {} -", "Trang {} / 130", "Báo cáo 2024 | {}"])
def test_heads_and_page_numbers_are_left_out(foot: str, first: int) -> None:
    """What stands apart at one height of many pages, but for a number that counts them."""
    assert kept([heads(number, foot=foot) for number in range(first, first + 5)]) == [[FULL, "ngắn."]] * 5


def test_roman_numbers_count_pages() -> None:
    """Of a preface."""
    assert kept([heads(1, foot=number) for number in ("i", "ii", "iii", "iv")]) == [[FULL, "ngắn."]] * 4


def test_heads_of_chapters_are_left_out() -> None:
    """Each stands on a few pages, the place is taken on all."""
    pages = [heads(number, top=f"Chương {number // 4}") for number in range(12)]
    assert kept(pages) == [[FULL, "ngắn."]] * 12


@pytest.mark.parametrize("count", [1, 2])
def test_few_pages_have_no_running_heads(count: int) -> None:
    """Twice is no evidence."""
    pages = [heads(number) for number in range(count)]
    assert without(pages, running_heads(pages)) == pages


def test_only_margins_have_running_heads() -> None:
    """A line that stands on every page in the middle of the text stays."""
    pages = [page(lines("Điều khoản chung", top=420), lines(f"{FULL} {n}", top=300)) for n in range(5)]
    assert without(pages, running_heads(pages)) == pages


@pytest.mark.parametrize("step", [14.0, 20.0, 30.0])
def test_rows_that_differ_only_in_numbers_stay(step: float) -> None:
    """Of a log or a table that fills page after page: the first and the last of a page, too."""
    fit = int(760 / step)
    pages = [
        page(
            lines(
                *(f"Ngày {n * fit + row} đo được {100 + 3 * row} mm." for row in range(fit)),
                top=800,
                step=step,
            )
        )
        for n in range(6)
    ]
    assert without(pages, running_heads(pages)) == pages


def test_rows_below_a_head_stay() -> None:
    """The head goes, and the first row of each page stays, though it stands apart, too."""
    pages = [
        page(
            lines("Sổ đo", top=810),
            lines(f"Trạm {37 * n}: {11 * n} mm", top=780),
            lines(FULL, FULL, FULL, top=740),
        )
        for n in range(8)
    ]
    assert all(len(each) == 4 and each[0].startswith("Trạm") for each in kept(pages))


def test_lines_of_other_sizes() -> None:
    """A head of a smaller font, near to the text."""
    pages = [
        Page((Line("TCVN 5712", 50, 100, 780, 787), *lines(FULL, FULL, FULL, top=755)), 842.0)
        for _ in range(4)
    ]
    assert kept(pages) == [[FULL] * 3] * 4
