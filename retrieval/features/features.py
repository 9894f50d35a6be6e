"""What is measured of each candidate sentence: the numbers that the ranker weighs.

Every feature means the same for every question and collection: shares from 0 to 1, cosines, or standard
deviations above the collection's mean.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.encoders import StaticModel
from index.encoders.base import Floats, Tokens
from index.generation.arrays import RowIds
from index.generation.corpus import Corpus
from retrieval.features.answer_types import KINDS
from retrieval.features.background import Background
from retrieval.features.country_feature import names_countries
from retrieval.features.token_features import match_leaders, match_tokens
from retrieval.features.word_features import match_concepts, match_words
from retrieval.question import Question

Column = npt.NDArray[np.floating] | npt.NDArray[np.int8]

_OPENING = 2
"""Sentences of a document that say what it is about."""
_LEADERS = 10
"""Candidates that meet most of the question: what they have in common tells none of them from the others."""


class Features(NamedTuple):
    """One column a feature, one row a sentence."""

    late_rare: Column  # late interaction, tokens weighted by how rarely the collection has a match for them
    late_rare_paragraph: Column  # the same with the whole paragraph around the sentence
    late_opening: Column  # the same with the first two sentences of the document, as title and lede
    late_window: Column  # the same with those six tokens in a row where it is highest
    late_leaders: Column  # the same, weighted by how rarely the ten best candidates have a match for them
    late_exact: Column  # share of the question's tokens, weighted so, with a match that is all but the same
    dense: Column  # similarity of the encoder's vectors, in standard deviations of the collection
    dense_paragraph: Column  # the same with the mean vector of the paragraph
    words_before: Column  # share of the question's words (by rarity) found in the sentence or the one before
    words_paragraph: Column  # BM25 of the paragraph, as a share of the most that the question could reach
    phrases: Column  # share of the question's pairs of neighbouring words that are neighbours in the sentence
    phrases_paragraph: Column  # the same for the paragraph
    late_foreign: Column  # late interaction * share of the question's words that the collection lacks
    kind_when: Column  # 1 if a date is asked for and the sentence offers one, -1 if it does not, else 0
    kind_quantity: Column  # the same for numbers
    kind_why: Column  # reasons
    kind_where: Column  # places
    kind_who: Column  # persons
    country: Column  # 1 if each country of the question is named nearby, -1 if not, 0 if it has none
    length: Column  # logarithm of the number of tokens
    beside: Column  # logarithm of the weight of the tokens that the question has nothing like: what is new
    concepts_paragraph: Column  # rarity of its concepts in the paragraph by that of its words, saturated
    foreign: Column  # 1 if the question is in another language: for the probability, since it orders nothing


def measure(
    question: Question,
    query: Tokens,
    vector: Floats,
    rows: RowIds,
    generation: Corpus,
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
    cache = background.cache
    paragraphs = cache.around(rows)
    opening = cache.openings(rows, _OPENING)
    rarity = background.rarity(query, model)
    tokens = match_tokens(model, query, rarity, generation.tokens, paragraphs, opening)
    words = match_words(question, generation, background, paragraphs)
    concepts = match_concepts(question, generation, cache, paragraphs, words.total)

    vectors = generation.vectors.rows(paragraphs.rows)
    cosines = vectors @ vector
    summed: Floats = np.add.reduceat(cosines, paragraphs.first)
    means = background.standardised(summed / cache.lengths(paragraphs, vectors))

    shares: npt.NDArray[np.float64] = (
        tokens.rare + tokens.paragraph + tokens.opening + words.before + words.paragraph
        + words.phrases + words.phrases_paragraph + concepts.share
    )  # fmt: skip
    leaders = _best(shares, generation.duplicate_keys[rows], _LEADERS)

    kind = cache.kinds(question.kind, rows)
    columns = Features(
        late_rare=tokens.rare,
        late_rare_paragraph=tokens.paragraph,
        late_opening=tokens.opening,
        late_window=tokens.window,
        late_leaders=match_leaders(tokens, leaders),
        late_exact=tokens.exact,
        dense=background.standardised(cosines[paragraphs.place]),
        dense_paragraph=means[paragraphs.mine],
        words_before=words.before,
        words_paragraph=words.paragraph,
        phrases=words.phrases,
        phrases_paragraph=words.phrases_paragraph,
        late_foreign=tokens.late * words.unknown,
        **{f"kind_{name}": kind * (question.kind == name) for name in KINDS},
        country=names_countries(question, model, cache, rows, tokens, leaders, concepts.countries),
        length=np.log1p(generation.tokens.lengths(rows)),
        beside=tokens.beside,
        concepts_paragraph=concepts.share,
        foreign=np.full(len(rows), words.foreign),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _best(values: npt.NDArray[np.floating], duplicate_keys: RowIds, count: int) -> RowIds:
    """Return the places of the `count` highest values, one of those that say the same."""
    order = np.argsort(-values, kind="stable")
    _, firsts = np.unique(duplicate_keys[order], return_index=True)
    best: RowIds = order[np.sort(firsts)[:count]]
    return best
