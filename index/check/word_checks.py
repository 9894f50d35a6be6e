"""Faults of terms, their numbers and the word index."""

from collections.abc import Iterator

import numpy as np

from index.check.subset import Subset, spread
from index.check.vocabularies import Vocabularies
from index.generation import Generation
from index.generation.arrays import Csr
from index.generation.word_index import FIELDS

_MANY = 1_000  # rows: finding more of them takes longer than all the rest


def terms_of_parts(generation: Generation, subset: Subset, vocabularies: Vocabularies) -> Iterator[str]:
    """Compare the terms of each part, and their frequencies, with its rows and with the vocabulary."""
    for field in FIELDS:
        vocabulary = vocabularies[field]
        if len(vocabulary) != len(generation.frequencies(field)):
            size = len(generation.frequencies(field))
            yield f"there are {len(vocabulary)} {field} terms and {size} frequencies"
            continue
        counted = np.zeros(len(vocabulary), dtype=np.int32)
        for number in subset.parts:
            part, own = generation.parts[number], generation.numbers(field, number)
            csr = Csr(part.values(field), part.columns().ends[field])
            frequencies = part.frequencies(field)
            if len(csr.values) and not 0 <= csr.values.min() <= csr.values.max() < len(frequencies):
                yield f"a row has {field} terms that are not in the vocabulary"
                continue
            wrong = np.flatnonzero(csr.frequencies(len(frequencies)) != frequencies)
            if wrong.size:
                term = vocabulary[own[wrong[0]]]
                yield f"the {field} term {term!r} has another frequency than its rows say"
            counted[own] += frequencies
            if len(np.unique(own)) != len(own):
                yield f"two {field} terms of a part have one number"
        if subset.is_all and not np.array_equal(counted, generation.frequencies(field)):
            yield f"the {field} terms have other frequencies than those of the parts"


def word_index(generation: Generation, subset: Subset, vocabularies: Vocabularies) -> Iterator[str]:
    """Compare the word index with the term rows: frequencies of terms, and rows that find themselves."""
    for field in FIELDS:
        rows = generation.rows_of_terms(field)
        vocabulary, frequencies = vocabularies[field], generation.frequencies(field)
        for number in spread(np.arange(len(vocabulary)), 200):
            term = vocabulary[number]
            if generation.words.document_frequency(field, term) != frequencies[number]:
                yield f"the word index has another frequency of the {field} term {term!r}"
                return
        for row in subset.rows(100):
            held = [vocabulary[number] for number in rows.row(row).tolist()]
            if held:
                rarest = min(held, key=lambda term: generation.words.document_frequency(field, term))
                frequency = generation.words.document_frequency(field, rarest)
                if frequency <= _MANY and row not in {
                    hit for hit, _ in generation.words.search([rarest], field, frequency)
                }:
                    yield f"the word index does not find row {row} by its {field} term {rarest!r}"
                    return
