"""The kinds of thing that a question can ask for and a sentence can have, and the words for them.

`things.json` has the words of all languages together: next to a number they hardly ever mean anything else.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache, reduce
from importlib import resources
from operator import or_
from typing import TypedDict, cast

from index.concepts.table import table
from index.text.terms import fold


class Thing(Flag):
    """Kinds of quantity and of time; several together mean any of them."""

    MONEY = auto()
    LENGTH = auto()
    AREA = auto()
    VOLUME = auto()
    WEIGHT = auto()
    SPEED = auto()
    TEMPERATURE = auto()
    DURATION = auto()
    AGE = auto()
    SHARE = auto()
    MEASURE = auto()
    COUNT = auto()
    PEOPLE = auto()
    SCORE = auto()
    ORDINAL = auto()
    LABEL = auto()
    CLOCK = auto()
    DAY = auto()
    MONTH = auto()
    YEAR = auto()


TIME = Thing.CLOCK | Thing.DAY | Thing.MONTH | Thing.YEAR
QUANTITY = ~(TIME | Thing.ORDINAL | Thing.LABEL)
"""What answers a bare "how much"."""
AMOUNT = QUANTITY & ~Thing.COUNT
"""The same, for what has no plural."""
_NAMES = {"many": Thing.COUNT, "amount": AMOUNT}


def named(names: Iterable[str]) -> Thing:
    """Return the kinds with these names, as one flag."""
    return reduce(or_, (_NAMES.get(name) or Thing[name.upper()] for name in names))


@dataclass(frozen=True, slots=True)
class ThingPhrases:
    """The phrases for each kind, of one to three words.

    Attributes:
        kinds: The kind of each phrase.
        longest: How many words the longest has.
    """

    kinds: Mapping[tuple[str, ...], Thing]
    longest: int

    def at(self, words: Sequence[str], place: int) -> tuple[Thing, int] | None:
        """Return the kind of the longest phrase that begins at a place, and where the phrase ends."""
        for length in range(min(self.longest, len(words) - place), 0, -1):
            kind = self.kinds.get(tuple(words[place : place + length]))
            if kind is not None:
                return kind, place + length
        return None


@dataclass(frozen=True, slots=True)
class ThingWords:
    """The words of `things.json`, with or without accents.

    Attributes:
        units: Words that follow a number.
        about: Words that say what a bare "how much" is about.
        direct: The same, if they come right before it.
        between: Words that may come between the two.
        people: Words for people who are counted.
        closing: Words after a "how much" that are not what is counted.
        scales: Words that multiply a number.
    """

    units: ThingPhrases
    about: ThingPhrases
    direct: ThingPhrases
    between: frozenset[str]
    people: frozenset[tuple[str, ...]]
    closing: frozenset[str]
    scales: frozenset[str]


class _Data(TypedDict):
    units: dict[str, list[str]]
    about: dict[str, list[str]]
    direct: dict[str, list[str]]
    between: list[str]
    people: list[str]
    closing: list[str]
    scales: list[str]


@cache
def thing_words(accented: bool) -> ThingWords:
    """Return the words, read once; without accents unless `accented`."""
    text = resources.files("retrieval.question").joinpath("things.json").read_text("utf-8")
    data = cast(_Data, json.loads(text))
    typed = str if accented else fold
    units = {name: [*words] for name, words in data["units"].items()}
    units["money"] += (" ".join(name) for name in table().currencies.names)
    units["share"] += (" ".join(name) for name in table().percent.names)
    return ThingWords(
        _phrases(units, accented),
        _phrases(data["about"], accented),
        _phrases(data["direct"], accented),
        frozenset(map(typed, data["between"])),
        frozenset(tuple(typed(word).split()) for word in data["people"]),
        frozenset(map(typed, data["closing"])),
        frozenset(map(typed, (*table().scales, *data["scales"]))),
    )


def _phrases(listed: Mapping[str, Iterable[str]], accented: bool) -> ThingPhrases:
    kinds: dict[tuple[str, ...], Thing] = {}
    for names, phrases in listed.items():
        for phrase in phrases:
            words = tuple((phrase if accented else fold(phrase)).replace("/", " ").split())
            kind = named(names.split(" or "))
            kinds[words] = kinds[words] | kind if words in kinds else kind
    return ThingPhrases(kinds, max(map(len, kinds)))
