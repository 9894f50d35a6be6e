"""The names of countries, months, currencies and scales in many languages: what `concepts.json` holds.

The file is made from CLDR by `python -m training.concepts`; it is read when the first text is analysed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.text.terms import fold

Phrase = tuple[str, ...]


def words(listed: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """Names of one or more words, by their terms.

    Attributes:
        names: What each name stands for.
        longest: Number of words of the longest name that begins with a word.
    """

    names: Mapping[Phrase, str]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> "Phrases":
        """Make one of names whose words are separated by spaces."""
        phrases = {tuple(name.split()): identifier for name, identifier in names.items()}
        longest: dict[str, int] = {}
        for phrase in phrases:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
        return cls(phrases, longest)


@dataclass(frozen=True, slots=True)
class Table:
    """Every name, by the kind of thing it names; see `training/concepts.py`."""

    capital: Phrases
    lower: Phrases
    plain: Phrases
    lonely: frozenset[str]
    hangul: Mapping[str, str]
    unspaced: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    unspaced_weekdays: Mapping[str, str]
    unspaced_months: Mapping[str, int]
    currencies: Phrases
    unspaced_currencies: Mapping[str, str]
    scales: Mapping[str, int]
    unspaced_scales: Mapping[str, int]
    percent: Phrases


@cache
def table() -> Table:
    """Return the table, read once."""
    data = json.loads(resources.files("index.concepts").joinpath("concepts.json").read_text("utf-8"))
    nothing = dict.fromkeys(data["nothing"][""], "")
    capital = _inverted(data["capital"])
    return Table(
        capital=Phrases.of(capital | nothing),
        lower=Phrases.of(_inverted(data["any"])),
        plain=Phrases.of(_plain(data["plain"], capital)),
        lonely=frozenset(data["lonely"][""]),
        hangul=_inverted(data["hangul"]),
        unspaced=_inverted(data["unspaced"]),
        months=_numbers(data["months"]),
        weekdays=_numbers(data["weekdays"]),
        unspaced_weekdays=_inverted(data["unspaced weekdays"]),
        unspaced_months=_numbers(data["unspaced months"]),
        currencies=Phrases.of(_inverted(data["currencies"])),
        unspaced_currencies=_inverted(data["unspaced currencies"]),
        scales=_numbers(data["scales"]),
        unspaced_scales=_numbers(data["unspaced scales"]),
        percent=Phrases.of(dict.fromkeys(data["percent"][""], "")),
    )


def _inverted(listed: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {name: identifier for identifier, names in listed.items() for name in names}


def _numbers(listed: Mapping[str, Iterable[str]]) -> dict[str, int]:
    return {name: int(number) for name, number in _inverted(listed).items()}


def _plain(listed: Mapping[str, Iterable[str]], capital: Mapping[str, str]) -> dict[str, str]:
    """Return the Vietnamese names that are safe without their accents, with what they stand for."""
    return {fold(name): capital[name] for names in listed.values() for name in names}
