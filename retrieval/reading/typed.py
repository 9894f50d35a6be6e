"""Whether sentences, and the words in them that answer, hold the kind of thing that a question wants."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.concepts import concepts, is_country
from retrieval.features.answer_types import READ, UNCLEAR_TIME
from retrieval.features.quantities import Quantity, quantities
from retrieval.question import Question
from retrieval.question.things import TIME, thing_words
from retrieval.question.wanted import Wanted
from retrieval.ranking.ranker import Matrix

TYPED = ("kind", "counted", "marked", "of_country")
"""Whether the sentence holds the kind that is wanted, whether it counts what is to be counted, whether the
words that the reader marks hold the kind, whether the last country named before them is asked about: 1 if so,
-1 if not, 0 where that cannot be told."""


class Holding(NamedTuple):
    """What a sentence holds of the kind that is wanted.

    Attributes:
        kind: Whether it holds any, as of `TYPED`.
        counted: Whether it counts what is to be counted, as of `TYPED`.
        places: Code points of what is of the kind; None where that cannot be told.
        countries: Where each country is named, ascending, and whether the question names it too; empty if the
            question names none.
    """

    kind: float
    counted: float
    places: tuple[tuple[int, int], ...] | None
    countries: tuple[tuple[int, bool], ...] = ()


_UNTOLD = Holding(0.0, 0.0, None)


def holdings(question: Question, sentences: Sequence[str]) -> list[Holding]:
    """Return what each sentence holds of the kind that a question wants, and of the countries it names."""
    wanted = question.wanted
    found = [_UNTOLD] * len(sentences)
    if wanted is not None:
        stated = {quantity.number for quantity in quantities(question.text, wanted.thing)}
        found = [_holding(wanted, stated, sentence) for sentence in sentences]
    if asked := {country.id for country in question.countries}:
        found = [
            each._replace(countries=_countries(asked, sentence))
            for each, sentence in zip(found, sentences, strict=True)
        ]
    return found


def typed(held: Sequence[Holding], marked: Sequence[tuple[int, int] | None]) -> Matrix:
    """Return the columns named by `TYPED`, float32 (len(held), 4).

    Args:
        held: What the sentences hold.
        marked: Code points of each sentence that are said to answer; None where none are.
    """
    rows = [
        (each.kind, each.counted, _among(each, words), _of_country(each, words))
        for each, words in zip(held, marked, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(TYPED))


def _holding(wanted: Wanted, stated: set[str], sentence: str) -> Holding:
    if not READ.search(sentence):
        return _UNTOLD
    # What the question says itself answers nothing.
    right = [
        each
        for each in quantities(sentence, wanted.thing)
        if each.number not in stated and (each.thing & wanted.thing or _is_counted(each, wanted))
    ]
    if not right:
        is_open = wanted.thing & TIME == TIME and UNCLEAR_TIME.search(sentence) is not None
        return Holding(0.0 if is_open else -1.0, 0.0, ())
    counted = 0.0
    if wanted.counted or wanted.people:
        counted = 1.0 if any(_is_counted(each, wanted) for each in right) else -1.0
    return Holding(1.0, counted, tuple((each.start, each.end) for each in right))


def _among(held: Holding, words: tuple[int, int] | None) -> float:
    """Tell whether the words hold what the sentence holds."""
    if words is None or held.places is None:
        return 0.0
    return 1.0 if any(start < words[1] and words[0] < end for start, end in held.places) else -1.0


def _countries(asked: set[str], sentence: str) -> tuple[tuple[int, bool], ...]:
    named = (each for each in concepts(sentence) if is_country(each.id))
    return tuple(sorted((each.start, each.id in asked) for each in named))


def _of_country(held: Holding, words: tuple[int, int] | None) -> float:
    """Tell whether the words are said of a country that is asked about: "Nga có 5.580 đầu đạn" is of Nga."""
    before = [is_asked for start, is_asked in held.countries if words is not None and start < words[0]]
    return (1.0 if before[-1] else -1.0) if before else 0.0


def _is_counted(quantity: Quantity, wanted: Wanted) -> bool:
    """Tell whether a quantity counts what is to be counted, or persons where persons are."""
    noun = quantity.noun
    if wanted.people and any(noun[:length] in thing_words(accented=False).people for length in (1, 2, 3)):
        return True
    return not set(wanted.counted[:2]).isdisjoint(noun[:3])
