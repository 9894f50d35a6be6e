"""Concepts: countries, dates, years, amounts and currencies of a text, the same in every language and form.

`22/4`, `22 tháng Tư`, `April 22`, `4月22日` are `date:4-22` (and `month:4`); `5 tỷ USD` and `5 billion
dollars` are `number:5000000000` and `currency:USD`; `Nga`, `Russian` and `俄罗斯` are `country:RU`.
In doubt there is no concept, since a wrong one does more harm than none: see `countries` and `amounts`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from index.concepts.amounts import AMOUNT_STARTERS, amount_at, currency_at
from index.concepts.countries import country_at
from index.concepts.country_syllables import PLAIN
from index.concepts.dates_in_figures import Marked, numerals
from index.concepts.dates_in_words import DATE_STARTERS, dated
from index.concepts.table import Table, table
from index.concepts.tokens import Concept, TokenizedText, read
from index.concepts.unspaced import unspaced_names

_HAS_DATES = re.compile(r"\d|月")
_SCRIPTS_THAT_JOIN = "\u0600"  # from Arabic on, particles are written together with names


def concepts(text: str) -> tuple[Concept, ...]:
    """Return the concepts of `text` in reading order, each with its place in `text` in code points."""
    tokenized = read(text)
    return tuple(
        sorted(set(_found(tokenized, table())), key=lambda found: (found.start, found.end, found.id))
    )


def concept_ids(text: str) -> list[str]:
    """Return the ids of the concepts of `text` in reading order, as they are indexed."""
    return [found.id for found in concepts(text)]


def _found(tokenized: TokenizedText, names: Table) -> Iterator[Concept]:
    marks = numerals(tokenized.text) if _HAS_DATES.search(tokenized.text) else []
    place = 0
    beginnings = _beginnings()
    while place < len(tokenized.tokens):
        token = tokenized.tokens[place]
        if token.kind == "word" and token.key not in beginnings and token.key[0] < _SCRIPTS_THAT_JOIN:
            place += 1
            continue
        mark = _mark_at(marks, token.start) if marks else None
        if mark is not None:
            yield from mark.concepts
            place = tokenized.skip_to(mark.end, place)
            continue
        for find in _FINDERS[token.kind]:
            found, after = find(tokenized, place, names)
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
    """Return the words that may begin a concept: most words of a text do not."""
    names = table()
    phrases = (names.capital, names.lower, names.plain, names.currencies)
    return (DATE_STARTERS | AMOUNT_STARTERS).union(
        PLAIN, names.months, names.weekdays, *(each.longest for each in phrases)
    )


_FINDERS = {
    "number": (dated, amount_at),
    "word": (dated, amount_at, currency_at, country_at),
    "unspaced": (unspaced_names,),
    "sign": (amount_at,),
}
