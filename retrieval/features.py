"""What is measured of each candidate sentence: the numbers that the ranker weighs.

Every feature means the same for every question and collection: shares from 0 to 1, cosines, or standard
deviations above the collection's mean.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.arrays import PartedRows
from index.generation import Generation
from index.static import Floats, StaticModel, Tokens
from retrieval.bm25 import idf
from retrieval.late import Passages, late_interaction, token_weights
from retrieval.offers import KINDS
from retrieval.question import Question
from retrieval.readings import Readings
from retrieval.word_matches import match_concepts, match_words

Ints = npt.NDArray[np.int64]
Column = npt.NDArray[np.floating] | npt.NDArray[np.int8]

_BLOCK = 32
"""Longer paragraphs (a document of one endless line) count as paragraphs of so many sentences each."""
# Cosine that two unrelated tokens may well have, and one from which on two are forms of one word.
_CHANCE, _SAME = 0.4, 0.85
_OPENING = 2
"""Sentences of a document that say what it is about."""


class Features(NamedTuple):
    """One column a feature, one row a sentence."""

    late: Column  # late interaction with the sentence
    late_rare: Column  # late interaction, tokens weighted by how rarely the collection has a match for them
    late_rare_paragraph: Column  # the same with the whole paragraph around the sentence
    late_opening: Column  # the same with the first two sentences of the document, as title and lede
    late_exact: Column  # share of the question's tokens, weighted so, with a match that is all but the same
    dense: Column  # similarity of the encoder's vectors, in standard deviations of the collection
    words: Column  # BM25, as a share of the most that the question could reach
    words_before: Column  # share of the question's words (by rarity) found in the sentence or the one before
    words_paragraph: Column  # share of them found in the paragraph
    phrases: Column  # share of the question's pairs of neighbouring words that are neighbours in the sentence
    phrases_paragraph: Column  # the same for the paragraph
    late_foreign: Column  # late * share of the question's words (by rarity) that the collection lacks:
    dense_foreign: Column  # dense * the same, since vectors decide when the words are foreign
    kind_when: Column  # 1 if a date is asked for and the sentence offers one, -1 if it does not, else 0
    kind_quantity: Column  # the same for numbers
    kind_why: Column  # reasons
    kind_where: Column  # places
    kind_who: Column  # persons
    length: Column  # logarithm of the number of tokens
    concepts_paragraph: Column  # rarity of its concepts in the paragraph by that of its words, saturated


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

    opening = background.readings.openings(rows, _OPENING)
    read = np.union1d(around, opening)
    best_read = _best_tokens(model, query, generation.tokens, read)
    best = _columns(best_read, np.searchsorted(read, around))
    best_row = _columns(best, place)
    weights = token_weights(model, query)
    late = weights @ best_row
    rare = weights * _rarity(query, model, background)
    rare /= max(float(rare.sum()), 1e-9)
    best_around = rare @ np.maximum.reduceat(best, first, axis=1)
    best_opening = _columns(best_read, np.searchsorted(read, opening)).max(axis=1)

    dense = (generation.vectors.rows(rows) @ vector - background.mean) / background.deviation

    words = match_words(question, generation, background.readings, background.average_terms, around, first)
    concepts = match_concepts(question, generation, background.readings, around, first, words.total)

    kind = background.readings.kinds(question.kind, rows)
    ends = generation.tokens.indptr
    columns = Features(
        late=late,
        late_rare=rare @ best_row,
        late_rare_paragraph=best_around[member[place]],
        late_opening=rare @ best_opening,
        late_exact=rare @ (best_row > _SAME),
        dense=dense,
        words=words.rows[place],
        words_before=words.before[place],
        words_paragraph=words.paragraphs[member[place]],
        phrases=words.phrases[place],
        phrases_paragraph=words.phrases_paragraphs[member[place]],
        late_foreign=late * words.unknown,
        dense_foreign=dense * words.unknown,
        length=np.log1p(ends[rows + 1] - ends[rows]),
        **{f"kind_{name}": kind * (question.kind == name) for name in KINDS},
        concepts_paragraph=concepts[member[place]],
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


def _columns(matrix: Floats, places: Ints) -> Floats:
    """Return some columns, in the order of C.

    Indexing gives the order of Fortran. A product with that is right, but for vectors of five OpenBLAS 0.3.31
    calculates on lanes that were never set, which numpy tells as an "invalid value" when they hold a
    signalling NaN.
    """
    return matrix.take(places, axis=1)


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
        rarities = idf(matches, count).astype(np.float32)
        background.rarities[query] = rarities
    return rarities
