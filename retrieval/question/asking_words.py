"""Question words by language: what they ask for, and which words to leave out of a search.

Languages share spellings: `comment` asks in French and is a noun in English, `may` is a month in English and
`mấy` typed plainly. So a question is read with the words of one language, the one that explains most of it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple, TypedDict, cast

from index.text.terms import fold, terms
from retrieval.question.things import Thing, named
from retrieval.records import AnswerType

_NOTHING = "nothing"  # phrases that contain an asking word but ask nothing, such as "máy bay"
_BEGINNING = "^"
_VIETNAMESE = "vi"


class Asking(NamedTuple):
    """What a phrase asks for.

    Attributes:
        type: The kind of answer.
        thing: The kind of thing, if the phrase alone makes it certain.
        place: Index of the first word of the phrase; in scripts without spaces, of its first code point.
        after: Index of the first word, or code point, after it.
    """

    type: AnswerType
    thing: Thing | None
    place: int
    after: int


class QuestionWords(NamedTuple):
    """A question as read with the words of one language.

    Attributes:
        asked: What is asked for, the clearest first.
        kept: Indices of the words that do not ask.
        subjects: Indices of those that are not mere function words such as "của" and "the".
        explained: How many words the language knows.
    """

    asked: tuple[Asking, ...]
    kept: tuple[int, ...]
    subjects: tuple[int, ...]
    explained: int


def read_words(words: Sequence[str], *, accented: bool, vietnamese: bool) -> QuestionWords:
    """Read a question with the language that explains most of its words.

    Args:
        words: Its terms, folded unless `accented`; the empty string is a word of no language.
        accented: Whether it was typed with accents; if not, accents are ignored in matching.
        vietnamese: Whether it looks Vietnamese. If it was typed without accents, that alone decides, because
            many small words of French and Spanish then look Vietnamese. Otherwise the language that explains
            most words wins.
    """
    readings = {name: language.read(words) for name, language in _languages(accented).items()}
    own = readings.pop(_VIETNAMESE)
    if vietnamese and not accented:
        return own
    other = max(readings.values(), key=lambda reading: reading.explained)
    return own if own.explained + vietnamese > other.explained else other


def unspaced_asked(text: str) -> list[Asking]:
    """Return what a text asks for in scripts without spaces, in order."""
    pattern, asks = _unspaced()
    return [Asking(*what, *match.span()) for match in pattern.finditer(text) if (what := asks[match[0]])]


_What = tuple[AnswerType, Thing | None]


@dataclass(frozen=True, slots=True)
class _Language:
    asks: Mapping[tuple[str, ...], _What | None]  # None: the phrase does not ask
    begin: frozenset[str]  # the first words of these phrases
    longest: int
    unclear: frozenset[str]
    empty: frozenset[str]

    def read(self, words: Sequence[str]) -> QuestionWords:
        clear: list[Asking] = []
        unclear: list[Asking] = []
        kept: list[int] = []
        place = 0
        while place < len(words):
            what, length = self._ask_at(words, place)
            places = range(place, place + length)
            if what is None:
                kept += places
            elif length == 1 and words[place] in self.unclear:
                kept += places
                unclear.append(Asking(*what, place, place + length))
            else:
                clear.append(Asking(*what, place, place + length))
            place += length
        subjects = tuple(place for place in kept if words[place] not in self.empty)
        explained = len(words) - len(subjects) + len(unclear)
        return QuestionWords((*clear, *unclear), tuple(kept), subjects, explained)

    def _ask_at(self, words: Sequence[str], place: int) -> tuple[_What | None, int]:
        """Return what the longest phrase here asks for (None for nothing) and its length, at least 1."""
        if words[place] not in self.begin:
            return None, 1
        for length in range(min(self.longest, len(words) - place), 0, -1):
            phrase = tuple(words[place : place + length])
            for listed in (phrase, (_BEGINNING, *phrase))[: 2 if place == 0 else 1]:
                if listed in self.asks:
                    return self.asks[listed], length
        return None, 1


class _Words(TypedDict):
    asks: dict[str, list[str]]
    unclear: list[str]
    empty: list[str]


class _Lists(TypedDict):
    spaced: dict[str, _Words]
    unspaced: dict[str, list[str]]


@cache
def _lists() -> _Lists:
    """Read the word lists once, when the first question comes."""
    text = resources.files("retrieval.question").joinpath("asking_words.json").read_text("utf-8")
    return cast(_Lists, json.loads(text))


@cache
def _languages(accented: bool) -> Mapping[str, _Language]:
    return {name: _language(words, accented) for name, words in _lists()["spaced"].items()}


def _language(words: _Words, accented: bool) -> _Language:
    def typed(listed: Iterable[str]) -> Iterator[str]:
        return iter(listed) if accented else map(fold, listed)

    asks = {
        (*[_BEGINNING] * phrase.startswith(_BEGINNING), *typed(terms(phrase))): _what(kind)
        for kind, phrases in words["asks"].items()
        for phrase in phrases
    }
    unclear = frozenset() if accented else frozenset(typed(words["unclear"]))
    begin = frozenset(next(word for word in phrase if word != _BEGINNING) for phrase in asks)
    return _Language(asks, begin, max(map(len, asks)), unclear, frozenset(typed(words["empty"])))


@cache
def _unspaced() -> tuple[re.Pattern[str], Mapping[str, _What | None]]:
    asks = {phrase: _what(kind) for kind, phrases in _lists()["unspaced"].items() for phrase in phrases}
    longest_first = sorted(asks, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), asks


def _what(listed: str) -> _What | None:
    """Return what "quantity length or duration" asks for."""
    if listed == _NOTHING:
        return None
    answer, _, kinds = listed.partition(" ")
    return AnswerType(answer), named(kinds.split(" or ")) if kinds else None
