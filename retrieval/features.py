"""What is measured of each candidate sentence: the numbers that the ranker weighs.

Every feature means the same for every question and collection: shares from 0 to 1, cosines, or standard
deviations above the collection's mean.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis import fold
from index.arrays import PartedRows
from index.generation import Generation
from index.static import Floats, StaticModel, Tokens
from index.words import Field
from retrieval.late import Passages, late_interaction, token_weights
from retrieval.question import Question
from retrieval.readings import Readings

Ints = npt.NDArray[np.int64]
Column = npt.NDArray[np.floating] | npt.NDArray[np.int8]

_BLOCK = 32
"""Longer paragraphs (a document of one endless line) count as paragraphs of so many sentences each."""
# Okapi BM25 (Robertson and Zaragoza 2009) with the usual constants.
K1, B = 1.2, 0.75
# Cosine that two unrelated tokens may well have.
_CHANCE = 0.4
_FIGURES = ("date:", "number:", "percent:", "year:")


class Features(NamedTuple):
    """One column a feature, one row a sentence."""

    late: Column  # late interaction with the sentence
    late_rare: Column  # late interaction, tokens weighted by how rarely the collection has a match for them
    late_rare_paragraph: Column  # the same with the whole paragraph around the sentence
    dense: Column  # similarity of the encoder's vectors, in standard deviations of the collection
    words: Column  # BM25, as a share of the most that the question could reach
    words_paragraph: Column  # share of the question's words (by rarity) found in the paragraph
    late_foreign: Column  # late * share of the question's words (by rarity) that the collection lacks:
    dense_foreign: Column  # dense * the same, since vectors decide when the words are foreign
    kind: Column  # 1 if the sentence offers the kind of answer asked for, -1 if it does not, 0 unknown
    length: Column  # logarithm of the number of tokens
    concepts: Column  # rarity of the question's concepts in the sentence, as a share of that of its words
    concepts_paragraph: Column  # the same of the paragraph around the sentence
    concepts_foreign: Column  # concepts * share of the question's words that the collection lacks
    figures_lacking: Column  # rarity of the dates and numbers of the question that the sentence lacks


@dataclass(frozen=True, slots=True)
class Background:
    """What is usual in the collection: the scale of what is measured of one question.

    Attributes:
        mean: Mean cosine of the vectors of two sentences.
        deviation: Its standard deviation.
        average_terms: Mean number of terms of a sentence.
        sample: Sentences from all over the collection.
        rarities: By token, how rarely the sample has a match for it; NaN until a question has the token.
        readings: What questions have made known of single sentences.
    """

    mean: float
    deviation: float
    average_terms: float
    sample: Passages
    rarities: Floats
    readings: Readings


def measure_background(generation: Generation, model: StaticModel) -> Background:
    """Measure the collection on a fixed sample of its sentences."""
    count = generation.sentences
    rows = np.unique(np.linspace(0, count - 1, num=min(count, 256)).astype(np.int64))
    vectors = generation.vectors.rows(rows)
    cosines = (vectors @ vectors.T)[np.triu_indices(len(rows), k=1)]
    if len(cosines) < 2:  # a collection of one or two sentences has no background
        cosines = np.array([0.0, 0.2])
    tokens, starts = generation.tokens.take(rows)
    return Background(
        mean=float(cosines.mean()),
        deviation=max(float(cosines.std()), 1e-3),
        average_terms=max(int(generation.terms.indptr[-1]) / max(count, 1), 1.0),
        sample=Passages.of(tokens, starts[:-1][np.diff(starts) > 0]),
        rarities=np.full(model.tokens, np.nan, dtype=np.float32),
        readings=Readings(generation),
    )


def measure(
    question: Question,
    query: Tokens,
    vector: Floats,
    rows: Ints,
    generation: Generation,
    model: StaticModel,
    background: Background,
) -> npt.NDArray[np.float32]:
    """Return the features of the candidate rows, float32 (len(rows), len(Features._fields)).

    Args:
        question: The question.
        query: Its token ids, int32 (q,), q >= 1.
        vector: Its vector by the encoder of the generation, float32 (dimension,).
        rows: Candidate rows, ascending and distinct.
        generation: Where the rows are.
        model: Token vectors for late interaction.
        background: Scale of the collection.
    """
    around, member, first = _paragraphs(background.readings, rows)
    place = np.searchsorted(around, rows)

    best = _best_tokens(model, query, generation.tokens, around)
    weights = token_weights(model, query)
    late = weights @ best[:, place]
    best_around = np.maximum.reduceat(best, first, axis=1)
    rare = weights * _rarity(query, model, background)
    rare /= max(float(rare.sum()), 1e-9)

    dense = (generation.vectors.rows(rows) @ vector - background.mean) / background.deviation

    words, shared, missing, total = _words(question, generation, around, first, background)
    concepts, concepts_around, lacking = _concepts(question, generation, around, first, total, background)

    kind = background.readings.kinds(question.kind, rows)
    ends = generation.tokens.indptr
    columns = Features(
        late=late,
        late_rare=rare @ best[:, place],
        late_rare_paragraph=(rare @ best_around)[member[place]],
        dense=dense,
        words=words[place],
        words_paragraph=shared[member[place]],
        late_foreign=late * missing,
        dense_foreign=dense * missing,
        kind=kind,
        length=np.log1p(ends[rows + 1] - ends[rows]),
        concepts=concepts[place],
        concepts_paragraph=concepts_around[member[place]],
        concepts_foreign=concepts[place] * missing,
        figures_lacking=lacking[place],
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _paragraphs(readings: Readings, rows: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the rows of the paragraphs that hold `rows`, the paragraph of each, and where they begin."""
    begin, end = readings.paragraphs(rows)
    starts, some = np.unique(rows - (rows - begin) % _BLOCK, return_index=True)
    sizes = np.minimum(starts + _BLOCK, end[some]) - starts
    first = np.cumsum(sizes) - sizes
    member = np.repeat(np.arange(len(starts)), sizes)
    return np.arange(int(sizes.sum())) + (starts - first)[member], member, first


