"""Makes questions for who holds an office, and for somebody's office, from what news say in passing.

"Thủ tướng Nhật Bản Shinzo Abe cho biết …" answers "Ai là thủ tướng Nhật Bản?" and "Shinzo Abe giữ chức vụ
gì?" without being about either; nobody who writes questions to a text asks for that.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import NamedTuple

from babel import Locale

from index.text.segment import segment
from training.situations import Asked, Situation
from training.written import ENGLISH, HOME

_OFFICES = (
    "phó tổng thống", "tổng thống", "phó thủ tướng", "thủ tướng", "ngoại trưởng", "quốc vương", "nữ hoàng",
    "phó chủ tịch", "chủ tịch", "bộ trưởng", "thứ trưởng", "phó bí thư", "bí thư", "tổng bí thư",
    "phó giám đốc", "giám đốc", "phó tổng giám đốc", "tổng giám đốc", "đại sứ", "huấn luyện viên", "hlv",
    "ceo", "hiệu trưởng", "viện trưởng", "cục trưởng", "vụ trưởng", "trưởng phòng", "tư lệnh",
    "người phát ngôn", "phát ngôn viên", "thống đốc", "thị trưởng", "chánh văn phòng", "tổng thư ký",
)  # fmt: skip
_OFFICE = re.compile(rf"\b(?:{'|'.join(sorted(_OFFICES, key=len, reverse=True))})\b", re.IGNORECASE)
_ENGLISH = {
    "tổng thống": "president", "phó tổng thống": "vice president", "thủ tướng": "prime minister",
    "phó thủ tướng": "deputy prime minister", "ngoại trưởng": "foreign minister", "quốc vương": "king",
    "nữ hoàng": "queen", "bộ trưởng quốc phòng": "defense minister",
    "bộ trưởng tài chính": "finance minister",
}  # fmt: skip
_HOME, _AT_HOME = "Việt Nam", frozenset(("thủ tướng", "phó thủ tướng", "chủ tịch nước", "chủ tịch quốc hội"))
_SURNAMES = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đào Đoàn Lương Mai Tô"  # noqa: SIM905 - easier to read than a list
    " Trịnh Vương Tạ Cao Phùng Chu Quách Tăng Kiều Uông Nông Nghiêm".split()
)
_IN_NEWS = {
    "Mỹ": "the United States", "Anh": "the United Kingdom", "Nga": "Russia", "Triều Tiên": "North Korea",
    "Syria": "Syria", "Trung Quốc": "China", "Hàn Quốc": "South Korea", "Australia": "Australia",
    "Philippines": "the Philippines", "Singapore": "Singapore", "Malaysia": "Malaysia", "Canada": "Canada",
    "Italy": "Italy", "Campuchia": "Cambodia", "Ukraine": "Ukraine", "Israel": "Israel", "Iran": "Iran",
    "Indonesia": "Indonesia", "Brazil": "Brazil", "Venezuela": "Venezuela", "Qatar": "Qatar",
}  # fmt: skip
_WORD = re.compile(r"\s?([^\W\d_]+(?:-[^\W\d_]+)*)")
_FARTHEST, _LONGEST_NAME = 9, 4
_WHO = ("Ai là {}?", "{} là ai?", "{} tên là gì?", "{} hiện nay là ai?", "Người giữ chức {} là ai?")
_WHICH = ("{} giữ chức vụ gì?", "{} là ai?", "{} làm chức gì?", "{} đang giữ chức vụ nào?")
_WHO_ENGLISH = ("Who is the {}?", "What is the name of the {}?")
_PART_OF_NAME = re.compile(r"(?=\b([^\W\d_a-zà-öø-ÿ]\w+ [^\W\d_a-zà-öø-ÿ]\w+))")
_MOST = 4
"""Sentences of one document that questions are made of."""
_MOST_ASKED = 500
Spans = dict[tuple[str, int], str]


class Held(NamedTuple):
    """An office and who holds it, as a sentence says in passing.

    Attributes:
        office: In lower case but for names: "bộ trưởng Bộ Công Thương", "tổng thống Mỹ".
        country: The country in it; "" where there is none.
        name: Who holds it.
        start: Code point where the office begins.
        name_start: Code point where the name begins.
    """

    office: str
    country: str
    name: str
    start: int
    name_start: int


class Place(NamedTuple):
    """Where a document says it: the code points of the words that answer."""

    document: str
    start: int
    words: str


def held(sentence: str) -> Iterator[Held]:
    """Yield the offices that a sentence names with a holder right behind."""
    for match in _OFFICE.finditer(sentence):
        words = _behind(sentence, match.end())
        places = range(min(len(words), _FARTHEST))
        yield from islice(filter(None, (_held(match, words, place) for place in places)), 1)


def _held(match: re.Match[str], words: Sequence[tuple[str, int]], place: int) -> Held | None:
    """Return the office if a name begins at this place of the words behind it."""
    between = [word for word, _ in words[:place]]
    countries = _countries()
    country = next((last for n in (2, 1) if (last := " ".join(between[-n:])) in countries), "")
    if not (country or words[place][0] in _SURNAMES):
        return None
    name = _name(words[place:], vietnamese=not country)
    if not name or " ".join(name[:2]) in countries or name[0] in countries:
        return None
    office = " ".join([match[0].lower(), *between])
    if not country and (title := office.removesuffix(" Chính phủ")) in _AT_HOME:
        office, country = f"{title} {_HOME}", _HOME
    elif not between:
        return None
    start, (word, word_start) = words[place][1], words[place + len(name) - 1]
    text = match.string[start : word_start + len(word)]
    return Held(office, country, text, match.start(), start)


def office_questions(situation: Situation, seed: int) -> tuple[Situation, Spans]:
    """Return the collection with such questions instead of its own, and the words that answer.

    Of five questions for a holder one asks for an office that no sentence names.
    """
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    holders: dict[str, set[Place]] = defaultdict(set)
    offices: dict[str, set[Place]] = defaultdict(set)
    asked: dict[str, Asked] = {}

    def ask(forms: Sequence[str], about: str, places: set[Place]) -> None:
        question = random_.choice(forms).format(about)
        question = question[0].upper() + question[1:]
        kind = ENGLISH if forms is _WHO_ENGLISH else HOME
        asked[question] = Asked(question, tuple((each.document, each.start) for each in places), kind)

    chosen: list[Held] = []
    texts = "\n".join(document.text for document in situation.documents).lower()
    for document in situation.documents:
        here = []
        for start, end, _ in segment(document.text):
            sentence = document.text[start:end]
            for each in held(sentence):
                holders[each.office.lower()].add(Place(document.id, start + each.name_start, each.name))
                said = sentence[each.start : each.name_start].rstrip(" ,")
                offices[each.name].add(Place(document.id, start + each.start, said))
                here.append(each)
        chosen += random_.sample(here, min(len(here), _MOST))
    countries = _countries()
    for each in chosen:
        places = holders[each.office.lower()]
        title = each.office.removesuffix(f" {each.country}").lower()
        if each.country and title in _ENGLISH and random_.random() < 0.4:
            ask(_WHO_ENGLISH, f"{_ENGLISH[title]} of {countries[each.country]}", places)
        else:
            ask(_WHO, each.office, places)
        ask(_WHICH, each.name, offices[each.name])
        if each.country and random_.random() < 0.4:
            strange = f"{title} {random_.choice(sorted(countries))}"
            if strange.lower() not in texts:
                ask(_WHO, strange, set())
    kept = random_.sample(sorted(asked), min(len(asked), _MOST_ASKED))
    spans = {
        (each.document, each.start): each.words
        for places in (*holders.values(), *offices.values())
        for each in places
    }
    return replace(situation, asked=tuple(asked[question] for question in kept)), spans


def may_answer(about: str, text: str) -> bool:
    """Tell whether a text names an office, and somebody whom `about` names: it may answer in other words."""
    return _OFFICE.search(text) is not None and any(name in about for name in _PART_OF_NAME.findall(text))


@cache
def _countries() -> dict[str, str]:
    """Return what countries are called in Vietnamese, in English."""
    home, english = Locale.parse("vi").territories, Locale.parse("en").territories
    named = {name: english[code] for code, name in home.items() if len(code) == 2 and code[0] not in "XQZ"}
    return {name: text for name, text in named.items() if len(name.split()) <= 2} | _IN_NEWS


def _behind(sentence: str, end: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    while len(found) < _FARTHEST + _LONGEST_NAME and (match := _WORD.match(sentence, end)):
        found.append((match[1], match.start(1)))
        end = match.end()
    return found


def _name(words: Sequence[tuple[str, int]], *, vietnamese: bool) -> list[str]:
    found: list[str] = []
    for word, _ in words[:_LONGEST_NAME]:
        if not word[0].isupper() or (word.isupper() and len(word) > 1):
            break
        found.append(word)
    return found if len(found) > vietnamese and len(found[-1]) > 1 else []
