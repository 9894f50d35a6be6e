"""Which words of a quote match the question, so that the eye finds them."""

import bisect
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

import numpy as np

from index.encoders import StaticModel
from index.text.terms import Term, fold, located_terms
from retrieval.features.late_interaction import token_weights
from retrieval.question import Question

Ranges = tuple[tuple[int, int], ...]

_NEAR = 0.55
"""Cosine from which on a token of the quote counts as a translation of one of the question."""
_REMEMBERED = 256
"""How many texts keep their words in memory: the same sentences are shown repeatedly."""


def highlight(question: Question, texts: Sequence[str], model: StaticModel) -> list[Ranges]:
    """Return the code-point ranges of each text that match the question, ascending and apart.

    A word matches when it is a subject of the question (without accents, if the question has none), or when
    one of its tokens is close to a weighty token of a subject, so that words in other languages match too.
    """
    wanted = {_as_asked(term, question) for term in question.subjects}
    return [
        _matching(text, wanted, near, question)
        for text, near in zip(texts, _near_tokens(question, texts, model), strict=True)
    ]


def _matching(text: str, wanted: Set[str], near: list[tuple[int, int]], question: Question) -> Ranges:
    ends = [end for _, end in near]
    words = []
    for term, start, end in _words(text):
        following = bisect.bisect_right(ends, start)  # the first close token that ends within or after it
        is_near = following < len(near) and near[following][0] < end
        if is_near or _as_asked(term, question) in wanted:
            words.append((start, end))
    return _joined(sorted(words), text)


def _as_asked(term: str, question: Question) -> str:
    return term if question.accented else fold(term)


def _near_tokens(
    question: Question, texts: Sequence[str], model: StaticModel
) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of the tokens of each text that are close to the question."""
    subjects = model.tokenize([" ".join(question.subjects)])[0]
    located = [model.locate(text) for text in texts]
    found = np.concatenate([tokens for tokens, _ in located]) if located else subjects[:0]
    if not len(found) or not len(subjects):
        yield from ([] for _ in texts)
        return
    weighty = subjects[token_weights(model, subjects) >= 1 / len(subjects)]
    near: list[bool] = (model.cosines(found, weighty).max(axis=1, initial=-1.0) >= _NEAR).tolist()
    start = 0
    for tokens, places in located:
        end = start + len(tokens)
        yield [place for place, is_near in zip(places, near[start:end], strict=True) if is_near]
        start = end


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> tuple[Term, ...]:
    return tuple(located_terms(text))


def _joined(spans: list[tuple[int, int]], text: str) -> Ranges:
    """Join spans with nothing but spaces between them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
