"""Dates, months and weekdays that are written in words, at least in part, among the tokens of a text."""

import re

from index.concepts.dates_in_figures import date_concepts
from index.concepts.table import Table, words
from index.concepts.tokens import NONE_FOUND, Concept, Found, TokenizedText
from index.text.calendar import VIETNAMESE_MONTH, WEEKDAYS
from index.text.vietnamese import has_own_letter

_ORDINAL = words("st nd rd th er º de of a d")
_MONTH_NUMBERS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "chạp": 12,
}  # fmt: skip
_EACH = words("mỗi một hàng hằng mấy nửa hai ba bốn năm sáu bảy tám chín mười vài nhiều moi mot hang")
_MAYBE_NOT_A_MONTH = words(
    "march may august april june juin mars mai marca maret marzo marts maart julio junio juni juli "
    "julho junho "
    "agosto augusta abril maggio giugno luglio juillet august август май мая март марта"
)
_BEFORE_A_MONTH = words(
    "in since until by of last next this early late mid from through during after before en im em em_ в с до "
    "od w do fin début depuis desde hasta bis seit dal da nel"
)
_BEFORE_A_WEEKDAY = words("sáng trưa chiều tối đêm ngày hôm vào rạng trua")
_DATED_BEHIND = re.compile(r" \(\d{1,2}[/-]")
_AFTER_A_WEEKDAY = words("tuần ngày này tới vừa hàng hằng")
DATE_STARTERS = VIETNAMESE_MONTH | {"thứ", "chủ"}
"""Words that may begin a date, besides months and weekdays."""


def dated(tokenized: TokenizedText, place: int, names: Table) -> Found:
    """Find a date, a month or a weekday that is written in words, at least in part."""
    token = tokenized.tokens[place]
    if token.kind == "number":
        return _day_first(tokenized, place, names)
    if token.key in VIETNAMESE_MONTH:
        month, after = _vietnamese_month(tokenized, place)
        return _with_year(tokenized, place, after, "", month) if month else (NONE_FOUND, place)
    if token.key in ("thứ", "chủ"):
        return _vietnamese_weekday(tokenized, place)
    if token.key in names.months:
        return _month_first(tokenized, place, names)
    if token.key in names.weekdays and (
        not token.key.endswith(("day", "tag")) or tokenized.is_quiet or tokenized.text[token.start].isupper()
    ):
        return [Concept(f"weekday:{names.weekdays[token.key]}", token.start, token.end)], place + 1
    return NONE_FOUND, place


def _is_day(tokenized: TokenizedText, place: int) -> bool:
    key = tokenized.tokens[place].key if place < len(tokenized.tokens) else ""
    return key.isdecimal() and len(key) <= 2 and 1 <= int(key) <= 31


def _day_first(tokenized: TokenizedText, place: int, names: Table) -> Found:
    """Read 22 tháng 4, 22 April, 22nd of April, 22 de abril, 22. April, 22 เมษายน."""
    tokens = tokenized.tokens
    if not _is_day(tokenized, place) or not (
        place == 0 or tokenized.gap(place)[-1:] not in ("-", "/", ".", ",", ":")
    ):
        return NONE_FOUND, place
    day, at = tokens[place].key, place + 1
    while at < len(tokens) and tokens[at].key in _ORDINAL and at < place + 3:
        at += 1
    if at >= len(tokens) or tokenized.gap(at) not in (" ", ". ", "-", "\u00a0", ""):
        return NONE_FOUND, place
    found = tokens[at]
    if found.key in VIETNAMESE_MONTH:
        month, after = _vietnamese_month(tokenized, at, has_day=True)
        return _with_year(tokenized, place, after, day, month) if month else (NONE_FOUND, place)
    if found.kind == "unspaced":
        for name, month in names.unspaced_months.items():
            if found.key.startswith(name):
                after = tokenized.skip_to(found.start + len(name), at)
                end = found.start + len(name)
                return list(date_concepts(tokens[place].start, end, [day], str(month), "")), after
    if found.key in names.months and _is_month_here(tokenized, at):
        return _with_year(tokenized, place, at + 1, day, names.months[found.key])
    return NONE_FOUND, place


def _is_month_here(tokenized: TokenizedText, place: int) -> bool:
    """Tell `8 May` from "8 may", and a French `mai` from the Vietnamese one."""
    token = tokenized.tokens[place]
    if token.key in ("may", "march", "mar", "jun", "august", "sep", "dec", "jan"):
        return tokenized.text[token.start].isupper()
    return token.key != "mai" or not has_own_letter(tokenized.text)


