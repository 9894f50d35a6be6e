"""Which words of a quote carry the match with the question, so that the eye finds them."""

import bisect

import numpy as np

from index.analysis import fold, located_terms
from index.static import StaticModel
from retrieval.late import late_interaction, token_weights
from retrieval.question import Question

_NEAR = 0.55
"""Cosine from which on a token of the quote counts as a translation of one of the question."""


def highlight(question: Question, text: str, model: StaticModel) -> tuple[tuple[int, int], ...]:
    """Return the code-point ranges of `text` that match the question, ascending and apart.

    A word matches when it is a subject of the question (without accents, if the question has none), or when
    one of its tokens is near to a weighty token of a subject: so words in other languages match, too.
    """
    wanted = {_as_asked(term, question) for term in question.subjects}
    near = _near_tokens(question, text, model)
    ends = [end for _, end in near]
    words = []
    for term, start, end in located_terms(text):
        following = bisect.bisect_right(ends, start)  # the first near token that ends within or behind it
        is_near = following < len(near) and near[following][0] < end
        if is_near or _as_asked(term, question) in wanted:
            words.append((start, end))
    return _joined(sorted(words), text)


def _as_asked(term: str, question: Question) -> str:
    return term if question.accented else fold(term)


def _near_tokens(question: Question, text: str, model: StaticModel) -> list[tuple[int, int]]:
    subjects = model.tokenize([" ".join(question.subjects)])[0]
    tokens, places = model.locate(text)
    if not len(tokens) or not len(subjects):
        return []
    cosines = late_interaction(model, subjects, tokens, np.arange(len(tokens)))
    weighty = token_weights(model, subjects) >= 1 / len(subjects)
    near = np.flatnonzero((cosines[weighty] >= _NEAR).any(axis=0))
    return [places[token] for token in near.tolist()]


def _joined(spans: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Join spans with nothing but spaces between them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
