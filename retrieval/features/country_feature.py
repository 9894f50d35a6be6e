"""Whether a sentence is about the countries that a question names."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from index.encoders import StaticModel
from index.generation.arrays import RowIds
from retrieval.features.sentence_cache import SentenceCache
from retrieval.features.token_features import TokenMatches
from retrieval.question import Question

_LIKE = 0.25
"""Cosine from which on a token may stand for a country: Moscow for Russia (.62), Washington for the United
States (.39), but not one country for another (.12 at most)."""


def names_countries(
    question: Question,
    model: StaticModel,
    cache: SentenceCache,
    rows: RowIds,
    matches: TokenMatches,
    leaders: RowIds,
    held: Mapping[str, npt.NDArray[np.bool_]],
) -> npt.NDArray[np.int8]:
    """Return 1 for rows whose surroundings name each country of the question, else -1, int8 (len(rows),).

    The surroundings are the paragraph and the opening of the document; of the leaders also its title, which
    would take too long to read for all. In doubt they do, and all is 0 where the question has no country that
    the collection knows.

    Args:
        question: The question.
        model: What divided it into tokens.
        cache: Of the generation.
        rows: The rows.
        matches: Of the question and the rows.
        leaders: Places in `rows` of the best candidates, as far as is known.
        held: For each country that the collection knows, whether the paragraph of each row names it.
    """
    if not held:
        return np.zeros(len(rows), dtype=np.int8)
    every = np.ones(len(rows), dtype=np.bool_)
    _, places = model.locate(question.text)
    for country, in_paragraph in held.items():
        spans = [(named.start, named.end) for named in question.countries if named.id == country]
        tokens = [any(start < to and end > at for at, to in spans) for start, end in places]
        named = in_paragraph | (matches.best_around[tokens].max(axis=0, initial=-1.0) >= _LIKE)
        doubtful = leaders[~named[leaders]]
        named[doubtful] = cache.titles_name(rows[doubtful], country)
        every &= named
    return np.where(every, np.int8(1), np.int8(-1))