def _month_first(tokenized: TokenizedText, place: int, names: Table) -> Found:
    """Read April 22, April 22nd, 2025, April 2025, or April alone."""
    token, month = tokenized.tokens[place], names.months[tokenized.tokens[place].key]
    if not _is_month_here(tokenized, place) or tokenized.key(place + 1) == "revolution":
        return NONE_FOUND, place
    if token.kind != "word" or len(token.key) < 3:
        return NONE_FOUND, place
    at = place + 1
    if _is_day(tokenized, at) and tokenized.gap(at) in (" ", ". ") and tokenized.text[token.start].isupper():
        after = at + 1
        if tokenized.key(after) in ("st", "nd", "rd", "th"):
            after += 1
        if tokenized.key(after) not in names.scales and tokenized.key(after) != "%":
            return _with_year(tokenized, place, after, tokenized.tokens[at].key, month)
    if _year_at(tokenized, at):
        return _with_year(tokenized, place, at, "", month)
    before = tokenized.tokens[place - 1].key if place else ""
    if len(token.key) > 4 and token.key not in _MAYBE_NOT_A_MONTH:
        return _with_year(tokenized, place, at, "", month)
    cased = (
        tokenized.text[token.start].isupper() or not token.key.isascii() or token.key not in ("march", "may")
    )
    if token.key in _MAYBE_NOT_A_MONTH and before in _BEFORE_A_MONTH and cased:
        return _with_year(tokenized, place, at, "", month)
    return NONE_FOUND, place


def _vietnamese_month(tokenized: TokenizedText, place: int, *, has_day: bool = False) -> tuple[int, int]:
    """Return the month of `tháng 4` or `tháng Tư` and the place after it, or 0: "5 tháng" is no month."""
    tokens, before = tokenized.tokens, tokenized.tokens[place - 1].key if place else ""
    if (before in _EACH and not has_day) or before == "mạng" or not tokenized.key(place + 1):
        return 0, place
    token = tokens[place + 1]
    after = place + 2
    if token.kind == "number":
        month = int(token.key) if token.key.isdecimal() and len(token.key) <= 2 else 0
        follows = tokenized.key(after)
        if follows in _NOT_AFTER_A_MONTH or (before.isdecimal() and not has_day):
            return 0, place
        return (month, after) if 1 <= month <= 12 else (0, place)
    month = _MONTH_NUMBERS.get(token.key, 0)
    capital = tokenized.text[token.start].isupper()
    if month == 10 and tokenized.key(after) in ("một", "hai"):
        month, after = 10 + _MONTH_NUMBERS[tokens[after].key], after + 1
    if (
        not month
        or (token.key in ("năm", "một") and not capital)
        or (month == 1 and token.key == "một" and not capital)
    ):
        return 0, place
    return month, after


_NOT_AFTER_A_MONTH = words("lần ngày triệu tỷ nghìn ngàn lan trieu ty người %")


def _year_at(tokenized: TokenizedText, place: int) -> str:
    if place < len(tokenized.tokens) and tokenized.gap(place) in (" ", ", ", "/", "\u00a0"):
        key = tokenized.tokens[place].key
        if len(key) == 4 and key.isdecimal() and 1000 <= int(key) < 2200:
            return key
    return ""


def _with_year(tokenized: TokenizedText, place: int, after: int, day: str, month: int) -> Found:
    """Finish a date: a year may follow."""
    at = after + 1 if tokenized.key(after) in ("năm", "nam", "de", "del") else after
    year = _year_at(tokenized, at)
    if year:
        after = at + 1
    start, end = tokenized.tokens[place].start, tokenized.tokens[after - 1].end
    return list(date_concepts(start, end, [day] * bool(day), str(month), year)), after


def _vietnamese_weekday(tokenized: TokenizedText, place: int) -> Found:
    """Read `thứ Hai` and `chủ nhật`, but not "thứ hai", which is "second" as well."""
    tokens, key = tokenized.tokens, tokenized.key(place + 1)
    if not key:
        return NONE_FOUND, place
    token, day = tokens[place], 0
    if token.key == "chủ" and key == "nhật":
        day = 7
    elif token.key == "thứ" and f"thứ {key}" in WEEKDAYS and not key.isdecimal():
        before = tokenized.before(place)
        after = tokenized.key(place + 2)
        if (
            (before and before.key in _BEFORE_A_WEEKDAY)
            or after in _AFTER_A_WEEKDAY - {"này"}
            or _DATED_BEHIND.match(tokenized.text, tokens[place + 1].end)
        ):
            day = WEEKDAYS[f"thứ {key}"] + 1
    if not day:
        return NONE_FOUND, place
    return [Concept(f"weekday:{day}", token.start, tokens[place + 1].end)], place + 2
