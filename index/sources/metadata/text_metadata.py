"""What plain text says about itself: heading, signature, source line, date line.

Nothing is guessed: what a document does not say is None.
"""

import datetime as dt
import re
from typing import NamedTuple

from index.records import Dated
from index.sources.metadata.language import is_vietnamese
from index.sources.metadata.stated_dates import parse_date
from index.text.calendar import VI_WEEKDAY

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*")
_LONGEST_HEADING = 160
_LONGEST_SIGNATURE = 80
_ENDS = 4_000  # code points of either end that are looked at
_STOPS = tuple('.!?…:;,"”')
_SOURCE = re.compile(
    r"(?:nguồn|source|theo|via|link|url)\b(?P<outlet>[^:\n]{0,100}):\s*(?P<url>https?://\S+)", re.IGNORECASE
)
_BARE_ADDRESS = re.compile(r"https?://\S+")
_SIGNATURE = re.compile(r"[^\W\d_][^()\n.!?]*\((?P<agency>[^()\n]{2,40})\)")
_DATE_LABEL = re.compile(r"(?:ngày(?: đăng| xuất bản)?|đăng ngày|date|published)\s*:", re.IGNORECASE)
_DATE_ALONE = re.compile(
    rf"(?:(?:{VI_WEEKDAY}),?\s+)?(?:ngày )?[\d/.-]{{8,10}}[\s,|-]*(?:\d{{1,2}}:\d\d)?", re.IGNORECASE
)

_VIETNAMESE = re.compile(r"ngày|đăng|thứ |chủ nhật", re.IGNORECASE)
_FIGURES = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")


class Origin(NamedTuple):
    """Where a text says it comes from."""

    source: str | None
    url: str | None


def heading(text: str) -> str | None:
    """Return the first line if it is a heading.

    That is a short line without a final stop, followed by a blank line, in a text of three or more blocks.
    """
    start = len(text) - len(text.lstrip())
    first = _BREAK.search(text, start, start + _LONGEST_HEADING + 2)
    blank = _BLANK.search(text, start, start + _ENDS)
    if not first or not blank or blank.start() != first.start():
        return None
    line = text[start : first.start()].strip()
    if len(line) > _LONGEST_HEADING or line.endswith(_STOPS) or not _BLANK.search(text.rstrip(), blank.end()):
        return None
    is_other = any(pattern.fullmatch(line) for pattern in (_SOURCE, _BARE_ADDRESS, _DATE_ALONE))
    return None if is_other or _DATE_LABEL.match(line) else line


def origin(text: str) -> Origin:
    """Return outlet and address from the end of `text`.

    A last line `Nguồn Tin Tức TTXVN: https://…` gives both; without an outlet there, a signature such as
    `Bích Liên (TTXVN)` in the last two lines gives what stands in its brackets.
    """
    lines = [line.strip() for line in _BREAK.split(text[-_ENDS:]) if line.strip()][-2:]
    source = url = None
    if lines and (match := _SOURCE.fullmatch(lines[-1])):
        source, url = match["outlet"].strip() or None, match["url"]
    elif lines and _BARE_ADDRESS.fullmatch(lines[-1]):
        url = lines[-1]
    if source is None:
        for line in reversed(lines):
            if len(line) <= _LONGEST_SIGNATURE and (match := _SIGNATURE.fullmatch(line)):
                source = match["agency"].strip()
                break
    return Origin(source, url)


def date_line(text: str) -> dt.date | None:
    """Return the day of a line near either end that is only a date, or is labelled as one.

    Several bare dates are a table. Only in Vietnamese does the day certainly come first; in other texts
    07/01/2015 is ambiguous and ignored, unless both numbers are equal or one cannot be a month.
    """
    lines = [line.strip() for line in _BREAK.split(text[:_ENDS]) if line.strip()][:4]
    if len(text) > _ENDS:
        lines += [line.strip() for line in _BREAK.split(text[-_ENDS:]) if line.strip()][-4:]
    lines = [line for line in lines if len(line) <= _LONGEST_SIGNATURE]
    day_first = is_vietnamese(text)
    labelled = [line for line in lines if _DATE_LABEL.match(line)]
    alone = dict.fromkeys(line for line in lines if _DATE_ALONE.fullmatch(line))
    for line in [*labelled, *alone] if len(alone) == 1 else labelled:
        day = parse_date(line)
        if day and (day_first or _VIETNAMESE.match(line) or not _is_either(line, day)):
            return day
    return None


def _is_either(line: str, day: dt.date) -> bool:
    """Tell whether a day written in figures could also be read in the other order."""
    return _FIGURES.search(line) is not None and day.day <= 12 and day.day != day.month


class Day(NamedTuple):
    """A day, and how it became known, which means nothing without a day."""

    date: dt.date | None
    dated: Dated


def day_of_text(text: str, created: dt.date | None) -> Day:
    """Return the day that a text states, else the creation date of its file.

    Args:
        text: Without the rows of tables, whose cells do not date a document.
        created: The creation date that the file states; perhaps long after the text.
    """
    stated = date_line(text)
    return Day(stated, Dated.STATED) if stated else Day(created, Dated.FILE if created else Dated.STATED)
