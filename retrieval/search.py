"""Candidates: the sentences that words or vectors find, before they are ranked."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from index.encoders.base import Floats
from index.generation import CONTEXT, DOCUMENT, PARAGRAPH
from index.generation.arrays import RowIds
from index.generation.bm25 import K1, B, idf
from index.generation.corpus import Column, Corpus
from index.generation.word_index import Field
from index.text.headings import is_numbered
from index.text.terms import fold
from retrieval.filters import Mask, kept
from retrieval.question import Question

CANDIDATES = 100
"""From each kind of search; the union is ranked."""
DOCUMENTS = 3
"""How many documents are candidates as a whole: those with the most hits."""
AROUND = 24
"""In longer ones, this many sentences on either side of the nearest one found."""

_WIDER = 8
_AMPLE = 2
_FEW = 4_000  # where a filter leaves no more sentences than this, each is scored


def candidates(
    question: Question,
    vector: Floats,
    generation: Corpus,
    count: int = CANDIDATES,
    mask: Mask | None = None,
    documents: int = DOCUMENTS,
) -> RowIds:
    """Return the rows that may answer, ascending and distinct, int64.

    A numbered heading answers nothing itself, so what stands below it comes in its place.

    The accented field is searched only when the question has accents; the folded one always, so that a
    document without accents is found too. What leans on sentences before it ("con tàu", "nghị quyết này")
    may share no word with a question and match no search, but its document does.

    Args:
        question: The question.
        vector: Its vector by the encoder of the generation, float32 (dimension,).
        generation: Where to search.
        count: How many of each kind of search, of those that the filter leaves.
        mask: For each row whether it may answer; None where all may.
        documents: How many documents have all their sentences as candidates.
    """
    found = _found(question, vector, generation, count, mask, documents)
    return _below_headings(found, generation, mask)


def _found(
    question: Question,
    vector: Floats,
    generation: Corpus,
    count: int,
    mask: Mask | None,
    documents: int,
) -> RowIds:
    folded = tuple(dict.fromkeys(map(fold, question.terms)))
    fields: list[tuple[Sequence[str], Field]] = [(folded, "folded")]
    if question.accented:
        fields.append((question.terms, "accented"))
    if question.concepts:
        fields.append((question.concepts, "concepts"))
    for alternative in question.alternatives:
        fields += [(tuple(map(fold, phrase)), "folded") for phrase in alternative.others]
    found: list[int] = []
    if mask is not None and (left := np.flatnonzero(mask)).size <= _FEW:
        if len(left) <= count:
            return left
        scores = [generation.vectors.rows(left) @ vector]
        scores += [_bm25(terms, field, left, generation) for terms, field in fields]
        for column in scores:
            best = np.lexsort((left, -column))
            found += _best(left[best[column[best] != 0]].tolist(), count, generation)
    else:
        found += _first(lambda k: _near(vector, generation, k), count, mask, generation)
        for terms, field in fields:
            search = partial(_holding, terms, field, generation)
            found += _first(search, count, mask, generation)
    rows = np.unique(np.array(found, dtype=np.int64))
    return _in_context(rows, vector, generation, mask, documents) if documents and len(rows) else rows


def _below_headings(rows: RowIds, generation: Corpus, mask: Mask | None) -> RowIds:
    """Return the rows, and for each numbered heading among them what stands below it in its place."""
    headings = [row for row in _heads(rows, generation.places) if is_numbered(generation.sentence(row).text)]
    if not headings:
        return rows
    ends = generation.around.paragraphs(np.array(headings))[1].tolist()
    below = [np.arange(row + 1, end) for row, end in zip(headings, ends, strict=True)]
    found: RowIds = np.unique(np.concatenate([np.setdiff1d(rows, headings), *below]))
    return found if mask is None else found[mask[found]]


def _heads(rows: RowIds, places: Column) -> list[int]:
    """Return those rows with which a context of more than one paragraph begins."""
    rows = rows[rows + 1 < len(places)]
    here, after = places[rows], places[rows + 1]
    before = places[np.maximum(rows - 1, 0)]
    same = [DOCUMENT, CONTEXT]
    begins = (rows == 0) | (here[:, same] != before[:, same]).any(axis=1)
    goes_on = (here[:, same] == after[:, same]).all(axis=1) & (here[:, PARAGRAPH] != after[:, PARAGRAPH])
    heads: list[int] = rows[begins & goes_on].tolist()
    return heads


def _in_context(
    rows: RowIds, vector: Floats, generation: Corpus, mask: Mask | None, documents: int
) -> RowIds:
    """Return the rows plus those of the documents that most of them belong to; the nearest count most."""
    cosines = np.maximum(generation.vectors.rows(rows) @ vector, 0)
    named, mine = np.unique(generation.places[rows, DOCUMENT], return_inverse=True)
    weights = np.bincount(mine, cosines**3)
    around = [rows]
    for place in np.argsort(-weights, kind="stable")[:documents].tolist():
        its = np.flatnonzero(mine == place)
        nearest = int(rows[its[cosines[its].argmax()]])
        whole = generation.rows_at(int(named[place]))
        first, last = max(whole.start, nearest - AROUND), min(whole.stop, nearest + AROUND + 1)
        around.append(np.arange(first, last, dtype=np.int64))
    found: RowIds = np.unique(np.concatenate(around))
    return found if mask is None else found[mask[found]]


def _near(vector: Floats, generation: Corpus, k: int) -> list[int]:
    rows: list[int] = generation.vectors.search(vector[None, :], k)[1][0].tolist()
    return rows


def _holding(terms: Sequence[str], field: Field, generation: Corpus, k: int) -> list[int]:
    return [row for row, _ in generation.words.search(terms, field, k)]


def _bm25(terms: Sequence[str], field: Field, rows: RowIds, generation: Corpus) -> Floats:
    """Return the BM25 score of each row, float32: scoring a few rows is faster than searching all."""
    values, starts = generation.rows_of_terms(field).take(rows)
    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(rows)), lengths)
    norm = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0))
    scores = np.zeros(len(rows))
    for term in terms:
        number = generation.term_id(field, term)
        if number is not None:
            frequency = int(generation.frequencies(field)[number])
            counts = np.bincount(owner[values == number], minlength=len(rows))
            scores += idf(frequency, generation.sentences) * counts / (counts + norm)
    return scores.astype(np.float32)


def _first(
    search: Callable[[int], Sequence[int]], count: int, mask: Mask | None, generation: Corpus
) -> Sequence[int]:
    """Return the best `count` of the rows that a filter leaves, searching wider until there are enough."""
    most = generation.sentences
    # Wide enough for the share that is left to suffice; what is left out may be denser at the front.
    k = count if mask is None else min(count + _AMPLE * count * most // max(int(mask.sum()), 1), most)
    while True:
        rows = search(k)
        best = _best(kept(rows, mask), count, generation)
        if len(best) >= count or len(rows) < k or k >= most:
            return best
        k = min(_WIDER * k, most)


def _best(rows: Sequence[int], count: int, generation: Corpus) -> Sequence[int]:
    """Return the first `count` rows; if most of them are copies, the first distinct ones."""
    best = rows[:count]
    if 2 * len(np.unique(generation.duplicate_keys[best])) >= len(best):  # the usual case, quickly detected
        return best
    _, first = np.unique(generation.duplicate_keys[rows], return_index=True)
    return [rows[place] for place in np.sort(first)[:count].tolist()]
