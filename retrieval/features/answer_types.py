"""Whether a sentence offers the kind of answer that a question wants: a date, a place, a number, a person."""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from index.text.vietnamese import OWN
from retrieval.features.quantities import CREDIT
from retrieval.records import AnswerType

_WHEN = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}\b|\b(?:1\d|20)\d{2}s?\b"
    r"|\b(?:ngày(?!\s+càng)|tháng|năm|thập niên|thập k[ỉỷ]|thế k[ỉỷ]|tuần|thứ)\s+\w"
    r"|\bchủ nhật\b|\b(?:hôm|sáng|trưa|chiều|tối|đêm)\s+(?:nay|qua|sau|ấy|đó)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d[年月日]|世紀|世纪|曜日|星期",
    re.IGNORECASE,
)
# Digits that count nothing: dates, years, ordinals, and names as S-400, IP4, TUSAS 2 or United24.
_NOT_COUNTING = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?\b|(?<![\d.,])(?:19|20)\d{2}(?![\d.,]*\d|\s+năm)"
    r"|\b(?:[Nn]gày|[Tt]háng|[Nn]ăm|[Mm]ùng|[Tt]hứ)\s+\d+(?:[/-]\d+)*"
    r"|\b[A-Z]+[- ]?\d+|\b[A-Z][a-z]{2,}\d+|\d+[年月日]"
)
_DIGIT = re.compile(r"\d")
# "Một" is mostly an article, "năm" a year, and "Ba" begins the name of Poland.
_QUANTITY = re.compile(
    r"\d|\b(?:[Hh]ai|[Bb]ốn|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|mười|chục|trăm|nghìn|ngàn|triệu|tỷ|tỉ|vài|nửa)\b"
    r"|\b[Bb]a (?!Lan\b)"
    r"|\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b"
    r"|\b(?:dozens?|hundreds?|thousands?|millions?|billions?|half)\b"
    r"|[一二三四五六七八九十百千万億]"
)
_WHY = re.compile(
    r"\b(?:vì|do|bởi|nhờ|nhằm|để|nguyên nhân|lý do|khiến|because|due to|since|so that|reason)\b"
    r"|ため|因为|由于",
    re.IGNORECASE,
)
UNCLEAR_TIME = re.compile(
    r"\b(?:khi|lúc|mùa|(?<!đồng )thời|giai đoạn|chiến tranh|trước|sau|suốt|when|while|during|until|since"
    r"|before|after|early|late|years?|era|century|decade|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
"""What may tell a time without a date: "khi Pháp lập thuộc địa"."""
_UNCLEAR = {
    AnswerType.WHEN: UNCLEAR_TIME,
    # "năm đạo luật"
    AnswerType.QUANTITY: re.compile(
        r"\b(?:năm(?!\s+\d)|ba(?! Lan)|một|đôi|suốt|one|several|both|life)\b",
        re.IGNORECASE,
    ),
}
READ = re.compile(rf"[{OWN}]|\b(?:the|of|and|to|is|was|he|they)\b", re.IGNORECASE)
"""What sentences of Vietnamese or English have; those of other languages hold what is not seen here."""
_BEFORE_A_PLACE = frozenset(
    ["ở", "tại", "đến", "tới", "từ", "phố", "đô", "nước", "tỉnh", "bang", "in", "at", "from", "to", "near"]
)
_WORD = re.compile(r"[\w’'-]+")


def offers(kind: AnswerType | None, sentence: str) -> float:
    """Return 1 if the sentence holds that kind of answer, -1 if not, 0 if the kind cannot be told."""
    if kind not in _TESTS:
        return 0.0
    sentence = unicodedata.normalize("NFC", sentence)
    if ":" in sentence or "/" in sentence:  # no credit is without
        sentence = CREDIT.sub(" ", sentence)
    if _TESTS[kind](sentence):
        return 1.0
    unclear = _UNCLEAR.get(kind)
    is_unclear = unclear is not None and unclear.search(sentence) is not None
    return 0.0 if is_unclear or not READ.search(sentence) else -1.0


def _names_a_place(sentence: str) -> bool:
    pairs = pairwise(_WORD.findall(sentence))
    return any(word.lower() in _BEFORE_A_PLACE and following[0].isupper() for word, following in pairs)


def _names_a_person(sentence: str) -> bool:
    """Two capitalised words in a row, of which the first does not merely begin the sentence."""
    words = _WORD.findall(sentence)[1:]
    return any(word[0].isupper() and following[0].isupper() for word, following in pairwise(words))


def _counts(sentence: str) -> bool:
    if _DIGIT.search(sentence):
        sentence = _NOT_COUNTING.sub(" ", sentence)
    return _QUANTITY.search(sentence) is not None


def _searched(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda sentence: pattern.search(sentence) is not None


_TESTS: dict[AnswerType, Callable[[str], bool]] = {
    AnswerType.WHEN: _searched(_WHEN),
    AnswerType.QUANTITY: _counts,
    AnswerType.WHY: _searched(_WHY),
    AnswerType.WHERE: _names_a_place,
    AnswerType.WHO: _names_a_person,
}
KINDS = tuple(_TESTS)
"""The kinds of answer that can be told from a sentence."""
CERTAIN = (AnswerType.WHEN, AnswerType.QUANTITY)
"""Those that a sentence hardly gives without saying so; a place or a person can be a bare name."""
