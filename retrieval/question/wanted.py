"""The kind of quantity or time a question asks for, if certain: "dài bao nhiêu", "how many"."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.text.terms import fold
from retrieval.question.asking_words import Asking
from retrieval.question.things import AMOUNT, QUANTITY, TIME, Thing, ThingPhrases, ThingWords, thing_words
from retrieval.records import AnswerType

_NOUN = 3
"""How many words after "bao nhiêu" may name what is counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of quantity or time.

    Attributes:
        thing: Any of these kinds answers.
        counted: The words that name what is counted, without accents; empty if nothing is.
        people: Whether people are counted.
    """

    thing: Thing
    counted: tuple[str, ...] = ()
    people: bool = False


def wanted(asked: Sequence[Asking], first: Asking, words: Sequence[str], *, accented: bool) -> Wanted | None:
    """Return the quantity or time that a question asks for; None if it asks for neither.

    Args:
        asked: Every phrase that asks.
        first: The one that counts.
        words: The question's terms, without accents unless `accented`; empty if the phrase is in a script
            without spaces.
        accented: Whether it was typed with accents.
    """
    known = thing_words(accented)
    if first.type is AnswerType.WHEN:
        # "Which hospital was he in when …", and "khi nào" or "năm nào" beside a second question.
        alone = all(other.place >= first.place for other in asked)
        return Wanted(first.thing or TIME | Thing.DURATION) if alone else None
    if first.type is not AnswerType.QUANTITY:
        return None
    if first.thing not in (None, Thing.COUNT, AMOUNT) or not words:
        people = first.thing == Thing.PEOPLE
        return Wanted(Thing.COUNT if people else first.thing or QUANTITY, people=people)
    return _quantity(first, words, known)


def _quantity(asking: Asking, words: Sequence[str], known: ThingWords) -> Wanted:
    behind = asking.after
    while behind < len(words) and words[behind] in known.scales:
        behind += 1
    if (unit := known.units.at(words, behind)) is not None:
        return Wanted(unit[0])
    if (direct := _direct(words[: asking.place], known)) is not None:
        return Wanted(direct)
    counted = () if asking.thing == AMOUNT else _noun(words[behind : behind + _NOUN], known)
    if counted or asking.thing is Thing.COUNT:
        mass = known.about.at(words, behind)  # "bao nhiêu vốn"
        people = any(
            counted[n:m] in known.people for n in range(len(counted)) for m in range(n + 1, len(counted) + 1)
        )
        own = asking.thing is None and "".join(map(fold, counted)).isascii()
        return Wanted(
            Thing.COUNT | (mass[0] if mass else Thing(0)),
            tuple(map(fold, counted)) if own else (),
            people,
        )
    about = _first(known.about, words)
    return Wanted(QUANTITY if about is None else about)


def _direct(words: Sequence[str], known: ThingWords) -> Thing | None:
    """Return the kind that the words right before the asking phrase name."""
    end = len(words)
    while end and words[end - 1] in known.between:
        end -= 1
    for place in range(max(0, end - known.direct.longest), end):
        found = known.direct.at(words, place)
        if found is not None and found[1] == end:
            return found[0]
    return None


def _first(phrases: ThingPhrases, words: Sequence[str]) -> Thing | None:
    return next((found[0] for place in range(len(words)) if (found := phrases.at(words, place))), None)


def _noun(words: Sequence[str], known: ThingWords) -> tuple[str, ...]:
    end = next(
        (n for n, word in enumerate(words) if not word or word in known.closing or word.isdecimal()),
        len(words),
    )
    return tuple(words[:end])
