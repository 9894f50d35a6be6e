"""The day of a document by what stands around its text: its dateline, the name of its file."""

import datetime as dt
import re

from index.text.calendar import MONTH_NAME, YEAR, day_of, in_vietnamese
from index.text.dates import mentions

_FILE_NAME = re.compile(
    rf"(?<!\d)(?P<y>{YEAR})(?P<s>[-_./]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})(?P<s2>[-_.])(?P<m2>\d{{1,2}})(?P=s2)(?P<y2>{YEAR})(?!\d)"
)
_PLACE = r"[^\W\d_a-z][\w.]*(?:[ -][^\W\d_a-z][\w.]*){0,4}"
_IN_VIETNAMESE = in_vietnamese(r"\d{1,2}", r"\d{1,2}", r"\d{4}")
_DATE = (
    rf"(?:(?:ngày )?\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}"
    rf"|(?:ngày )?{_IN_VIETNAMESE}"
    rf"|(?:{MONTH_NAME}) \d{{1,2}}, \d{{4}}|\d{{1,2}} (?:{MONTH_NAME}),? \d{{4}})"
)
_DATELINE = re.compile(
    rf"[ \t]*+(?:(?P<place>{_PLACE}) *+(?:\([^()\n]{{2,30}}\) *+)?(?:[,–—-] *+)?\(?|\(?)"
    rf"(?P<date>{_DATE})\)?[ \t]*+(?:\([^()\n]{{2,30}}\)[ \t]*+)?(?P<end>[–—:-]|\r?$)",
    re.MULTILINE,
)
# Alone such a date is a line of a table or of the metadata, which `metadata.date_line` weighs.
_NO_DATELINE = re.compile(r"ngày|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*$")
_OPENING, _LINES = 600, 4


def in_file_name(name: str, *, day_first: bool = False) -> dt.date | None:
    """Return the one day that a file name carries: year first, or day first where that is certain.

    Args:
        name: The name, perhaps with folders.
        day_first: Whether who wrote it writes the day before the month; else 05-01-2024 is no day.
    """
    days = set()
    for match in _FILE_NAME.finditer(name):
        if match["y"]:
            days.add(day_of(int(match["y"]), int(match["m"]), int(match["d"])))
            continue
        year, month, day = int(match["y2"]), int(match["m2"]), int(match["d2"])
        is_certain = day_first or day > 12 or day == month
        days.add(day_of(year, month, day) if is_certain else None)
    return days.pop() if len(days) == 1 else None


def dateline(text: str) -> dt.date | None:
    """Return the day of the line that opens a report, such as "Hà Nội, 22/4/2024" or "April 22, 2024 –"."""
    places = [match.start() for match in re.finditer(r"^(?=.*\S)", text[:_OPENING], re.MULTILINE)][:_LINES]
    for place in places:
        match = _DATELINE.match(text, place)
        if match and (match["place"] or not _NO_DATELINE.match(match["date"] + match["end"])):
            found = mentions(match["date"], None)
            if len(found) == 1 and text[match.start() : match.end()].strip():
                return found[0].date
    return None
