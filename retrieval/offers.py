"""Whether a sentence offers the kind of answer that a question wants: a date, a place, a number, a person."""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

_WHEN = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}\b|\b(?:19|20)\d{2}\b|\b(?:ngày|tháng|năm|thế kỷ|tuần|thứ)\s+\w"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d[年月日]",
    re.IGNORECASE,
)
# Digits that count nothing: dates, years, ordinals, and names as S-400, IP4 or TUSAS 2.
_NOT_COUNTING = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?\b|(?<![\d.,])(?:19|20)\d{2}(?![\d.,]*\d)"
    r"|\b(?:[Nn]gày|[Tt]háng|[Nn]ăm|[Mm]ùng|[Tt]hứ)\s+\d+(?:[/-]\d+)*|\b[A-Z]+[- ]?\d+|\d+[年月日]"
)
# "Một" is mostly an article, "năm" a year, and "Ba" begins the name of Poland.
_QUANTITY = re.compile(
    r"\d|\b(?:[Hh]ai|[Bb]ốn|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|mười|chục|trăm|nghìn|ngàn|triệu|tỷ|tỉ|vài|nửa)\b"
    r"|\b[Bb]a (?!Lan\b)"
    r"|\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)\b"
    r"|\b(?:dozens?|hundreds?|thousands?|millions?|billions?|half)\b"
    r"|[一二三四五六七八九十百千万億]"
)
_WHY = re.compile(
    r"\b(?:vì|do|bởi|nhờ|nhằm|để|nguyên nhân|lý do|khiến|because|due to|since|so that|reason)\b"
    r"|ため|因为|由于",
    re.IGNORECASE,
)
_BEFORE_A_PLACE = frozenset(
    ["ở", "tại", "đến", "tới", "từ", "phố", "đô", "nước", "tỉnh", "bang", "in", "at", "from", "to", "near"]
)
_WORD = re.compile(r"[\w’'-]+")


def offers(kind: str | None, sentence: str) -> float:
    """Return 1 if the sentence holds that kind of answer, -1 if not, 0 if the kind cannot be told."""
    test = _TESTS.get(kind or "")
    if test is None:
        return 0.0
    return 1.0 if test(unicodedata.normalize("NFC", sentence)) else -1.0


def _names_a_place(sentence: str) -> bool:
    pairs = pairwise(_WORD.findall(sentence))
    return any(word.lower() in _BEFORE_A_PLACE and following[0].isupper() for word, following in pairs)


def _names_a_person(sentence: str) -> bool:
    """Two capitalised words in a row, of which the first does not merely begin the sentence."""
    words = _WORD.findall(sentence)[1:]
    return any(word[0].isupper() and following[0].isupper() for word, following in pairwise(words))


def _counts(sentence: str) -> bool:
    return _QUANTITY.search(_NOT_COUNTING.sub(" ", sentence)) is not None


def _searched(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda sentence: pattern.search(sentence) is not None


_TESTS: dict[str, Callable[[str], bool]] = {
    "when": _searched(_WHEN),
    "quantity": _counts,
    "why": _searched(_WHY),
    "where": _names_a_place,
    "who": _names_a_person,
}
KINDS = tuple(_TESTS)
"""The kinds of answer that can be told from a sentence."""
