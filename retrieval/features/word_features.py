"""What the words and concepts of a question meet in sentences, counted by how rare they are."""

from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.concepts import is_country
from index.generation.arrays import RowIds
from index.generation.bm25 import K1, B, idf
from index.generation.corpus import Corpus
from index.generation.word_index import Field
from index.text.terms import fold
from retrieval.features.background import Background
from retrieval.features.sentence_cache import Paragraphs, SentenceCache
from retrieval.question import Question

Shares = npt.NDArray[np.float64]

_HALF = 0.1
"""Share of the rarity of a question's words at which concepts count half of the most that they can."""


class WordMatches(NamedTuple):
    """Shares of the rarity of the question's words, or of its phrases, in some rows.

    Attributes:
        before: Words found in each row or in the one before it in its paragraph.
        paragraph: BM25 of the paragraph.
        phrases: Neighbouring words of the question that are neighbours in each row.
        phrases_paragraph: The same in the paragraph.
        unknown: Words that the collection lacks.
        foreign: Whether it lacks most of them, counted one by one: then the question is in another language.
        total: Rarity of all words, as idf.
    """

    before: Shares
    paragraph: Shares
    phrases: Shares
    phrases_paragraph: Shares
    unknown: float
    foreign: bool
    total: float


def match_words(
    question: Question, generation: Corpus, background: Background, paragraphs: Paragraphs
) -> WordMatches:
    """Match the words of a question; accents that were typed count; where none was, accents are ignored.

    Args:
        question: The question.
        generation: Where the rows are.
        background: Of the generation.
        paragraphs: Around the rows to match.
    """
    rows, first = paragraphs.rows, paragraphs.first
    field: Field = "accented" if question.accented else "folded"
    values, starts = generation.rows_of_terms(field).take(rows)
    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(rows)), lengths)
    norm = K1 * (1 - B + B * np.add.reduceat(lengths, first) / background.average_terms)
    before, around = np.zeros(len(rows)), np.zeros(len(first))
    total = unknown = 0.0
    lacked = 0
    cache = background.cache
    synonyms = _synonyms(question, field, cache, values, owner, len(rows))
    words = list(question.terms if field == "accented" else map(fold, question.terms))
    pairs = [pair if field == "accented" else (fold(pair[0]), fold(pair[1])) for pair in question.phrases]
    known = {term: _rarity(term, field, generation, cache) for term in chain(words, *pairs)}
    # Few of all terms are asked for; what follows has to do with these only.
    asked = [number for number, _ in known.values() if number is not None]
    at = np.flatnonzero(np.isin(values, np.array(asked, dtype=values.dtype)))
    held, holder = values[at], owner[at]
    holders = _Holders(held, holder)
    distinct = dict.fromkeys(words)
    for term in distinct:
        number, rarity = known[term]
        total += rarity
        synonym = synonyms.get(term)
        if number is None and synonym is None:
            unknown += rarity
            lacked += 1
            continue
        counts = np.bincount(holders.of(number), minlength=len(rows))
        if synonym is not None:
            counts = np.maximum(counts, synonym)
        previous = np.concatenate([[0], counts[:-1]])
        previous[first] = 0
        before += rarity * ((counts > 0) | (previous > 0))
        found = np.add.reduceat(counts, first)
        around += rarity * found / (found + norm)

    phrases, phrases_around, weight = np.zeros(len(rows)), np.zeros(len(first)), 0.0
    within = np.flatnonzero((np.diff(at) == 1) & (holder[1:] == holder[:-1]))
    together_in = _Holders(_paired(held[within], held[within + 1]), holder[within])
    for left, right in pairs:
        (one, rarity), (other, more) = known[left], known[right]
        weight += rarity + more
        together = together_in.of(None if one is None or other is None else int(_paired(one, other)))
        both = left in synonyms and right in synonyms
        if not len(together) and not both:
            continue
        has = np.bincount(together, minlength=len(rows)) > 0
        if both:
            has |= synonyms[left] & synonyms[right]
        phrases += (rarity + more) * has
        phrases_around += (rarity + more) * np.logical_or.reduceat(has, first)
    total, weight = max(total, 1e-9), max(weight, 1e-9)
    place, mine = paragraphs.place, paragraphs.mine
    return WordMatches(
        before=before[place] / total,
        paragraph=around[mine] / total,
        phrases=phrases[place] / weight,
        phrases_paragraph=phrases_around[mine] / weight,
        unknown=unknown / total,
        foreign=2 * lacked > len(distinct),
        total=total,
    )


