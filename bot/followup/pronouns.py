"""A question with "ông ấy", "ở đó" or "hội nghị này" takes what that stands for from the talk. Pure.

A person is taken only where the talk leaves no doubt; else it is asked back who is meant, since an answer
about anybody else would look like one. What stands for a place or a thing is taken where the talk names it,
else the question is left alone.
"""

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from bot.followup.names import countries, introduced, names_in, persons
from index.text.terms import fold
from retrieval.question import QuestionRefused, read_question
from retrieval.question.question import LONGEST_QUESTION
from retrieval.records import AnswerType

_PERSON: Final = re.compile(
    r"\b(?:(?:ông|bà|anh|chị|cô|cậu|ngài|vị) (?:ấy|ta|này)|(?:người|nhân vật) (?:này|đó|ấy)|hắn)\b",
    re.IGNORECASE,
)
_PERSON_PLAIN: Final = re.compile(r"\b(?:ong|anh|chi|co|ngai) (?:ay|ta)\b", re.IGNORECASE)
_DOES: Final = (
    r"(?:nói|là|đã|sẽ|đang|có|làm|gặp|từng|sinh|đến|tới|quê|đề|kêu|bị|được|phát|cho|muốn|nghĩ|tuyên)\b"
)
_PERSON_FIRST: Final = re.compile(rf"(?:ông|bà) (?={_DOES})", re.IGNORECASE)
# Before any other verb it is somebody of the talk, too, unless it is one word with what follows.
_PERHAPS_FIRST: Final = re.compile(
    r"ông (?!(?:nội|ngoại|bà|cụ|già|lão|chủ|trùm|lớn|tổ(?! chức)|vua|hoàng|trời|táo|địa|đồ|thầy|tiên|xã|cố|sơ"
    r"|anh)\b)\w|bà (?!(?:nội|ngoại|con|cụ|già|lão|chủ|trùm|lớn|mẹ|đỡ|hoàng|tiên|xã|cố|sơ|mụ|cô|đồng)\b)\w",
    re.IGNORECASE,
)
_THEY: Final = re.compile(
    rf"họ (?={_DOES}|(?:họp|bàn|ký|thảo|nhất|đồng|cam|hội|đàm)\b)|\bthey\b", re.IGNORECASE
)
_ENGLISH_PERSON: Final = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
_ENGLISH: Final = frozenset(
    ("what", "who", "when", "where", "why", "how", "did", "does", "said", "about", "which")
)
_PLACE: Final = re.compile(
    r"\b(ở|tại) (?:đó|đấy)\b|\b(?:nước|quốc gia|đất nước|thành phố|nơi) (?:này|đó|ấy)\b", re.IGNORECASE
)
_THING: Final = re.compile(r"\b((?:\w+ ){1,3})(?:này|đó|ấy)\b", re.IGNORECASE)
# Where the name of a thing ends in a question.
_ENDS_IT: Final = frozenset(
    re.findall(
        r"\w+",
        "được tổ diễn bế khai là ở tại khi có bao mấy ai gì nào đâu vào do đã sẽ đang bị vì sao thế như từ "
        "gồm kéo bắt kết trị nói làm gặp tăng giảm mất",
    )
)
_MOST_LOOKED_BACK: Final = 4
_LONGEST_PLACE: Final = 6
_MOST_TOGETHER: Final = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a talk, spelled out, and the words that answered it, where any did."""

    question: str
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Somebody is meant, and the talk does not say who: whole questions, one for each who may be."""

    questions: tuple[str, ...] = ()


def points_back(question: str) -> bool:
    """Tell whether a question has a word that may stand for something in the talk."""
    if len(question) > LONGEST_QUESTION:
        return False
    patterns = (_PERSON, _PERSON_PLAIN, _ENGLISH_PERSON, _THEY, _PLACE, _THING)
    return (
        any(pattern.search(question) for pattern in patterns) or _perhaps_first(question.strip()) is not None
    )


def needs_its_answer(question: str) -> bool:
    """Tell whether a later question may be about what answered this one: who, or where."""
    return _kind(question) in (AnswerType.WHO, AnswerType.WHERE)


def resolve(question: str, talk: Sequence[Turn], names: Set[str]) -> str | Unclear | None:
    """Return the question spelled out, None where it stands alone; the talk has its latest turn first."""
    text = unicodedata.normalize("NFC", " ".join(question.split()))
    found = _person_in(text, names)
    if found is not None:
        return _about_person(text, found, talk[:_MOST_LOOKED_BACK], names)
    return (
        _about_somebody(text, talk[:1], names)
        or _about_them(text, talk[:1], names)
        or _about_place(text, talk, names)
        or _about_thing(text, talk[:1])
    )


