"""Faults that only the texts reveal: documents are segmented and analysed again, and compared."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.concepts import concept_ids
from index.errors import GenerationCorrupt
from index.generation import END, START, Generation
from index.generation.arrays import RowIds, runs
from index.generation.entries import digest
from index.generation.places import places_of
from index.generation.term_keys import keys_of
from index.generation.word_index import Field
from index.records import Document
from index.text.duplicates import duplicate_key
from index.text.terms import terms

_AT_ONCE = 64  # documents whose rows are taken together, which is far quicker than row by row


def documents(generation: Generation, positions: Sequence[int]) -> Iterator[str]:
    """Segment documents again and compare; texts that no longer have their digest are found too.

    Args:
        generation: An opened generation.
        positions: Which documents, ascending.
    """
    digests = generation.positions_by_digest()
    for start in range(0, len(positions), _AT_ONCE):
        some = positions[start : start + _AT_ONCE]
        read = [generation.document_at(position) for position in some]
        for document in read:
            if digest(document) not in digests:
                yield f"the text of {document.id} is not the one that was indexed"
        sound = []
        for position, document in zip(some, read, strict=True):
            if fault := _places(generation, position, document):
                yield fault
            else:
                sound.append((position, document))
        yield from _analyses(generation, sound)


def _places(generation: Generation, position: int, document: Document) -> str | None:
    rows = generation.rows_at(position)
    stored = generation.places[rows.start : rows.stop, 1:]
    made = places_of(document)
    if stored.shape != made.shape:
        return f"{document.id} has {len(stored)} sentences, and {len(made)} when it is segmented now"
    if not np.array_equal(stored, made):
        row = int(np.flatnonzero((stored != made).any(axis=1))[0])
        return f"row {rows.start + row} of {document.id} is not where its sentence is"
    return None


def _analyses(generation: Generation, documents: Sequence[tuple[int, Document]]) -> Iterator[str]:
    """Analyse the sentences of documents whose places are right; name the first fault of each document."""
    owner = [document for position, document in documents for _ in generation.rows_at(position)]
    rows = np.concatenate([np.arange(0), *(np.array(generation.rows_at(place)) for place, _ in documents)])
    rows = rows.astype(np.int64)
    spans = generation.places[rows][:, [START, END]].tolist()
    texts = [document.text[start:end] for document, (start, end) in zip(owner, spans, strict=True)]
    made = list(map(terms, texts))
    looks = (
        (
            "another gist",
            generation.duplicate_keys[rows] != np.fromiter(map(duplicate_key, texts, made), np.int64),
        ),
        ("other accented terms", _others(generation, "accented", rows, made)),
        ("other concepts terms", _others(generation, "concepts", rows, list(map(concept_ids, texts)))),
    )
    faulty = None
    for place in np.flatnonzero(np.logical_or.reduce([wrong for _, wrong in looks])).tolist():
        if owner[place] is not faulty:
            faulty = owner[place]
            what = next(what for what, wrong in looks if wrong[place])
            yield f"row {rows[place]} of {faulty.id} has {what} than its sentence"


def _others(
    generation: Generation, field: Field, rows: RowIds, made: Sequence[Sequence[str]]
) -> npt.NDArray[np.bool_]:
    """Tell which rows have other terms of a field than those, which are compared by their keys.

    Raises:
        GenerationCorrupt: A number stands for no term.
    """
    values, starts = generation.rows_of_terms(field).take(rows)
    keys = generation.keys(field)
    if len(values) and not 0 <= values.min() <= values.max() < len(keys):
        raise GenerationCorrupt("a row has {field} terms that are not in the vocabulary", field=field)
    lengths = np.fromiter(map(len, made), np.int64)
    other: npt.NDArray[np.bool_] = lengths != np.diff(starts)
    same = np.flatnonzero(~other)
    stored, _ = runs(starts[same], lengths[same])
    wanted, _ = runs((np.cumsum(lengths) - lengths)[same], lengths[same])
    differ = keys[values[stored]] != keys_of(itertools.chain.from_iterable(made))[wanted]
    other[np.repeat(same, lengths[same])[differ]] = True
    return other