class ConceptMatches(NamedTuple):
    """What the paragraphs of some rows hold of a question's concepts.

    Attributes:
        share: Their rarity x as a share of that of the question's words (a concept of a long question is less
            of it), as x / (x + `_HALF`): where a question is little more than the name of a country, the name
            is not all that counts.
        countries: For each country of the question that the collection knows, whether it is named, bool.
    """

    share: Shares
    countries: dict[str, npt.NDArray[np.bool_]]


def match_concepts(
    question: Question, generation: Corpus, cache: SentenceCache, paragraphs: Paragraphs, total: float
) -> ConceptMatches:
    """Match the concepts of a question; `total` is the rarity of its words, the rest as for `match_words`."""
    rows, first = paragraphs.rows, paragraphs.first
    around = np.zeros(len(first))
    countries = {}
    if question.concepts:
        values, starts = generation.concepts.take(rows)
        owner = np.repeat(np.arange(len(rows)), np.diff(starts))
    for concept in question.concepts:
        number, rarity = _rarity(concept, "concepts", generation, cache)
        if number is not None:
            in_rows = np.bincount(owner[values == number], minlength=len(rows)) > 0
            held = np.logical_or.reduceat(in_rows, first)
            around += rarity * held
            if is_country(concept):
                countries[concept] = held[paragraphs.mine]
    return ConceptMatches((around / (around + _HALF * total))[paragraphs.mine], countries)


class _Holders:
    """Which rows hold a number, looked up: comparing all with each term of a question is quadratic."""

    def __init__(self, numbers: RowIds | npt.NDArray[np.int32], rows: RowIds) -> None:
        order = np.argsort(numbers, kind="stable")
        self._numbers = numbers[order].astype(np.int64)
        self._rows = rows[order]

    def of(self, number: int | None) -> RowIds:
        """Return the rows that hold a number, ascending, each as often as it does; none for None."""
        if number is None:
            return self._rows[:0]
        begin = np.searchsorted(self._numbers, number, side="left")
        return self._rows[begin : np.searchsorted(self._numbers, number, side="right")]


def _paired(first: npt.ArrayLike, second: npt.ArrayLike) -> RowIds:
    """Return numbers that stand for pairs of the numbers of terms, which are int32."""
    return (np.asarray(first, dtype=np.int64) << 32) | np.asarray(second, dtype=np.int64)


def _synonyms(
    question: Question,
    field: Field,
    cache: SentenceCache,
    values: npt.NDArray[np.int32],
    owner: RowIds,
    count: int,
) -> dict[str, npt.NDArray[np.bool_]]:
    """Return for each term of a phrase with synonyms which rows hold one of those; none if no row does.

    Args:
        question: The question.
        field: Whose terms are compared.
        cache: Of the generation.
        values: Ids of the terms of all rows.
        owner: Row of each of them.
        count: Number of rows.
    """
    found: dict[str, npt.NDArray[np.bool_]] = {}
    for phrase, others in question.alternatives:
        held = np.zeros(count, dtype=np.bool_)
        for other in others:
            named = [term if field == "accented" else fold(term) for term in other]
            numbers = [cache.term_id(field, term) for term in named]
            places = len(values) - len(numbers) + 1
            if None in numbers or places < 1:
                continue
            here = owner[:places] == owner[len(numbers) - 1 :]
            for step, number in enumerate(numbers):
                here &= values[step : step + places] == number
            held[owner[:places][here]] = True
        if held.any():
            found |= dict.fromkeys(phrase if field == "accented" else map(fold, phrase), held)
    return found


def _rarity(term: str, field: Field, generation: Corpus, cache: SentenceCache) -> tuple[int | None, float]:
    """Return the number of a term and its idf."""
    number = cache.term_id(field, term)
    frequency = 0 if number is None else int(generation.frequencies(field)[number])
    return number, float(idf(frequency, generation.sentences))
