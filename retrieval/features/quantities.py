"""The quantities and times that a sentence holds, by kind; digits that count nothing are none.

A number is read with what stands around it: its unit or the noun behind it ("5 tỷ đồng", "ba con trâu"), the
word before it ("ngày 22", "phút 64", "lớp 11"). Names (S-400, United24), telephone numbers and who took a
picture hold none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.text.calendar import EN_WEEKDAY, MONTH_NAME, VI_WEEKDAY
from index.text.terms import fold
from retrieval.question.things import TIME, Thing, ThingWords, thing_words

_PICTURE = r"(?:nguồn )?(?:ảnh|hình|video|clip|photos?|images?|credits?)(?: minh h[oọ]a)?"
CREDIT = re.compile(
    rf"\((?:{_PICTURE}|nguồn)\s?[:/][^()]{{0,80}}\)|(?<!\w){_PICTURE}\s?:[^:.?!]{{0,60}}\.?$",
    re.IGNORECASE,
)
"""Who took a picture, which answers nothing: "(Ảnh: United24)", "… – Ảnh: Lan Anh/TTXVN."."""
_D, _M, _BEHIND_DATE = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])", r"(?![\w/]|[.,-]\d)"
_FIGURES = re.compile(
    rf"(?P<date>(?<![\w/.,-]){_D}(?P<mark>[/.-]){_M}(?P=mark)(?:19|20)?\d\d{_BEHIND_DATE}"
    rf"|(?<![\w/.,-]){_D}/{_M}{_BEHIND_DATE})"
    rf"|(?P<month>(?<![\w/.,-]){_M}[/-](?:19|20)\d\d{_BEHIND_DATE})"
    r"|(?P<clock>(?<![\w.,])\d{1,2}(?::\d\d|[hg]\d\d|\s?giờ \d\d?(?: phút)?)(?!\w))"
    r"|(?P<score>(?<![\w/.,-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\w/-]|[.,]\d))"
    r"|(?P<number>\d+(?:[.,]\d+)*)",
    re.IGNORECASE,
)
_ONES = (
    "hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|một|tư|nửa|vài|đôi|chục|trăm|nghìn|ngàn|triệu|vạn"
    "|t[ỷỉ](?! (?:số|lệ|giá|trọng|phú))"
)
_MORE = _ONES.replace("|năm|", "|năm(?= (?:mươi|trăm|nghìn|ngàn|triệu|t[ỷỉ]))|")  # "hai mươi năm" are years
_ENGLISH = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|dozens?"
    "|hundreds?|thousands?|millions?|billions?"
)
_SPELT = re.compile(
    rf"(?<![\w/-])(?<!\d )(?:{_ONES}|{_ENGLISH})(?:[ -](?:{_MORE}|mốt|lăm|rưỡi|linh|lẻ|{_ENGLISH}))*(?!\w)",
    re.IGNORECASE,
)
# Mostly an article, a year or part of a name: a number only beside a unit or what is to be counted.
_WEAK = frozenset(("một", "năm", "ba", "tư", "đôi", "nửa", "bảy", "one", "half"))
_WORD_BEHIND = re.compile(r"[ \xa0]?[-/]?[ \xa0]?([ckd]?m[23²³](?!\w)|[^\W\d_]+|[%€£¥₫₩₽°])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+|[$€£¥])[\s\xa0:(]*$")
_MOST_BEHIND = 6
_DATED = Thing.DAY | Thing.MONTH
_CERTAIN = {"clock": Thing.CLOCK, "month": Thing.MONTH | Thing.YEAR}  # of the groups of `_FIGURES`
_PARTED = ("ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm")  # before "1-6" they make a day of it
_TIME_BEFORE = dict.fromkeys(_PARTED, _DATED) | {
    "mùng": Thing.DAY, "mồng": Thing.DAY, "tháng": Thing.MONTH, "năm": Thing.YEAR, "sn": Thing.YEAR,
    "in": Thing.YEAR, "since": Thing.YEAR, "thứ": Thing.ORDINAL | Thing.DAY, "hạng": Thing.ORDINAL,
    "top": Thing.ORDINAL, "phút": Thing.ORDINAL, "tuổi": Thing.AGE, "aged": Thing.AGE,
}  # fmt: skip
_CLOCK_BEFORE, _CLOCK_BEHIND = (
    frozenset(("lúc", "hồi", "at")),
    frozenset(("sáng", "trưa", "chiều", "tối", "đêm")),
)
_LASTING_BEFORE = frozenset(("trong", "suốt", "mất", "kéo", "dài", "cả", "hơn", "gần", "for", "in"))
_ROUNDS = frozenset(("lần", "vòng", "hiệp", "set", "ván", "kỳ", "khóa"))
_LABELLED = _ROUNDS | frozenset(
    "số quận phường tổ khu lô đường phố hẻm ngõ ngách điều khoản chương mục lớp tập trang hình bảng phòng "  # noqa: SIM905 - easier to read than a list
    "tầng ga lộ ql tl kênh bản version no article class page loại cấp bậc nhóm đợt".split()
)
_NOT_LABELLING = re.compile(r"\b(?:trong|trên|tổng|con|tỷ|tỉ|điểm) số\s*$", re.IGNORECASE)
_WORDED = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"(?i:\b(?:hôm|sáng|trưa|chiều|tối|đêm)\s+(?:nay|qua|sau|ấy|đó)\b|\bngày mai\b|\byesterday\b"
            rf"|\b(?:{VI_WEEKDAY}|{EN_WEEKDAY})\b)|曜日|星期|\d日",
            Thing.DAY,
        ),
        (
            r"(?i:\btháng (?:giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp|này|trước|sau|tới)\b)"
            rf"|\b(?:{MONTH_NAME})(?!\w)|\d月",
            Thing.MONTH,
        ),
        (
            r"(?i:\bnăm (?:nay|ngoái|trước|sau|tới)\b|\b(?:thập niên|thập k[ỉỷ]|thế k[ỉỷ])\b)|\b\d{4}s\b|\d年"
            r"|世[紀纪]",
            Thing.YEAR,
        ),
        (
            r"(?i:\b(?:đầu tiên|thứ (?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|cuối cùng|nhì bảng|first"
            r"|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b)",
            Thing.ORDINAL,
        ),
    )
)
_TELEPHONE = 8  # so many digits without a mark between them count nothing
_NO_KIND = Thing(0)


class Quantity(NamedTuple):
    """A quantity or time in a text.

    Attributes:
        thing: What it can be; several where that is open, as of "3 giờ"; none of a bare "một con".
        start: Code point where it begins.
        end: One past its unit, or past the number where it has none.
        number: The number as it is written, without accents.
        noun: The words behind it, without accents.
    """

    thing: Thing
    start: int
    end: int
    number: str
    noun: tuple[str, ...] = ()


def quantities(text: str, wanted: Thing = ~_NO_KIND) -> list[Quantity]:
    """Return what a text in NFC holds: numbers of any kind, and times in words where those are wanted."""
    if ":" in text or "/" in text:
        text = CREDIT.sub(lambda match: " " * len(match[0]), text)
    known = thing_words(accented=True)
    found = [each for match in _FIGURES.finditer(text) if (each := _figures(text, match, known))]
    found += [each for match in _SPELT.finditer(text) if (each := _spelt(text, match, known))]
    if wanted & (TIME | Thing.ORDINAL):
        for pattern, kind in _WORDED:
            if kind & wanted:
                found += [Quantity(kind, *match.span(), match[0].lower()) for match in pattern.finditer(text)]
    return found


class _Behind(NamedTuple):
    words: list[str]  # in lower case
    ends: list[int]


def _behind(text: str, end: int) -> _Behind:
    found = _Behind([], [])
    while len(found.words) < _MOST_BEHIND and (match := _WORD_BEHIND.match(text, end)):
        end = match.end()
        found.words.append(match[1].lower())
        found.ends.append(end)
    return found


def _noun(words: Sequence[str], known: ThingWords) -> tuple[str, ...]:
    end = next((n for n, word in enumerate(words) if word in known.closing), len(words))
    return tuple(map(fold, words[: min(end, 4)]))


def _figures(text: str, match: re.Match[str], known: ThingWords) -> Quantity | None:
    start, end = match.span()
    number, group = match[0], match.lastgroup
    behind = _behind(text, end)
    if group == "date":
        kind = Thing.DAY | Thing.MONTH | (Thing.YEAR if number.count(match["mark"] or "/") == 2 else _NO_KIND)
        return Quantity(kind, start, end, number, _noun(behind.words, known))
    if (certain := _CERTAIN.get(group or "")) is not None:
        return Quantity(certain, start, end, number)
    before = _before(text, start)
    if group == "score" and before in _PARTED:
        return Quantity(_DATED, start, end, number)
    measured = _measured(number, start, end, before, behind, known)
    if _in_name(text, start, end, is_measured=measured is not None):
        return None
    if measured is not None:
        return measured
    if before in ("$", "€", "£", "¥", "usd"):
        return Quantity(Thing.MONEY, start, end, number)
    is_year = len(number) == 4 and number.isdecimal() and 1000 <= int(number) < 2200
    time = _TIME_BEFORE.get(before)
    if time is not None and (is_year or Thing.YEAR not in time):
        return Quantity(time, start, end, number)
    if (
        before in _LABELLED
        and group == "number"
        and not _NOT_LABELLING.search(text[max(0, start - 12) : start])
    ):
        return Quantity(Thing.LABEL | (Thing.ORDINAL if before in _ROUNDS else _NO_KIND), start, end, number)
    if number.isdecimal() and len(number) >= _TELEPHONE:
        return None
    kind = Thing.YEAR if is_year else Thing.COUNT | Thing.SCORE if group == "score" else Thing.COUNT
    return _counted(kind, number, start, end, behind, known)


def _spelt(text: str, match: re.Match[str], known: ThingWords) -> Quantity | None:
    start, end = match.span()
    number = match[0].lower()
    before = _before(text, start)
    if before in ("tháng", "thứ", "ngày"):
        return None  # these are times in words
    behind = _behind(text, end)
    if number == "ba" and behind.words[:1] == ["lan"]:
        return None
    measured = _measured(number, start, end, before, behind, known)
    if measured is not None:
        return measured
    if number in _WEAK:
        return Quantity(_NO_KIND, start, end, number, _noun(behind.words, known))
    return _counted(Thing.COUNT, number, start, end, behind, known)


def _measured(
    number: str, start: int, end: int, before: str, behind: _Behind, known: ThingWords
) -> Quantity | None:
    """Return a number with its unit, whatever multiplies it before: "5 nghìn tỷ đồng"."""
    unit = known.units.at(behind.words, _scales(behind, known))
    if unit is None:
        return None
    kind, after = unit
    if Thing.DURATION in kind and behind.words[after - 1] in ("giờ", "h"):
        if before in _CLOCK_BEFORE or behind.words[after : after + 1] in ([word] for word in _CLOCK_BEHIND):
            kind = Thing.CLOCK
        elif before not in _LASTING_BEFORE:
            kind |= Thing.CLOCK
    return Quantity(kind, start, behind.ends[after - 1], number, _noun(behind.words[after:], known))


def _counted(kind: Thing, number: str, start: int, end: int, behind: _Behind, known: ThingWords) -> Quantity:
    scales = _scales(behind, known)
    end = behind.ends[scales - 1] if scales else end
    noun = _noun(behind.words[scales:], known)
    if not noun and (scales or number.rsplit(" ", 1)[-1] in known.scales):
        kind |= Thing.MONEY  # "gần 900 tỷ" is money where nothing else is said
    return Quantity(kind, start, end, number, noun)


def _scales(behind: _Behind, known: ThingWords) -> int:
    """Return how many words multiply the number before them: two in "5 nghìn tỷ đồng"."""
    return next((n for n, word in enumerate(behind.words) if word not in known.scales), len(behind.words))


def _before(text: str, start: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, start - 14), start)
    return match[1].lower() if match else ""


def _in_name(text: str, start: int, end: int, *, is_measured: bool) -> bool:
    """Tell whether digits are part of a name or code: S-400, F-16, IP4, United24, 43B, 4K."""
    if start and text[start - 1].isalpha():
        return True
    if start > 1 and text[start - 1] in "-–_./#" and text[start - 2].isalnum():
        return not (text[start - 2].isdigit() and text[start - 1] in "-–")
    behind = text[end : end + 2]
    return behind[:1].isalpha() and (not is_measured or (behind[:1].isupper() and not behind[1:].isalpha()))
