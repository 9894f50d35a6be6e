"""Faults that only the texts tell: documents are segmented and analysed again, and compared with the rows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.check.vocabularies import Vocabularies
from index.concepts import concept_ids
from index.errors import GenerationCorrupt
from index.generation import END, START, Generation
from index.generation.arrays import Taken
from index.generation.entries import digest
from index.generation.places import places_of
from index.generation.word_index import FIELDS, Field
from index.records import Document
from index.text.duplicates import duplicate_key
from index.text.terms import fold, terms

_LOW = (1 << 32) - 1
_AT_ONCE = 64  # documents whose rows are taken together, which is far quicker than row by row


class _Terms:
    """The terms of each field as they are compared: looked up for many rows at a time."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._terms = {field: _objects(vocabularies[field]) for field in FIELDS}

    def rows(self, field: Field, taken: Taken) -> list[list[str]]:
        """Return the terms of rows.

        Raises:
            GenerationCorrupt: A number stands for no term.
        """
        found: list[str] = self._looked_up(field, taken.values).tolist()
        return [found[start:end] for start, end in pairwise(taken.indptr.tolist())]

    def wrongly_folded(self, accented: Taken, folded: Taken) -> frozenset[int]:
        """Return the places of rows whose folded terms are not their accented ones without accents.

        Raises:
            GenerationCorrupt: A number stands for no term.
        """
        lengths = np.diff(accented.indptr), np.diff(folded.indptr)
        if not np.array_equal(*lengths):
            return frozenset(np.flatnonzero(lengths[0] != lengths[1]).tolist())
        pairs, which = np.unique(accented.values.astype(np.int64) << 32 | folded.values, return_inverse=True)
        ones, others = self._looked_up("accented", pairs >> 32), self._looked_up("folded", pairs & _LOW)
        wrong = np.array([fold(one) != other for one, other in zip(ones, others, strict=True)], dtype=bool)
        places = np.flatnonzero(wrong[which])
        return frozenset((np.searchsorted(accented.indptr, places, side="right") - 1).tolist())

    def _looked_up(self, field: Field, numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.object_]:
        known = self._terms[field]
        if len(numbers) and not 0 <= numbers.min() <= numbers.max() < len(known):
            raise GenerationCorrupt("a row has {field} terms that are not in the vocabulary", field=field)
        found: npt.NDArray[np.object_] = known[numbers]
        return found


def documents(generation: Generation, positions: Sequence[int], vocabularies: Vocabularies) -> Iterator[str]:
    """Segment documents again and compare; texts that no longer have their digest are found too.

    Args:
        generation: An opened generation.
        positions: Which documents, ascending.
        vocabularies: Of the generation.
    """
    digests = generation.positions_by_digest()
    known = _Terms(vocabularies)
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
        yield from _analyses(generation, sound, known)


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


def _analyses(
    generation: Generation, documents: Sequence[tuple[int, Document]], known: _Terms
) -> Iterator[str]:
    """Analyse the sentences of documents whose places are right; name the first fault of each document."""
    owner = [document for position, document in documents for _ in generation.rows_at(position)]
    rows = np.concatenate([np.arange(0), *(np.array(generation.rows_at(place)) for place, _ in documents)])
    rows = rows.astype(np.int64)
    keys = generation.duplicate_keys[rows].tolist()
    spans = generation.places[rows][:, [START, END]].tolist()
    accented, folded = generation.terms.take(rows), generation.folded.take(rows)
    stored = known.rows("accented", accented)
    meant = known.rows("concepts", generation.concepts.take(rows))
    wrongly_folded = known.wrongly_folded(accented, folded)
    faulty = None
    for place, (row, document, (start, end)) in enumerate(zip(rows.tolist(), owner, spans, strict=True)):
        if document is faulty:
            continue
        text = document.text[start:end]
        made = terms(text)
        what = ""
        if keys[place] != duplicate_key(text, made):
            what = "another gist than its sentence"
        elif stored[place] != made:
            what = "other accented terms than its sentence"
        elif place in wrongly_folded:
            what = "other folded terms than its sentence"
        elif meant[place] != concept_ids(text):
            what = "other concepts terms than its sentence"
        if what:
            faulty = document
            yield f"row {row} of {document.id} has {what}"


def _objects(terms: Sequence[str]) -> npt.NDArray[np.object_]:
    return np.array([*terms, None], dtype=object)[:-1]  # None: never an array of strings
