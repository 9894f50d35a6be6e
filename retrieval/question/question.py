"""Read a question: its length is limited, its text cleaned, its words and the wanted answer found."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.concepts import Concept, concepts, is_country
from index.errors import TrichDanError
from index.text.terms import Term, fold, located_terms
from retrieval.question.asking_words import Asking, read_words, unspaced_asked
from retrieval.question.short_forms import written_out
from retrieval.question.vietnamese import looks_vietnamese
from retrieval.question.wanted import Wanted, wanted
from retrieval.records import AnswerType, Refusal

LONGEST_QUESTION = 1_000
"""In characters; a pasted article asks nothing that one sentence could answer."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


class QuestionRefused(TrichDanError):  # noqa: N818 - says what is the case, like the errors of `index`
    """The text is not a question that can be searched for; `str()` says why, in one English sentence.

    Attributes:
        reason: The same, for other languages.
    """

    def __init__(self, reason: Refusal, template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.reason = reason


class Alternative(NamedTuple):
    """Other words for a phrase of a question, all as accented terms."""

    phrase: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be searched for.

    Attributes:
        text: The question in NFC, without control characters and with single spaces, short forms written out.
        terms: Its distinct accented terms in reading order, without the words that only ask.
        phrases: Distinct pairs of those terms that stand side by side in the question.
        subjects: The terms that are not mere function words such as "của" and "the".
        accented: Whether any letter was typed with an accent; if none was, accents are ignored.
        kind: Kind of answer asked for; None if unclear.
        wanted: Kind of quantity or time asked for; None if uncertain.
        concepts: Its distinct concepts (`index.concepts`): the countries, dates and amounts that it names.
        countries: The countries among them, once for each mention.
        alternatives: Synonyms of its phrases (`retrieval.question.synonyms`).
        understood: Whether `text` differs from what was typed, in which case the answer says so.
    """

    text: str
    terms: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    accented: bool
    kind: AnswerType | None
    wanted: Wanted | None = None
    concepts: tuple[str, ...] = ()
    countries: tuple[Concept, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    understood: bool = False


def read_question(text: str) -> Question:
    """Return the question in `text`.

    Raises:
        QuestionRefused: Empty, too long, without any letter or digit, or made of asking words only.
    """
    if len(text) > LONGEST_QUESTION:
        raise QuestionRefused(
            Refusal.TOO_LONG,
            "The question has {count:,} characters; ask in at most {limit:,} characters.",
            count=len(text),
            limit=LONGEST_QUESTION,
        )
    typed = " ".join(_UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text)).split())
    cleaned = written_out(typed)
    if not cleaned:
        raise QuestionRefused(Refusal.EMPTY, "The question is empty; write what you want to know.")
    if not _LETTER_OR_DIGIT.search(cleaned):
        raise QuestionRefused(Refusal.NO_WORDS, "The question has no words; write what you want to know.")
    located = list(located_terms(cleaned))
    found = [term.text for term in located]
    accented = any(fold(term) != term for term in found)
    words = _as_words(cleaned, located, accented)
    reading = read_words(words, accented=accented, vietnamese=looks_vietnamese(cleaned))
    if not reading.subjects:
        raise QuestionRefused(
            Refusal.NO_SUBJECT, "The question names nothing to look for; add who or what it is about."
        )
    asked = [*reading.asked, *unspaced_asked(cleaned)]
    asking = _clearest(asked)
    kept, subjects = (
        tuple(dict.fromkeys(found[place] for place in places)) for places in (reading.kept, reading.subjects)
    )
    beside = set(reading.kept)
    phrases = dict.fromkeys((found[place], found[place + 1]) for place in reading.kept if place + 1 in beside)
    named = concepts(cleaned)
    countries = tuple(concept for concept in named if is_country(concept.id))
    ids = tuple(dict.fromkeys(concept.id for concept in named))
    return Question(
        cleaned,
        kept,
        tuple(phrases),
        subjects,
        accented,
        asking.type if asking else None,
        wanted(asked, asking, words if asking in reading.asked else (), accented=accented)
        if asking
        else None,
        ids,
        countries,
        understood=cleaned != typed,
    )


def _clearest(asked: Sequence[Asking]) -> Asking | None:
    """Return the first thing asked for; a mere "which", as in "which country, and how much", says least."""
    definite = [asking for asking in asked if asking.type is not AnswerType.WHAT]
    return next(iter(definite or asked), None)


def _as_words(text: str, located: Sequence[Term], accented: bool) -> list[str]:
    """Return the terms as the word lists have them; names in capitals ("AI", "WHO") are in no list."""
    in_capitals = text == text.upper()
    return [
        ""
        if not in_capitals and end - start > 1 and text[start:end].isupper()
        else (term if accented else fold(term))
        for term, start, end in located
    ]