def _person_in(text: str, names: Set[str]) -> re.Match[str] | None:
    """Find the word for a person; None where the question itself says who that is."""
    found = _PERSON.search(text) or _PERSON_FIRST.match(text)
    if found is None and fold(text) == text:
        words = set(text.lower().strip("?.! ").split())
        found = _ENGLISH_PERSON.search(text) if words & _ENGLISH else _PERSON_PLAIN.search(text)
    return None if found is None or persons(text[: found.start()], names) else found


def _about_person(text: str, found: re.Match[str], talk: Sequence[Turn], names: Set[str]) -> str | Unclear:
    for turn in talk:
        who = _who(turn, names)
        if len(who) == 1:
            return _replaced(text, found, who[0])
        if who:
            return Unclear(tuple(_replaced(text, found, each) for each in who[:3]))
    return Unclear()


def _who(turn: Turn, names: Set[str]) -> list[str]:
    """Return whom a turn was about: who was asked for by name, else who answered it, else who is named."""
    name = introduced(turn.question)
    if name:
        return [name]
    asked_who = _kind(turn.question) is AnswerType.WHO
    found = persons(f" {turn.answered}", names) if asked_who and turn.answered else []
    return found or persons(turn.question, names)


def _about_somebody(text: str, talk: Sequence[Turn], names: Set[str]) -> str | None:
    """Take a bare "ông" or "bà" before any verb for the one person of the turn before, if there is one."""
    found = _perhaps_first(text)
    who = _who(talk[0], names) if found and talk else []
    if found is None or len(who) != 1:
        return None
    return f"{who[0]}{text[found.end() - 2 :]}"


def _perhaps_first(text: str) -> re.Match[str] | None:
    """Find a bare "ông" or "bà" that a text begins with, before a word in small letters."""
    found = _PERHAPS_FIRST.match(text)
    return found if found and found[0][-1].islower() else None


def _about_them(text: str, talk: Sequence[Turn], names: Set[str]) -> str | None:
    """Take "họ" and "they" for the two or three people, or else countries, of the turn before."""
    found = _THEY.match(text) or (_THEY.search(text) if fold(text) == text else None)
    if found is None or not talk or names_in(text[: found.start()], names):
        return None
    said = f"{talk[0].question} {talk[0].answered or ''}"
    for who in (persons(said, names), list(dict.fromkeys(countries(said)))):
        if 1 < len(who) <= _MOST_TOGETHER:
            joined = f"{', '.join(who[:-1])} {'and' if 'they' in found[0].lower() else 'và'} {who[-1]}"
            return _replaced(text, found, joined)
    return None


def _replaced(text: str, found: re.Match[str], name: str) -> str:
    word = found.group()
    name = f"{name}’s" if word.lower() in ("his", "her") and _possesses(text, found.end()) else name
    gap = " " if word.endswith(" ") else ""
    return (
        text[: found.start()]
        + (name[0].upper() + name[1:] if found.start() == 0 else name)
        + gap
        + text[found.end() :]
    )


def _possesses(text: str, end: int) -> bool:
    """Tell whether a word follows that "his" or "her" may belong to."""
    return bool(re.match(r" \w", text[end:]))


def _about_place(text: str, talk: Sequence[Turn], names: Set[str]) -> str | None:
    found = _PLACE.search(text)
    if found is None or names_in(text[: found.start()], names):
        return None
    for turn in talk[:1]:
        place = turn.answered if _kind(turn.question) is AnswerType.WHERE else None
        if place is None or len(place.split()) > _LONGEST_PLACE or not place[0].isupper():
            named = countries(place) if place else []
            named = named if len(named) == 1 else countries(turn.question)
            if not named and found[1] is None:  # "Đức" at the beginning may be a virtue, too
                named = [each.text for each in names_in(turn.question, names) if " " not in each.text]
            named = list(dict.fromkeys(named))
            place = named[0] if len(named) == 1 else None
        if place:
            return f"{text[: found.start()]}{found[1] + ' ' if found[1] else ''}{place}{text[found.end() :]}"
    return None


def _about_thing(text: str, talk: Sequence[Turn]) -> str | None:
    """Take a thing by the words that the question before has for it: "hội nghị này", "năm đó"."""
    found = _THING.search(text)
    if found is None or not talk:
        return None
    said, before = found[1].split(), talk[0].question
    for first in range(len(said)):
        head = " ".join(said[first:])
        at = re.search(rf"\b{re.escape(head)}\b", before, re.IGNORECASE)
        if at is None:
            continue
        name = [before[at.start() : at.end()]]
        for word in before[at.end() :].split():
            if word.strip("?.,!").lower() in _ENDS_IT:
                break
            name.append(word.strip("?.,!"))
        if len(name) > 1:
            start = found.start() + len(" ".join(said[:first])) + (1 if first else 0)
            return text[:start] + " ".join(name) + text[found.end() :]
    return None


def _kind(question: str) -> AnswerType | None:
    try:
        return read_question(question).kind
    except QuestionRefused:
        return None
