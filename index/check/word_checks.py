"""Faults of terms, their keys and numbers, and the word index."""

from collections.abc import Iterator

import numpy as np

from index.check.subset import Subset, spread
from index.generation import Generation
from index.generation.arrays import Csr, Ints
from index.generation.parts import Part
from index.generation.term_keys import keys_of
from index.generation.word_index import FIELDS, Field
from index.text.terms import fold

_SAMPLE = 200
_MANY = 1_000  # rows: finding more of them takes longer than all the rest


def terms_of_parts(generation: Generation, subset: Subset) -> Iterator[str]:
    """Compare the terms of each part, their keys and frequencies, with its rows and with the generation."""
    for number in subset.parts:
        part = generation.parts[number]
        terms, folds = {field: part.terms(field) for field in FIELDS}, part.folds()
        pairs = zip(terms["accented"], folds.tolist(), strict=True)
        wrong = [term for term, place in pairs if fold(term) != terms["folded"][place]]
        if wrong:
            yield f"the accented term {wrong[0]!r} of a part has another folded one"
        for field in FIELDS:
            if not np.array_equal(part.keys(field), keys_of(terms[field])):
                yield f"the keys of the {field} terms of a part are not theirs"
                continue
            keys = generation.keys(field)
            own = np.searchsorted(keys, part.keys(field)).astype(np.int32)
            if own.max(initial=-1) >= len(keys) or not np.array_equal(keys[own], part.keys(field)):
                yield f"a part has {field} terms that the generation does not know"
            elif not np.array_equal(
                generation.numbers(field, number), own[folds] if field == "folded" else own
            ):
                yield f"the {field} terms of a part have other numbers than their keys say"
            yield from _frequencies(part, field, terms[field], folds)


def _frequencies(part: Part, field: Field, terms: list[str], folds: Ints) -> Iterator[str]:
    stored = "accented" if field == "folded" else field
    values = part.values(stored).astype(np.int32)
    most = len(folds) if field == "folded" else len(terms)
    if len(values) and not 0 <= values.min() <= values.max() < most:
        yield f"a row has {field} terms that are not in the vocabulary"
        return
    ends = part.columns().ends[stored].astype(np.int64)
    counted = Csr(folds[values] if field == "folded" else values, ends).frequencies(len(terms))
    wrong = np.flatnonzero(counted != part.frequencies(field))
    if wrong.size:
        yield f"the {field} term {terms[wrong[0]]!r} has another frequency than its rows say"


def joined_terms(generation: Generation) -> Iterator[str]:
    """Compare the terms of the generation, and their frequencies, with those of its parts."""
    for field in FIELDS:
        keys, counted = generation.keys(field), np.zeros(len(generation.keys(field)), dtype=np.int32)
        for part in generation.parts:
            own = np.searchsorted(keys, part.keys(field))
            if own.max(initial=-1) < len(keys):
                np.add.at(counted, own, part.frequencies(field))
        if not (keys[1:] > keys[:-1]).all() or not counted.all():
            yield f"the {field} terms are not those of the parts"
        if not np.array_equal(counted, generation.frequencies(field)):
            yield f"the {field} terms have other frequencies than those of the parts"


def word_index(generation: Generation, subset: Subset) -> Iterator[str]:
    """Compare the word index with the term rows: frequencies of terms, and rows that find themselves."""
    for field in FIELDS:
        for number in subset.parts:
            fault = _words_of_part(generation, subset, number, field)
            if fault:
                yield fault
                break


def _words_of_part(generation: Generation, subset: Subset, number: int, field: Field) -> str | None:
    """Look into a share of `_SAMPLE` terms of a part, and of half as many of its rows."""
    words, part, own_rows = generation.words, generation.parts[number], generation.rows_of_part(number)
    terms, frequencies = part.terms(field), generation.frequencies(field)
    for place in spread(np.arange(len(terms)), -(-_SAMPLE // len(subset.parts))):
        known = generation.term_id(field, terms[place])
        if known is None or words.document_frequency(field, terms[place]) != frequencies[known]:
            return f"the word index has another frequency of the {field} term {terms[place]!r}"
    named = dict(zip(generation.numbers(field, number).tolist(), _stored(part, field, terms), strict=True))
    for row in spread(np.asarray(own_rows), -(-_SAMPLE // 2 // len(subset.parts))):
        held = {named[term] for term in generation.rows_of_terms(field).row(row).tolist()}
        if held:
            rarest = min(sorted(held), key=lambda term: words.document_frequency(field, term))
            frequency = words.document_frequency(field, rarest)
            if frequency <= _MANY and row not in {hit for hit, _ in words.search([rarest], field, frequency)}:
                return f"the word index does not find row {row} by its {field} term {rarest!r}"
    return None


def _stored(part: Part, field: Field, terms: list[str]) -> list[str]:
    """Return the term of a field that each number in the rows of a part stands for."""
    return [terms[place] for place in part.folds().tolist()] if field == "folded" else terms
