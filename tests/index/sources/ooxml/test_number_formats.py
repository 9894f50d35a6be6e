"""Cells as Excel shows them, with formats for English; workbooks are written by openpyxl."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from index.records import Document
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.ooxml.number_formats import formatted
from index.sources.ooxml.xlsx import read_xlsx

NOON = dt.datetime(2024, 7, 12, 14, 5, 9)
DONG = '_-* #,##0\\ "₫"_-;\\-* #,##0\\ "₫"_-;_-* "-"\\ "₫"_-;_-@_-'

Value = float | str | dt.date | dt.time | dt.timedelta


def _written(rows: list[list[tuple[Value, str]]], *, is_1904: bool = False) -> list[Document]:
    """Read a sheet of cells with their formats."""
    book = Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    for row, cells in enumerate(rows, 1):
        for column, (value, code) in enumerate(cells, 1):
            cell = sheet.cell(row, column, value)
            cell.number_format = code
    data = io.BytesIO()
    book.save(data)
    file = HeldFile("a.xlsx", "a.xlsx", data.getvalue())
    return list(read_xlsx(file, lambda problem: pytest.fail(str(problem)), Options()))


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (12, "#,##0", "12"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (7, "0000000", "0000007"),
        (5, "0,000", "0,005"),
        (912345678, "0000 000 000", "0912 345 678"),
        (5.25, "0.0##", "5.25"),
        (0.5, ".00", ".50"),
        (0.1234, "0.0%", "12.3%"),
        (-0.25, "0%", "-25%"),
        (1250000, '0.0,,"M"', "1.3M"),
        (1234.5, "$#,##0.00", "$1,234.50"),
        (1234.5, "[$€-2] #,##0.00", "€ 1,234.50"),
        (1234, "#,##0 [$₫-42A]", "1,234 ₫"),
        (1234, DONG, "1,234 ₫"),
        (0, DONG, "- ₫"),
        (-3, "0.0;[Red]-0.0", "-3.0"),
        (3, "[>=1000]#,##0;0.0", "3.0"),
        (3000, "[>=1000]#,##0;0.0", "3,000"),
        (12, '0" ngày"', "12 ngày"),
        (5, 'General" kg"', "5 kg"),
        (1.5, "# ?/?", "1 1/2"),
        (0.25, "# ??/??", "1/4"),
        (3, "# ?/?", "3"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.00E+00", "1.20E-04"),
        ("ab", '@" (cũ)"', "ab (cũ)"),
        ("ab", DONG, "ab"),
        ("00123", "@", "00123"),
        (NOON, "d/m/yyyy", "12/7/2024"),
        (NOON, "dd\\-mm\\-yy", "12-07-24"),
        (NOON, "dddd, d mmmm yyyy", "Friday, 12 July 2024"),
        (NOON, "yyyy/mm/dd hh:mm:ss", "2024/07/12 14:05:09"),
        (NOON, "h:mm AM/PM", "2:05 PM"),
        (NOON.date(), "dd.mm.yyyy", "12.07.2024"),
        (NOON.date(), "[$-409]d\\-mmm\\-yy;@", "12-Jul-24"),
        (NOON.date(), "[$-42A]dd/mm/yyyy", "12/07/2024"),
        (NOON.date(), '"ngày "dd" tháng "mm" năm "yyyy', "ngày 12 tháng 07 năm 2024"),
        (dt.time(0, 0), "h:mm AM/PM", "12:00 AM"),
        (dt.time(14, 5, 9, 300_000), "mm:ss.0", "05:09.3"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (dt.timedelta(minutes=95, seconds=7), "[mm]:ss", "95:07"),
        # Not known here, or another on each computer: as without a format.
        (NOON.date(), "mm-dd-yy", "2024-07-12"),
        (NOON.date(), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024-07-12"),
        (NOON.date(), "[$-42A]d mmmm yyyy", "2024-07-12"),
        (5, "[DBNum1]0", "5"),
        (1.25, "# ?/4", "1.25"),
        (5, "0" * 300, "5"),
    ],
)
def test_a_cell_as_it_is_shown(value: Value, code: str, shown: str) -> None:
    """The code mm-dd-yy is number 14, the short day of the computer that shows it."""
    (document,) = _written([[("Ô", "General"), (value, code)]])
    assert document.text == f"Ô\t{shown}"


def test_days_since_1904() -> None:
    """Workbooks of old Macintoshes count from there."""
    (document,) = _written([[("Ô", "General"), (NOON, "d/m/yyyy h:mm")]], is_1904=True)
    assert document.text == "Ô\t12/7/2024 14:05"


def test_zero_may_be_hidden() -> None:
    """A section without anything in it shows nothing."""
    (document,) = _written([[("Ô", "General"), (0, "0;-0;;@"), (2, "0;-0;;@")]])
    assert document.text == "Ô\t2"


def test_the_day_of_a_row_is_the_one_it_holds() -> None:
    """However it is shown: 7-12-24 alone would be the seventh of December."""
    document = _written(
        [
            [("Ngày", "@"), ("Nội dung", "@")],
            [(NOON, "m\\-d\\-yy"), ("Thư viện mở cửa.", "@")],
        ]
    )[0]
    assert (document.date, document.text) == (NOON.date(), "Thư viện mở cửa.")


def test_a_format_of_another_kind_of_value() -> None:
    """Is none for this one."""
    assert formatted(1.5, "d/m/yyyy") is None
    assert formatted(dt.time(9, 36), "d/m/yyyy") is None
    assert formatted(NOON, "0.00E+00") is None
    assert formatted(float("inf"), "0") is None
    assert formatted(dt.timedelta(-1), "[h]:mm") is None


def test_seconds_are_rounded_over_midnight() -> None:
    """Then it is the next day."""
    late = dt.datetime(2024, 12, 31, 23, 59, 59, 900_000)
    assert formatted(late, "d/m/yyyy h:mm:ss") == "1/1/2025 0:00:00"
