"""Days that a text names: in full, or relative to the day of its document. Vietnamese and English.

A grammar of our own: dateparser 1.4, measured, takes the score "2-1" and the street "đường 3/2" for days, and
"thứ Ba tuần trước" for two. What is no day of the calendar, and what only might be a day, is none.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.records import Dated
from index.text.calendar import (
    EN_WEEKDAY,
    ENGLISH_MONTHS,
    MONTH_NAME,
    VI_WEEKDAY,
    WEEKDAYS,
    YEAR,
    day_of,
    in_vietnamese,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names, and where: code points `start` to `end`."""

    date: dt.date
    how: Dated
    start: int
    end: int


_PART = r"sáng sớm|rạng sáng|sáng|trưa|chiều tối|chiều|tối|đêm|khuya"
# What makes a "22/4" a day, standing before it; "mỗi ngày 1/2 viên" is none.
_TRIGGER = (
    rf"(?<!mỗi )(?<!một )(?<!hai )(?<!hằng )(?<!hàng )(?<!từng )(?<!\d )"
    rf"\b(?:(?:{_PART})(?: ngày| mùng| mồng)?|ngày|hôm|mùng|mồng|(?:{VI_WEEKDAY}),?(?: ngày)?)\s+"
)
_IN_BRACKETS = rf"\b(?:nay|qua|mai|kia|ngày|hôm|{_PART}|{VI_WEEKDAY})\s*\((?:ngày )?"
_D, _M, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", rf"(?P<y>{YEAR})"
_BEFORE, _AFTER = r"(?<![\w/.,+-])(?<!đường )(?<!phố )(?<!số )", r"(?![\w/+-]|[.,]\d)"
_WHICH_YEAR = r"(?:\s+(?P<which>năm ngoái|năm trước|năm nay|năm sau|năm tới|tới|vừa qua|vừa rồi))?"

_FULL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BEFORE}(?:(?P<d0>\d{{1,2}})\s?[-–]\s?)?{_D}(?P<s>[/.-]){_M}(?P=s){_Y}{_AFTER}",
        rf"{_BEFORE}{_Y}(?P<s>[/-]){_M}(?P=s){_D}{_AFTER}",
        _BEFORE + in_vietnamese(_D, _M, _Y) + _AFTER,
    )
] + [
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<name>{MONTH_NAME}) {_D}(?:st|nd|rd|th)?,? {_Y}{_AFTER}",
        rf"{_BEFORE}{_D}(?:st|nd|rd|th)?(?: of)? (?P<name>{MONTH_NAME}),? {_Y}{_AFTER}",
    )
]
_DOSE = r"(?!\s*(?:viên|thìa|cốc|ly|lít|liều|gói|suất))"
_PARTIAL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_TRIGGER}|{_IN_BRACKETS})(?:(?P<d0>\d{{1,2}})\s?[-–]\s?)?{_D}[/-]{_M}{_AFTER}{_DOSE}{_WHICH_YEAR}",
        rf"{_TRIGGER}{_D} tháng {_M}(?![\w/]|,? năm \d|,? {YEAR}){_WHICH_YEAR}",
    )
] + [
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<name>{MONTH_NAME}) {_D}(?:st|nd|rd|th)?(?!\d|,? \d{{4}}|[.,:/%-]\d)\b",
        rf"\b(?:[Oo]n|[Tt]he) {_D}(?:st|nd|rd|th)?(?: of)? (?P<name>{MONTH_NAME})(?!,? \d{{4}})\b",
    )
]
_DAYS_AWAY = [
    (re.compile(pattern, re.IGNORECASE), days)
    for pattern, days in (
        (rf"\b(?:hôm|(?:{_PART})(?: hôm)?) nay\b", 0),
        (rf"\b(?:hôm|{_PART}|(?:{_PART}) hôm) qua\b", -1),
        (r"\bhôm kia\b", -2),
        (rf"\b(?:ngày|{_PART}) mai\b", 1),
        (r"\btoday\b", 0),
        (r"\byesterday\b", -1),
        (r"\btomorrow\b", 1),
    )
]
_DAYS_AGO = re.compile(r"\bcách đây (?P<n>\d{1,3}) ngày\b|\b(?P<en>\d{1,3}) days ago\b", re.IGNORECASE)
_WEEK = re.compile(rf"\b(?P<w>{VI_WEEKDAY}),? tuần (?P<k>trước|rồi|này|sau|tới)\b", re.IGNORECASE)
_RECENT = re.compile(
    rf"\bhôm (?P<w>{VI_WEEKDAY})\b(?! tuần)|\b(?P<w2>{VI_WEEKDAY}) (?P<k>vừa qua|vừa rồi|tới)\b"
    rf"|\b(?P<k3>on|last|next) (?P<w3>{EN_WEEKDAY})\b(?! (?:last|next) week)",
    re.IGNORECASE,
)
_WEEK_OF = {"trước": -1, "rồi": -1, "này": 0, "sau": 1, "tới": 1}
_YEARS_AWAY = {"năm ngoái": -1, "năm trước": -1, "năm nay": 0, "năm sau": 1, "năm tới": 1}