def _best_tokens(model: StaticModel, query: Tokens, tokens: PartedRows, rows: Ints) -> Floats:
    """Return the best cosine of each query token in each row, float32 (q, len(rows)); -1 in an empty row."""
    values, starts = tokens.take(rows)
    filled = np.diff(starts) > 0
    best = np.full((len(query), len(rows)), -1.0, dtype=np.float32)
    if filled.any():
        best[:, filled] = late_interaction(model, query, values, starts[:-1][filled])
    return best


def _rarity(query: Tokens, model: StaticModel, background: Background) -> Floats:
    """Return how rarely the collection has a match for each query token: idf over soft matches, float32 (q,).

    A word index counts equal words; a token also matches its translations and synonyms, each by how far its
    cosine is above chance.
    """
    count = len(background.sample.first)
    if not count:
        return np.ones(len(query), dtype=np.float32)
    rarities = background.rarities[query]
    if np.isnan(rarities).any():
        best = background.sample.best(model, query)
        matches = np.clip((best - _CHANCE) / (1 - _CHANCE), 0, 1).sum(axis=1)
        rarities = np.log1p((count - matches + 0.5) / (matches + 0.5)).astype(np.float32)
        background.rarities[query] = rarities
    return rarities


def _words(
    question: Question, generation: Generation, rows: Ints, first: Ints, background: Background
) -> tuple[Floats, Floats, float, float]:
    """Return BM25 shares of the rows, rarity shares of paragraphs, the unknown share, and the rarity of all.

    Accents that were typed count; where none was, the folded field alone.
    """
    field: Field = "accented" if question.accented else "folded"
    wanted = question.terms if field == "accented" else tuple(dict.fromkeys(map(fold, question.terms)))
    values, starts = (generation.terms if field == "accented" else generation.folded).take(rows)
    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(rows)), lengths)
    norm = K1 * (1 - B + B * lengths / background.average_terms)
    frequencies = generation.frequencies(field)
    scores, paragraphs = np.zeros(len(rows)), np.zeros(len(first))
    total = unknown = 0.0
    others = _others(question, generation, rows, field, background)
    for term in wanted:
        number = background.readings.term_id(field, term)
        frequency = 0 if number is None else int(frequencies[number])
        rarity = float(np.log1p((generation.sentences - frequency + 0.5) / (frequency + 0.5)))
        total += rarity
        other = others.get(term)
        if number is None and other is None:
            unknown += rarity
            continue
        counts = np.bincount(owner[values == number], minlength=len(rows))
        if other is not None:
            counts = np.maximum(counts, other)
        scores += rarity * counts / (counts + norm)
        paragraphs += rarity * (np.add.reduceat(counts, first) > 0)
    total = max(total, 1e-9)
    shares = (scores / total).astype(np.float32), (paragraphs / total).astype(np.float32)
    return *shares, unknown / total, total


def _others(
    question: Question, generation: Generation, rows: Ints, field: Field, background: Background
) -> dict[str, npt.NDArray[np.bool_]]:
    """Return for each term of a phrase with synonyms which rows hold one of those; none if no row does."""
    found: dict[str, npt.NDArray[np.bool_]] = {}
    if not question.alternatives:
        return found
    values, starts = generation.rows_of_terms(field).take(rows)
    owner = np.repeat(np.arange(len(rows)), np.diff(starts))
    for phrase, others in question.alternatives:
        held = np.zeros(len(rows), dtype=np.bool_)
        for other in others:
            named = [t if field == "accented" else fold(t) for t in other]
            numbers = [background.readings.term_id(field, term) for term in named]
            count = len(values) - len(numbers) + 1
            if None in numbers or count < 1:
                continue
            here = owner[:count] == owner[len(numbers) - 1 :]
            for step, number in enumerate(numbers):
                here &= values[step : step + count] == number
            held[owner[:count][here]] = True
        if held.any():
            found |= dict.fromkeys(phrase if field == "accented" else map(fold, phrase), held)
    return found


def _concepts(
    question: Question,
    generation: Generation,
    rows: Ints,
    first: Ints,
    total: float,
    background: Background,
) -> tuple[Floats, Floats, Floats]:
    """Return the rarity of the question's concepts in rows and paragraphs, and of figures that rows lack.

    All as shares of `total`, the rarity of the question's words: a concept of a long question is less of it.
    """
    found = np.zeros(len(rows), dtype=np.float32)
    around, lacking = np.zeros(len(first), dtype=np.float32), np.zeros(len(rows), dtype=np.float32)
    if not question.concepts:
        return found, around, lacking
    values, starts = generation.concepts.take(rows)
    owner = np.repeat(np.arange(len(rows)), np.diff(starts))
    frequencies = generation.frequencies("concepts")
    for concept in question.concepts:
        number = background.readings.term_id("concepts", concept)
        frequency = 0 if number is None else int(frequencies[number])
        share = float(np.log1p((generation.sentences - frequency + 0.5) / (frequency + 0.5))) / total
        held = np.zeros(len(rows), dtype=np.bool_)
        if number is not None:
            held[owner[values == number]] = True
            around += share * np.logical_or.reduceat(held, first)
        found += share * held
        if concept.startswith(_FIGURES):
            lacking += share * ~held
    return found, around, lacking
