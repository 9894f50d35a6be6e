"""Dates in figures, such as 22/4 or 4月22日, and figures that are neither date nor number: scores, times."""

import re
from functools import lru_cache
from typing import NamedTuple

from index.concepts.table import words
from index.concepts.tokens import Concept
from index.text.vietnamese import has_own_letter

_ENGLISH = re.compile(r"\b(?:the|of|on|and|in|was|is|did)\b", re.IGNORECASE)

_DAY, _MONTH = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])"
_CHINESE = "一二三四五六七八九十"
_NUMERAL = re.compile(
    rf"(?=[\d+{_CHINESE}])(?:(?<![\d.,/])(?P<iso>(?P<iy>[12]\d{{3}})-(?P<im>{_MONTH})-(?P<id>{_DAY})(?!\d|-\d))"
    rf"|(?<![\d.,/-])(?P<full>(?P<fd>\d\d?)(?P<fs>[/.-])(?P<fm>\d\d?)(?P=fs)(?P<fy>[12]\d{{3}})(?!\d))"
    rf"|(?<![\d.,/-])(?P<range>(?P<r1>{_DAY})\s?[-–]\s?(?P<r2>{_DAY})/(?P<rm>{_MONTH})(?:/(?P<ry>[12]\d{{3}}))?(?![\d/]))"
    rf"|(?<![\d.,/-])(?P<monthyear>(?P<ym>{_MONTH})/(?P<yy>[12]\d{{3}})(?![\d/]))"
    r"|(?<![\d.,/:-])(?P<short>(?P<s1>\d\d?)/(?P<s2>\d\d?)(?![\d/:]|[.,]\d|-\d))"
    rf"|(?<![\d.,/:-])(?P<dash>(?P<dd>{_DAY})-(?P<dm>{_MONTH})(?![\d/:-]|[.,]\d))"
    rf"|(?P<cjk>(?:(?P<cy>[12]\d{{3}})\s?[年년]\s?)?(?P<cm>(?<!\d){_MONTH}|(?<![{_CHINESE}])[{_CHINESE}]{{1,2}})"
    rf"\s?[月월](?!間|间)(?:\s?(?P<cd>{_DAY}|[{_CHINESE}]{{1,3}})\s?[日号號일])?)"
    r"|(?P<nothing>(?:\+|(?<![\d.,])0)\d{1,4}(?:[ .-]?\d{2,4}){2,}(?!\d)"  # telephone numbers
    r"|(?<!\d)\d+(?:[-–:/]\d+)+|\d{1,2}[hg]\d{2}(?!\d)))"  # scores, times, ranges, fractions
)
_DAY_WORDS = words(
    "ngày sáng trưa chiều tối đêm hôm rạng mùng mồng ngay sang trua chieu toi dem hom vào từ đến tới "
    "trước sau "
    "am vom den bis le du au el del dal il on since until от до с"
)
_TABLE_WORDS = words("tỷ tỉ số lệ tỉ_số điểm score chiếm khoảng gần hơn tới_hơn than about")


class Marked(NamedTuple):
    """Characters of a text that are read together, and what they say, if anything."""

    start: int
    end: int
    concepts: tuple[Concept, ...]


def numerals(text: str) -> list[Marked]:
    """Return dates in figures, and what is not a number: times, scores, fractions, telephone numbers."""
    return [_marked(match) for match in _NUMERAL.finditer(text)]


def _marked(match: re.Match[str]) -> Marked:
    start, end = match.span()
    day = month = year = ""
    days: list[str] = []
    if match["iso"]:
        year, month, day = match["iy"], match["im"], match["id"]
    elif match["full"]:
        (day, month), year = _in_order(match["fd"], match["fm"], match), match["fy"]
    elif match["range"]:
        month, year, days = match["rm"], match["ry"] or "", [match["r1"], match["r2"]]
    elif match["monthyear"]:
        month, year = match["ym"], match["yy"]
    elif match["short"]:
        day, month = _shortdate_concepts(match)
    elif match["dash"] and _word_before(match) in ("ngày", "ngay", "mùng"):
        day, month = match["dd"], match["dm"]
    elif match["cjk"]:
        year, month, day = match["cy"] or "", _chinese(match["cm"]), _chinese(match["cd"] or "")
    return Marked(start, end, date_concepts(start, end, days or [day] * bool(day), month, year))


def date_concepts(start: int, end: int, days: list[str], month: str, year: str) -> tuple[Concept, ...]:
    """Return what a date says, nothing if it is in no calendar; unknown parts are empty."""
    found: list[Concept] = []
    if month and 1 <= int(month) <= 12 and all(1 <= int(day) <= 31 for day in days):
        found = [Concept(f"date:{int(month)}-{int(day)}", start, end) for day in days]
        found.append(Concept(f"month:{int(month)}", start, end))
        if year:
            found.append(Concept(f"year:{int(year)}", start, end))
    return tuple(found)


def _in_order(one: str, other: str, match: re.Match[str]) -> tuple[str, str]:
    """Return day and month: the day comes first unless it cannot, or the text is English."""
    if int(other) > 12 and match["full"] and match["fs"] == "/":
        return other, one
    if max(int(one), int(other)) <= 12 and match["fs"] == "/" and _is_english(match.string):
        return other, one
    return one, other


def _shortdate_concepts(match: re.Match[str]) -> tuple[str, str]:
    """Return day and month of 22/4, nothing of a fraction, a score or 24/7."""
    one, other, text = int(match["s1"]), int(match["s2"]), match.string
    told = _word_before(match) in _DAY_WORDS or (
        text[match.start() - 1 : match.start()] == "("
        and text[match.end() : match.end() + 1] in (")", ",", ";")
    )
    if (
        not (one and other)
        or (_word_before(match) in _TABLE_WORDS)
        or text[match.end() : match.end() + 1] == "%"
    ):
        return "", ""
    if other > 12 or (told and max(one, other) <= 12 and _is_english(text)):
        one, other = other, one  # 4/22, as in English
    if other > 12 or one > 31:
        return "", ""
    fraction = int(match["s1"]) < int(match["s2"]) or (int(match["s1"]), int(match["s2"])) == (24, 7)
    certain = max(int(match["s1"]), int(match["s2"])) > 12 or _is_vietnamese(text)
    return (str(one), str(other)) if told or (certain and not fraction) else ("", "")


# Called for each date of a text: cached, or a text of nothing but dates would take quadratic time.
@lru_cache(maxsize=8)
def _is_english(text: str) -> bool:
    return text.isascii() and _ENGLISH.search(text) is not None


@lru_cache(maxsize=8)
def _is_vietnamese(text: str) -> bool:
    return has_own_letter(text)


@lru_cache(maxsize=8)
def _word_before(match: re.Match[str]) -> str:
    words = match.string[max(match.start() - 12, 0) : match.start()].split()
    return words[-1].lower().strip("(,") if words else ""


def _chinese(written: str) -> str:
    if not written or written.isdecimal():
        return written
    ten, _, one = written.rpartition("十")
    tens = (_CHINESE.index(ten) + 1 if ten else 1) if "十" in written else 0
    return str(tens * 10 + (_CHINESE.index(one) + 1 if one else 0))
