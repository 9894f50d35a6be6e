"""What is usual in a collection: the scale of what is measured of one question."""

from dataclasses import dataclass

import numpy as np

from index.encoders import StaticModel
from index.encoders.base import Floats, Tokens
from index.generation.bm25 import idf
from index.generation.corpus import Corpus
from retrieval.features.late_interaction import Passages, above_chance
from retrieval.features.sentence_cache import SentenceCache


@dataclass(frozen=True, slots=True)
class Background:
    """What is usual in the collection.

    Attributes:
        mean: Mean cosine of the vectors of two sentences.
        deviation: Its standard deviation.
        average_terms: Mean number of terms of a paragraph.
        sample: Sentences from all over the collection.
        rarities: By token, how rarely the sample has a match for it; NaN until a question has the token.
        cache: What questions have made known of single sentences.
    """

    mean: float
    deviation: float
    average_terms: float
    sample: Passages
    rarities: Floats
    cache: SentenceCache

    def standardised(self, cosines: Floats) -> Floats:
        """Return by how many standard deviations cosines are above the mean."""
        found: Floats = (cosines - self.mean) / self.deviation
        return found

    def rarity(self, query: Tokens, model: StaticModel) -> Floats:
        """Return how rarely the collection has a match for each query token, float32 (q,).

        That is idf over soft matches. A word index counts equal words; a token also matches its translations
        and synonyms, each by how far its cosine is above chance.
        """
        count = len(self.sample.first)
        if not count:
            return np.ones(len(query), dtype=np.float32)
        rarities = self.rarities[query]
        new = np.unique(query[np.isnan(rarities)])
        if len(new):
            best = self.sample.best(self.sample.cosines(model, new))
            self.rarities[new] = idf(above_chance(best).sum(axis=1), count)
            rarities = self.rarities[query]
        return rarities


def measure_background(generation: Corpus, model: StaticModel) -> Background:
    """Measure the collection on a fixed sample of its sentences."""
    count = generation.sentences
    rows = np.unique(np.linspace(0, count - 1, num=min(count, 256)).astype(np.int64))
    vectors = generation.vectors.rows(rows)
    cosines = (vectors @ vectors.T)[np.triu_indices(len(rows), k=1)]
    if len(cosines) < 2:  # a collection of one or two sentences has no background
        cosines = np.array([0.0, 0.2])
    tokens, starts = generation.tokens.take(rows)
    cache, terms = SentenceCache(generation), generation.terms.total
    return Background(
        mean=float(cosines.mean()),
        deviation=max(float(cosines.std()), 1e-3),
        average_terms=max(terms / max(cache.paragraphs, 1), 1.0),
        sample=Passages.of(tokens, starts[:-1][np.diff(starts) > 0]),
        rarities=np.full(model.tokens, np.nan, dtype=np.float32),
        cache=cache,
    )
