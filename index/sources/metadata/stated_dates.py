"""Days of publication, as addresses and metadata write them."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from index.text.calendar import YEAR, day_of, in_vietnamese

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_WORDS = re.compile(
    r"(?<!\d)" + in_vietnamese(r"(\d{1,2})", r"(\d{1,2})", r"(\d{4})") + r"(?!\d)", re.IGNORECASE
)
# yyyymmdd, alone or followed by hours, minutes and perhaps seconds and milliseconds.
_STAMP = re.compile(rf"(?<!\d)({YEAR})(\d\d)(\d\d)(?:([01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{{3}})?)?)?(?!\d)")
_FOLDERS = re.compile(rf"/({YEAR})[/-](\d{{1,2}})[/-](\d{{1,2}})(?!\d)")


def parse_date(text: str) -> dt.date | None:
    """Return the first day that `text` names in full: 2024-07-12, 12/7/2024 or 12 tháng 7 năm 2024."""
    for pattern, order in ((_ISO, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0)), (_WORDS, (2, 1, 0))):
        if match := pattern.search(text):
            groups = match.groups()
            return day_of(*(int(groups[place]) for place in order))
    return None


def date_in_header(text: str) -> dt.date | None:
    """Return the day of a time as letters and feeds write it: `Fri, 12 Jul 2024 10:00:00 +0700`."""
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):  # the last of a year or zone of many digits
        return None


def date_in_address(url: str) -> dt.date | None:
    """Return the day that the path of an address carries: `/2024/07/12/…` or `…-20240712104353995.htm`."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in (_FOLDERS, _STAMP):
        for match in pattern.finditer(path):
            if day := day_of(*map(int, match.groups()[:3])):
                return day
    return None