# Without one of these a sentence names no day; most end here, and cost little.
_MAYBE = re.compile(
    r"\d[/.–-]\s?\d|\d tháng|\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z]|[A-Z][a-z]{2,8}\.? \d"
    r"|\b(?:nay|qua|mai|kia|tuần|cách đây|hôm|rồi|tới|today|yesterday|tomorrow|ago|\w+day)\b",
    re.IGNORECASE,
)


def mentions(text: str, published: dt.date | None) -> tuple[Mention, ...]:
    """Return the days that a text names, in reading order; without `published` only those named in full."""
    if not _MAYBE.search(text):
        return ()
    found = [*_in_full(text), *(_by(text, published) if published else ())]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        # Of what overlaps the longest stands; both ends of "9-11/7" are one place.
        last = kept[-1] if kept else None
        if last is None or mention.start >= last.end or (mention.end == last.end and mention != last):
            kept.append(mention)
    return tuple(kept)


def _in_full(text: str) -> Iterator[Mention]:
    for pattern in _FULL:
        for match in pattern.finditer(text):
            year, month = int(match["y"]), _month(match)
            for day in _days(match):
                if date := day_of(year, month, day):
                    yield Mention(date, Dated.SENTENCE, match.start(), match.end())


def _by(text: str, published: dt.date) -> Iterator[Mention]:
    for pattern in _PARTIAL:
        for match in pattern.finditer(text):
            which = (match.groupdict().get("which") or "").lower()
            for day in _days(match):
                yield from _relative(_nearest(day, _month(match), published, which), match)
    for pattern, days in _DAYS_AWAY:
        for match in pattern.finditer(text):
            yield from _relative(_away(published, days), match)
    for match in _DAYS_AGO.finditer(text):
        yield from _relative(_away(published, -int(match["n"] or match["en"])), match)
    for match in _WEEK.finditer(text):
        monday = -published.weekday() + 7 * _WEEK_OF[match["k"].lower()]
        yield from _relative(_away(published, monday + WEEKDAYS[match["w"].lower()]), match)
    for match in _RECENT.finditer(text):
        yield from _relative(_away(published, _days_to_weekday(match, published.weekday())), match)


def _relative(date: dt.date | None, match: re.Match[str]) -> Iterator[Mention]:
    if date:
        yield Mention(date, Dated.RELATIVE, match.start(), match.end())


def _days_to_weekday(match: re.Match[str], today: int) -> int:
    """Return how far away the weekday is: "hôm thứ Ba" may be the day itself, "thứ Ba vừa qua" is over."""
    weekday = WEEKDAYS[(match["w"] or match["w2"] or match["w3"]).lower()]
    how = (match["k"] or match["k3"] or "on").lower()
    back = (today - weekday) % 7
    if how in ("tới", "next"):
        return 7 - back
    return -back if back or how == "on" else -7


def _days(match: re.Match[str]) -> list[int]:
    """Return the day, or both ends of "9-11/7"."""
    first = match.groupdict().get("d0")
    return [int(first), int(match["d"])] if first and int(first) < int(match["d"]) else [int(match["d"])]


def _month(match: re.Match[str]) -> int:
    name = match.groupdict().get("name")
    return ENGLISH_MONTHS[name.lower().rstrip(".")] if name else int(match["m"])


def _nearest(day: int, month: int, published: dt.date, which: str) -> dt.date | None:
    """Return the day in the year that is meant: the one said, else that which brings it nearest."""
    if which in _YEARS_AWAY:
        return day_of(published.year + _YEARS_AWAY[which], month, day)
    near = [day_of(year, month, day) for year in range(published.year - 1, published.year + 2)]
    dates = [date for date in near if date]
    if which == "tới":
        dates = [date for date in dates if date >= published]
    elif which:
        dates = [date for date in dates if date <= published]
    return min(dates, key=lambda date: abs(date - published), default=None)


def _away(published: dt.date, days: int) -> dt.date | None:
    try:
        date = published + dt.timedelta(days)
    except OverflowError:
        return None
    return day_of(date.year, date.month, date.day)
