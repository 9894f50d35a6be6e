"""Whether a sentence is about the countries that a question names."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.concepts import Concept
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
    tokens = named_tokens(model.locate(question.text)[1], question.countries)
    for country, in_paragraph in held.items():
        nearest = matches.best_around[tokens.get(country, [])].max(axis=0, initial=-1.0)
        named = in_paragraph | (nearest >= _LIKE)
        doubtful = leaders[~named[leaders]]
        named[doubtful] = cache.titles_name(rows[doubtful], country)
        every &= named
    return np.where(every, np.int8(1), np.int8(-1))


def named_tokens(places: Sequence[tuple[int, int]], countries: Iterable[Concept]) -> dict[str, list[int]]:
    """Return by the id of each country which tokens have a code point of its names, ascending.

    Looks names up among the tokens, instead of comparing all with all: a question may be nothing but names.

    Args:
        places: Start and end of each token in the question, both ascending.
        countries: The names, in reading order.
    """
    starts, ends = [start for start, _ in places], [end for _, end in places]
    found: dict[str, dict[int, None]] = {}
    for name in countries:
        tokens = range(bisect_right(ends, name.start), bisect_left(starts, name.end))
        found.setdefault(name.id, {}).update(dict.fromkeys(tokens))
    return {country: list(tokens) for country, tokens in found.items()}
