"""What the tokens of a question meet in sentences, by late interaction."""

from typing import NamedTuple

import numpy as np

from index.encoders import StaticModel
from index.encoders.base import Floats, Tokens
from index.generation.arrays import RowIds
from index.generation.corpus import Values
from retrieval.features.late_interaction import SAME, Passages, above_chance, shares, token_weights
from retrieval.features.sentence_cache import Paragraphs


class TokenMatches(NamedTuple):
    """What the tokens of a question meet in some rows.

    Attributes:
        weights: Weight of each token of the question, summing to 1.
        best: Best cosine of each token in each row, float32 (q, rows).
        best_around: The same in the paragraph of each row and the opening of its document.
        late: Late interaction with each row.
        rare: The same, tokens weighted by how rarely the collection has a match for them.
        window: The same, in those `late.WINDOW` tokens in a row where it is highest.
        exact: Share of the weight of tokens with a match that is all but the same.
        paragraph: As `rare`, with the whole paragraph.
        opening: As `rare`, with the opening of the document.
        beside: Logarithm of 1 + the length of the vectors of the row's tokens that the question has nothing
            like.
    """

    weights: Floats
    best: Floats
    best_around: Floats
    late: Floats
    rare: Floats
    window: Floats
    exact: Floats
    paragraph: Floats
    opening: Floats
    beside: Floats


def match_tokens(
    model: StaticModel,
    query: Tokens,
    rarity: Floats,
    tokens: Values,
    paragraphs: Paragraphs,
    opening: RowIds,
) -> TokenMatches:
    """Match the tokens of a question.

    Args:
        model: Token vectors.
        query: Token ids of the question, int32 (q,), q >= 1.
        rarity: How rarely the collection has a match for each of them.
        tokens: Token ids of all rows.
        paragraphs: Around the rows to match.
        opening: Rows of the opening of the document of each, int64 (rows of an opening, rows).
    """
    read = np.union1d(paragraphs.rows, opening)
    values, starts = tokens.take(read)
    filled = np.diff(starts) > 0
    passages = Passages.of(values, starts[:-1][filled])
    cosines = passages.cosines(model, query)
    best_read = np.full((len(query), len(read)), -1.0, dtype=np.float32)
    if filled.any():
        best_read[:, filled] = passages.best(cosines)

    around = _columns(best_read, np.searchsorted(read, paragraphs.rows))
    best = _columns(around, paragraphs.place)
    best_paragraph = _columns(np.maximum.reduceat(around, paragraphs.first, axis=1), paragraphs.mine)
    best_opening = _columns(best_read, np.searchsorted(read, opening)).max(axis=1)
    weights = token_weights(model, query)
    rare = shares(weights * rarity)

    count = len(paragraphs.place)
    window, beside = np.full(count, -1.0, dtype=np.float32), np.zeros(count, dtype=np.float32)
    mine = np.searchsorted(read, paragraphs.rows[paragraphs.place])
    has = filled[mine]
    if has.any():
        rows = passages.chosen((np.cumsum(filled) - 1)[mine[has]])
        window[has] = rows.best_window(cosines, rare)
        unlike = 1 - above_chance(cosines.max(axis=1), SAME)
        beside[has] = np.log1p(rows.sums(unlike * model.lengths(passages.distinct)))
    return TokenMatches(
        weights=weights,
        best=best,
        best_around=np.maximum(best_paragraph, best_opening),
        late=weights @ best,
        rare=rare @ best,
        window=window,
        exact=rare @ (best > SAME),
        paragraph=rare @ best_paragraph,
        opening=rare @ best_opening,
        beside=beside,
    )


def match_leaders(matches: TokenMatches, leaders: RowIds) -> Floats:
    """Return late interaction, tokens weighted by how rarely the leaders have a match for them.

    What all good candidates have in common does not tell which of them answers; float32 (rows,).

    Args:
        matches: Of some rows.
        leaders: Places among them of the best candidates, as far as is known.
    """
    common = above_chance(_columns(matches.best, leaders)).mean(axis=1)
    found: Floats = shares(matches.weights * np.log(1.5 / (common + 0.5))) @ matches.best
    return found


def _columns(matrix: Floats, places: RowIds) -> Floats:
    """Return some columns, in the order of C.

    Indexing gives the order of Fortran. A product with that is right, but for vectors of five OpenBLAS 0.3.31
    calculates on lanes that were never set, which numpy tells as an "invalid value" when they hold a
    signalling NaN.
    """
    return matrix.take(places, axis=1)
