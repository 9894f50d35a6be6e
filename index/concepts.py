"""Concepts: countries, dates, years, amounts and currencies of a text, the same in every language and form.

`22/4`, `22 tháng Tư`, `April 22`, `4月22日` are `date:4-22` (and `month:4`); `5 tỷ USD` and `5 billion
dollars` are `number:5000000000` and `currency:USD`; `Nga`, `Russian` and `俄罗斯` are `country:RU`.
In doubt there is no concept, since a wrong one does more harm than none: see `country_names` and `amounts`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from index.amounts import AMOUNT_STARTERS, amount_at, currency_at
from index.analysis import fold
from index.concept_table import Table, table, words
from index.concept_tokens import Concept, Reading, read
from index.country_names import PLAIN, SYLLABLES, names_country, plain_names_country
from index.figures import Marked, numerals
from index.named_dates import DATE_STARTERS, dated
from index.unspaced_names import unspaced_names

_ACRONYMS = words("us uk usa uae prc drc dprk eeuu сша рф фрг кнр кндр оаэ")
_NOT_SMALL = words("us turkey polish dane danes poles china finns swede turk turks thai") | {
    "ba lan",
    "nam phi",
}
_NO_FIRST_WORD = frozenset(".?!:;\"“”'‘’([{«»…–—•*\n")
_HAS_DATES = re.compile(r"\d|月")
_COUNTRY = "country:"
_PARTICLES = words(
    "은 는 이 가 을 를 의 에 에서 에게 와 과 도 로 으로 인 인들 군 산 측 측은 만 까지 부터 보다 나 이나 "
    "라는 이라는 에는 에서는 과의 와의"
)
_SCRIPTS_THAT_JOIN = "\u0600"  # from Arabic on, particles are written together with names


def concepts(text: str) -> tuple[Concept, ...]:
    """Return the concepts of `text` in reading order, each with its place in `text` in code points."""
    reading = read(text)
    return tuple(sorted(set(_found(reading, table())), key=lambda found: (found.start, found.end, found.id)))


def concept_ids(text: str) -> list[str]:
    """Return the ids of the concepts of `text` in reading order, as they are indexed."""
    return [found.id for found in concepts(text)]


def is_country(identifier: str) -> bool:
    """Tell whether the id of a concept is that of a country."""
    return identifier.startswith(_COUNTRY)


def _found(reading: Reading, names: Table) -> Iterator[Concept]:
    marks = numerals(reading.text) if _HAS_DATES.search(reading.text) else []
    place = 0
    beginnings = _beginnings()
    while place < len(reading.tokens):
        token = reading.tokens[place]
        if token.kind == "word" and token.key not in beginnings and token.key[0] < _SCRIPTS_THAT_JOIN:
            place += 1
            continue
        mark = _mark_at(marks, token.start) if marks else None
        if mark is not None:
            yield from mark.concepts
            place = reading.skip_to(mark.end, place)
            continue
        for find in _FINDERS[token.kind]:
            found, after = find(reading, place, names)
            if after > place:
                yield from found
                place = after
                break
        else:
            place += 1


def _mark_at(marks: list[Marked], start: int) -> Marked | None:
    last = bisect_right(marks, start, key=lambda mark: mark.start) - 1  # they ascend and do not overlap
    return marks[last] if last >= 0 and start < marks[last].end else None


@cache
def _beginnings() -> frozenset[str]:
    """Return the words that a concept may begin with: most words of a text are none of them."""
    names = table()
    phrases = (names.capital, names.lower, names.plain, names.currencies)
    return (DATE_STARTERS | AMOUNT_STARTERS).union(
        PLAIN, names.months, names.weekdays, *(each.longest for each in phrases)
    )


Found = tuple[list[Concept], int]
_NONE: list[Concept] = []


def _country(reading: Reading, place: int, names: Table) -> Found:
    """Find a country or nationality written in words."""
    tokens, text = reading.tokens, reading.text
    token = tokens[place]
    length, identifier = reading.longest(names.capital, place)
    if length and (identifier == "" or _is_name(reading, place, length, names)):
        after = place + length
        return (_one("country", identifier, reading, place, after) if identifier else _NONE), after
    length, identifier = reading.longest(names.lower, place)
    if length:
        return _one("country", identifier, reading, place, place + length), place + length
    if text.isascii():
        length, identifier = reading.longest(names.plain, place)
        if length:
            return _one("country", identifier, reading, place, place + length), place + length
        before = reading.before(place)
        behind = reading.after(place)
        if (
            token.key in PLAIN
            and before
            and plain_names_country(token.key, before.key, behind.key if behind else "")
        ):
            return _one("country", PLAIN[token.key], reading, place, place + 1), place + 1
    return _in_other_scripts(reading, place, names)


def _in_other_scripts(reading: Reading, place: int, names: Table) -> Found:
    key = reading.tokens[place].key
    if "가" <= key[0] <= "힣":
        for length in range(min(len(key), 8), 1, -1):
            if key[:length] in names.hangul and (length == len(key) or key[length:] in _PARTICLES):
                return _one("country", names.hangul[key[:length]], reading, place, place + 1), place + 1
    if key[0] in "ول" and len(key) > 4 and (key[1:],) in names.capital.names:  # Arabic "and", "for"
        return _one("country", names.capital.names[(key[1:],)], reading, place, place + 1), place + 1
    return _NONE, place


def _is_name(reading: Reading, place: int, length: int, names: Table) -> bool:
    """Tell whether a phrase that names a country does so here."""
    first = reading.tokens[place]
    raw = reading.text[first.start : first.end]
    before, after = reading.before(place), reading.after(place + length - 1)
    if length == 1 and first.key in SYLLABLES:
        return _is_syllable_name(reading, place, raw, names)
    if first.key in _ACRONYMS:
        return raw.isupper() and (not reading.is_loud or first.key != "us")
    if reading.is_quiet:
        keys = [token.key for token in reading.tokens[place : place + length]]
        return " ".join(keys) not in _NOT_SMALL and first.key not in names.lonely
    if raw[0].islower():
        return False
    if first.key in names.lonely or first.key == "thai":
        return not (before and before.capital) and not (after and after.capital)
    return True


def _is_syllable_name(reading: Reading, place: int, raw: str, names: Table) -> bool:
    before, after = reading.before(place), reading.after(place)
    key = reading.tokens[place].key
    if reading.is_quiet:
        return (
            fold(key) in PLAIN
            and before is not None
            and plain_names_country(fold(key), fold(before.key), fold(after.key) if after else "")
        )
    if (
        not raw[0].isupper()
        or (reading.is_loud and len(reading.tokens) > 1)
        or (len(raw) > 1 and raw.isupper())
    ):
        return False
    gap = reading.text[reading.tokens[place - 1].end : reading.tokens[place].start] if place else ""
    first = place == 0 or any(sign in _NO_FIRST_WORD for sign in gap)
    behind = reading.tokens[place].end
    return names_country(
        key,
        before,
        after,
        first=first,
        listed=_is_listed(reading, place, names),
        second=reading.is_second(place),
        enclosed=gap.endswith("(") and reading.text[behind : behind + 1] == ")",
    )


def _is_listed(reading: Reading, place: int, names: Table) -> bool:
    """Tell whether a comma, a hyphen or "và" joins a word to the name of a country."""
    return _joins(reading, place, 1, names) or _joins(reading, place, -1, names)


def _joins(reading: Reading, place: int, step: int, names: Table) -> bool:
    tokens, other = reading.tokens, place + step
    if not 0 <= other < len(tokens):
        return False
    left, right = sorted((place, other))
    gap = reading.text[tokens[left].end : tokens[right].start].strip()
    if gap == "" and tokens[other].key in ("và", "hoặc", "hay", "với"):
        other += step
        if not 0 <= other < len(tokens):
            return False
    elif gap not in (",", "-", "–", "/"):
        return False
    there = tokens[other]
    if not reading.text[there.start].isupper():
        return False
    if step > 0:
        return bool(reading.longest(names.capital, other)[1])
    ends = [(tuple(t.key for t in tokens[other - size : other + 1])) for size in range(min(3, other + 1))]
    return any(names.capital.names.get(end) for end in ends)


def _one(kind: str, identifier: str, reading: Reading, place: int, after: int) -> list[Concept]:
    tokens = reading.tokens
    return [Concept(f"{kind}:{identifier}", tokens[place].start, tokens[after - 1].end)]


_FINDERS = {
    "number": (dated, amount_at),
    "word": (dated, amount_at, currency_at, _country),
    "unspaced": (unspaced_names,),
    "sign": (amount_at,),
}
