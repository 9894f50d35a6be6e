"""The calendar as texts write it: names of months and weekdays, and which numbers are a day. Pure."""

import datetime as dt
from typing import Final

EARLIEST, LATEST = 1900, 2100

YEAR: Final = r"(?:19|20)\d\d"
"""A year in figures, as a pattern."""

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS: Final = {
    name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in (3, 4, len(name))
}
"""The numbers of months by name and abbreviation, without a full stop."""

MONTH_NAME: Final = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?|" + "|".join(MONTHS)
"""Names of months in English as a pattern; a capital tells "May" from "may"."""

VIETNAMESE_MONTH: Final = frozenset({"tháng", "thang"})
"""What stands before the number of a month, with and without its accent."""

WEEKDAYS: Final = {
    "thứ hai": 0, "thứ 2": 0, "thứ ba": 1, "thứ 3": 1, "thứ tư": 2, "thứ 4": 2, "thứ năm": 3, "thứ 5": 3,
    "thứ sáu": 4, "thứ 6": 4, "thứ bảy": 5, "thứ 7": 5, "chủ nhật": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
"""Weekdays counted from Monday, which is 0."""

VI_WEEKDAY: Final = r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
EN_WEEKDAY: Final = "|".join(DAYS)


def in_vietnamese(day: str, month: str, year: str) -> str:
    """Return the pattern of a day such as "12 tháng 7 năm 2024", from the patterns of its numbers."""
    return rf"{day} tháng {month},?(?: năm)? {year}"


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """Return a day of the calendar, from 1900 to 2100, or None."""
    try:
        return dt.date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
