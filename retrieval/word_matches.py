"""What the words and concepts of a question meet in sentences, counted by how rare they are."""

from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis import fold
from index.generation import Generation
from index.words import Field
from retrieval.bm25 import K1, B, idf
from retrieval.question import Question
from retrieval.readings import Readings

Ints = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]

_HALF = 0.1
"""Share of the rarity of a question's words at which concepts count half of the most that they can."""


class WordMatches(NamedTuple):
    """Shares of the rarity of the question's words, or of its phrases.

    Attributes:
        rows: BM25 of each row.
        before: Words found in each row or in the one before it in its paragraph.
        paragraphs: Words found in each paragraph.
        phrases: Neighbouring words of the question that are neighbours in each row.
        phrases_paragraphs: The same in each paragraph.
        unknown: Words that the collection lacks.
        total: Rarity of all words, as idf.
    """

    rows: Shares
    before: Shares
    paragraphs: Shares
    phrases: Shares
    phrases_paragraphs: Shares
    unknown: float
    total: float


def match_words(
    question: Question,
    generation: Generation,
    readings: Readings,
    average_terms: float,
    rows: Ints,
    first: Ints,
) -> WordMatches:
    """Match the words of a question; accents that were typed count; where none was, accents are ignored.

    Args:
        question: The question.
        generation: Where the rows are.
        readings: Of the generation.
        average_terms: Mean number of terms of a sentence.
        rows: Rows of whole paragraphs, one after the other.
        first: Where each paragraph begins in `rows`, ascending from 0.
    """
    field: Field = "accented" if question.accented else "folded"
    values, starts = generation.rows_of_terms(field).take(rows)
    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(rows)), lengths)
    norm = K1 * (1 - B + B * lengths / average_terms)
    scores, before, paragraphs = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(first))
    total = unknown = 0.0
    synonyms = _synonyms(question, field, readings, values, owner, len(rows))
    words = list(question.terms if field == "accented" else map(fold, question.terms))
    pairs = [pair if field == "accented" else (fold(pair[0]), fold(pair[1])) for pair in question.phrases]
    known = {term: _rarity(term, field, generation, readings) for term in chain(words, *pairs)}
    # Few of all terms are asked for; what follows has to do with these only.
    asked = [number for number, _ in known.values() if number is not None]
    at = np.flatnonzero(np.isin(values, np.array(asked, dtype=values.dtype)))
    held, holder = values[at], owner[at]
    for term in dict.fromkeys(words):
        number, rarity = known[term]
        total += rarity
        synonym = synonyms.get(term)
        if number is None and synonym is None:
            unknown += rarity
            continue
        counts = np.bincount(holder[held == number], minlength=len(rows))
        if synonym is not None:
            counts = np.maximum(counts, synonym)
        scores += rarity * counts / (counts + norm)
        previous = np.concatenate([[0], counts[:-1]])
        previous[first] = 0
        before += rarity * ((counts > 0) | (previous > 0))
        paragraphs += rarity * (np.add.reduceat(counts, first) > 0)

    phrases, around, weight = np.zeros(len(rows)), np.zeros(len(first)), 0.0
    within = (np.diff(at) == 1) & (holder[1:] == holder[:-1])
    for left, right in pairs:
        (one, rarity), (other, more) = known[left], known[right]
        weight += rarity + more
        together = holder[:-1][within & (held[:-1] == one) & (held[1:] == other)]
        both = left in synonyms and right in synonyms
        if not len(together) and not both:
            continue
        has = np.bincount(together, minlength=len(rows)) > 0
        if both:
            has |= synonyms[left] & synonyms[right]
        phrases += (rarity + more) * has
        around += (rarity + more) * np.logical_or.reduceat(has, first)
    total, weight = max(total, 1e-9), max(weight, 1e-9)
    shares = scores / total, before / total, paragraphs / total, phrases / weight, around / weight
    return WordMatches(*shares, unknown / total, total)


def match_concepts(
    question: Question, generation: Generation, readings: Readings, rows: Ints, first: Ints, total: float
) -> Shares:
    """Return how much of the question's concepts each paragraph holds, float64 (len(first),).

    Their rarity x as a share of `total`, that of its words (a concept of a long question is less of it), as
    x / (x + `_HALF`): where a question is little more than the name of a country, the name is not all that
    counts. Other arguments as for `match_words`.
    """
    around = np.zeros(len(first))
    if question.concepts:
        values, starts = generation.concepts.take(rows)
        owner = np.repeat(np.arange(len(rows)), np.diff(starts))
    for concept in question.concepts:
        number, rarity = _rarity(concept, "concepts", generation, readings)
        if number is not None:
            held = np.bincount(owner[values == number], minlength=len(rows)) > 0
            around += rarity * np.logical_or.reduceat(held, first)
    return around / (around + _HALF * total)


def _synonyms(
    question: Question,
    field: Field,
    readings: Readings,
    values: npt.NDArray[np.int32],
    owner: Ints,
    count: int,
) -> dict[str, npt.NDArray[np.bool_]]:
    """Return for each term of a phrase with synonyms which rows hold one of those; none if no row does.

    Args:
        question: The question.
        field: Whose terms are compared.
        readings: Of the generation.
        values: Ids of the terms of all rows.
        owner: Row of each of them.
        count: Number of rows.
    """
    found: dict[str, npt.NDArray[np.bool_]] = {}
    for phrase, others in question.alternatives:
        held = np.zeros(count, dtype=np.bool_)
        for other in others:
            named = [term if field == "accented" else fold(term) for term in other]
            numbers = [readings.term_id(field, term) for term in named]
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


def _rarity(term: str, field: Field, generation: Generation, readings: Readings) -> tuple[int | None, float]:
    """Return the number of a term and its idf."""
    number = readings.term_id(field, term)
    frequency = 0 if number is None else int(generation.frequencies(field)[number])
    return number, float(idf(frequency, generation.sentences))
