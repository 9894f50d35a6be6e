"""Write out the short forms of chats ("bn", "ko", "ntn"): in questions only, never in an index. Pure.

They are in `short_forms.txt`, which explains its format. Only a question that is certainly Vietnamese is
changed; words in capitals and parts of longer words ("R&D", "5G", "T2") are left as they are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from index.errors import SettingsError
from index.text.terms import fold
from retrieval.question.vietnamese import has_letter, is_syllable

_NUMBER, _NAME, _BEGINNING, _END, _HERE = "1", "A", "^", "$", "_"
_TOKEN = re.compile(r"\S+")
_LEFT, _RIGHT = "([{\"'“‘", ")]}\"'”’,;:.?!…"
_GLUED = re.compile(r"(\d+(?:[.,]\d+)*)([^\W\d_]+)")
# Words of English, and words that without accents are Vietnamese and nothing else; some are short forms.
_ENGLISH = frozenset(
    "and are been could did does for from had has have how is of or should that their these this those was "  # noqa: SIM905 - easier to read than a list
    "were what when where which who whom whose why will with would your".split()
)
_SIGNS = frozenset(
    "biet bao boi cac chua cua dang dau duoc duong gia giua hoi khac khi khong mot muoi nao nay ngay nguoi "  # noqa: SIM905 - as above
    "nhieu nhu nhung nuoc o sau tai tien toi trong truoc truong tuan tuoi vao vay ve voi "
    "bn hok hqua ntn".split()
)


class _Token(NamedTuple):
    text: str  # without the marks around it
    start: int
    end: int


class _Rule(NamedTuple):
    meaning: str
    where: tuple[tuple[str, ...], ...]  # (before, _), (_, behind) or (anywhere,); none holds always


@dataclass(frozen=True, slots=True)
class _Table:
    rules: Mapping[tuple[str, ...], tuple[_Rule, ...]]  # by the words of a form
    longest: int


def written_out(text: str) -> str:
    """Return a question with its short forms written out; unchanged if it has none or is not Vietnamese.

    A question without accents stays without them. Fillers ("mn ơi", "v", "z" at the end) are dropped.

    Args:
        text: In NFC, with single spaces.
    """
    tokens = [_stripped(found) for found in _TOKEN.finditer(text)]
    found = list(_forms(tokens, _table()))
    if not found or not _is_vietnamese(text, tokens, found):
        return text
    plain = not any(has_accent(token.text) for n, token in enumerate(tokens) if not _inside(n, found))
    result, at = "", 0
    for first, count, rules in found:
        meaning = _meaning(tokens, first, count, rules, plain=plain)
        if meaning is None:
            continue
        start, end = tokens[first].start, tokens[first + count - 1].end
        if text[start].isupper():
            meaning = meaning[:1].upper() + meaning[1:]
        result, at = result + text[at:start] + meaning, end
    result = " ".join((result + text[at:]).split())
    return re.sub(r" (?=[,?!.…])", "", result).lstrip(",?!.… ") or text


def has_accent(text: str) -> bool:
    """Tell whether a text has a letter with an accent, or đ."""
    return fold(text) != text


def _stripped(found: re.Match[str]) -> _Token:
    text = found.group()
    start = found.start() + len(text) - len(text.lstrip(_LEFT))
    text = text.lstrip(_LEFT).rstrip(_RIGHT)
    return _Token(text, start, start + len(text))


def _forms(tokens: Sequence[_Token], table: _Table) -> Iterable[tuple[int, int, tuple[_Rule, ...]]]:
    """Yield the short forms of a question: index of the first word, number of words, and their rules."""
    place = 0
    while place < len(tokens):
        for count in range(min(table.longest, len(tokens) - place), 0, -1):
            words = tuple(
                _key(token, first=n == 0) for n, token in enumerate(tokens[place : place + count], place)
            )
            if rules := table.rules.get(words):
                yield place, count, rules
                place += count
                break
        else:
            place += 1


def _key(token: _Token, *, first: bool) -> str:
    """Return the key a word is looked up by; words in capitals, such as names and codes, match nothing."""
    text = token.text
    if first and len(text) > 1:
        text = text[0].lower() + text[1:]
    if glued := _GLUED.fullmatch(text):
        return f"{_NUMBER}{glued[2]}"
    return text


def _inside(number: int, found: Iterable[tuple[int, int, object]]) -> bool:
    return any(first <= number < first + count for first, count, _ in found)


def _is_vietnamese(
    text: str, tokens: Sequence[_Token], found: Sequence[tuple[int, int, tuple[_Rule, ...]]]
) -> bool:
    """Tell whether a question is certainly Vietnamese; most short forms are no evidence of it."""
    words = [token.text.lower() for n, token in enumerate(tokens) if not _inside(n, found)]
    words = [word for word in words if word.isalpha()]
    english = sum(word in _ENGLISH for word in words)
    if has_letter(text):
        return 2 * english <= len(words)
    shaped = [word for word in words if is_syllable(fold(word))]
    signs = sum(map(has_accent, shaped)) + sum(token.text.lower() in _SIGNS for token in tokens)
    return signs > english and 2 * len(shaped) >= len(words)


def _meaning(
    tokens: Sequence[_Token], first: int, count: int, rules: Sequence[_Rule], *, plain: bool
) -> str | None:
    """Return the meaning by the first rule that applies to a form; None if none does."""
    for rule in rules:
        if not rule.where or any(_holds(tokens, first, count, each) for each in rule.where):
            meaning = fold(rule.meaning) if plain else rule.meaning
            glued = _GLUED.fullmatch(tokens[first].text)
            return meaning.replace(_NUMBER, glued[1]) if glued else meaning
    return None


def _holds(tokens: Sequence[_Token], first: int, count: int, where: tuple[str, ...]) -> bool:
    if len(where) == 1:
        others = [*range(first), *range(first + count, len(tokens))]
        return any(_is(tokens, other, where[0]) for other in others)
    before, behind = where
    return _is(tokens, first - 1, before) if behind == _HERE else _is(tokens, first + count, behind)


def _is(tokens: Sequence[_Token], place: int, wanted: str) -> bool:
    """Tell whether the word at a place is the wanted one; accents count if it has any."""
    if not 0 <= place < len(tokens):
        return wanted == (_BEGINNING if place < 0 else _END)
    text = tokens[place].text
    if wanted == _NUMBER:
        return text.replace(".", "").replace(",", "").isdecimal()
    if wanted == _NAME:
        return _is_name(text, first=place == 0)
    return text.lower() in (wanted, fold(wanted))


def _is_name(text: str, *, first: bool) -> bool:
    """Tell whether a word is written as a name, or is neither a Vietnamese syllable nor a short form."""
    folded = fold(text).lower()
    if not first and text[:1].isupper():
        return True
    return (
        (text,) not in _table().rules and len(text) > 1 and not text.isdecimal() and not is_syllable(folded)
    )


@cache
def _table() -> _Table:
    """Read the table once, when the first question comes."""
    text = resources.files("retrieval.question").joinpath("short_forms.txt").read_text("utf-8")
    return parse(text)


def parse(text: str) -> _Table:
    """Read the lines of a table.

    Raises:
        SettingsError: A line is malformed; the sentence says which.
    """
    rules: dict[tuple[str, ...], list[_Rule]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        forms, equals, rest = written.partition("=")
        listed = [tuple(form.split()) for form in forms.split(",")]
        meant, _, where = rest.partition("|")
        meanings = [meaning.strip() for meaning in meant.split(",")]
        if len(meanings) == 1:
            meanings *= len(listed)
        places = tuple(tuple(place.split()) for place in where.split(",") if place.strip())
        if not equals or not all(listed) or len(meanings) != len(listed) or not all(map(_is_place, places)):
            raise SettingsError("Line {number} of the short forms is none.", number=number)
        for form, meaning in zip(listed, meanings, strict=True):
            rules.setdefault(form, []).append(_Rule(meaning, places))
    return _Table({form: tuple(each) for form, each in rules.items()}, max(map(len, rules), default=0))


def _is_place(place: tuple[str, ...]) -> bool:
    return place.count(_HERE) == len(place) - 1 < 2
