"""What has been read of a generation's sentences: read once, when a question first comes upon them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.concepts import concept_ids
from index.encoders.base import Floats
from index.generation import DOCUMENT
from index.generation.arrays import RowIds, runs
from index.generation.corpus import Corpus
from retrieval.features.answer_types import KINDS, offers
from retrieval.records import AnswerType

LONGEST = 32
"""Longer paragraphs (a document of one endless line) count as paragraphs of so many sentences each."""
_UNREAD = -128
_SHORTEST = 1e-9
_TERMS = 1 << 14
_TITLES = 1 << 10


class Paragraphs(NamedTuple):
    """The paragraphs around some rows.

    Attributes:
        rows: All rows of the paragraphs, ascending.
        first: Where each paragraph begins in `rows`.
        place: Places in `rows` of the rows that were asked for.
        mine: The paragraph of each of those.
    """

    rows: RowIds
    first: RowIds
    place: RowIds
    mine: RowIds


class SentenceCache:
    """Facts about sentences that every question asks for; safe to use from any number of threads.

    Memory grows with the sentences that have been candidates: at most 9 bytes for each of the generation.

    Attributes:
        paragraphs: Number of paragraphs.
        term_id: Number of a term of a field; None if no sentence holds it.
    """

    def __init__(self, generation: Corpus) -> None:
        self._generation = generation
        self._kinds = {kind: np.full(generation.sentences, _UNREAD, dtype=np.int8) for kind in KINDS}
        self._lengths = np.zeros(generation.sentences, dtype=np.float32)  # by the first row of a paragraph
        sizes, counts = generation.around.sizes()
        self.paragraphs = int((-(-sizes // LONGEST) * counts).sum())
        self.term_id = lru_cache(_TERMS)(generation.term_id)
        self._in_title = lru_cache(_TITLES)(self._concepts_of_title)

    def texts(self, rows: Sequence[int]) -> list[str]:
        """Return the sentences of rows."""
        return self._generation.texts_of(rows)

    def kinds(self, kind: AnswerType | None, rows: RowIds) -> npt.NDArray[np.int8]:
        """Return `offers(kind, sentence)` of each row, int8."""
        if kind not in self._kinds:
            return np.zeros(len(rows), dtype=np.int8)
        known = self._kinds[kind]
        found = known[rows]
        if (found == _UNREAD).any():
            unread = rows[found == _UNREAD].tolist()
            known[unread] = [offers(kind, text) for text in self.texts(unread)]
            found = known[rows]
        return found

    def around(self, rows: RowIds) -> Paragraphs:
        """Return the paragraphs around rows."""
        begin, end = self._generation.around.paragraphs(rows)
        starts, some, mine = np.unique(
            rows - (rows - begin) % LONGEST, return_index=True, return_inverse=True
        )
        sizes = np.minimum(starts + LONGEST, end[some]) - starts
        around, first = runs(starts, sizes)
        return Paragraphs(around, first[:-1], np.searchsorted(around, rows), mine)

    def lengths(self, paragraphs: Paragraphs, vectors: Floats) -> Floats:
        """Return the length of the sum of the vectors of each paragraph, float32 (paragraphs,).

        Args:
            paragraphs: What `around` returned.
            vectors: The vectors of their rows.
        """
        begin = paragraphs.rows[paragraphs.first]
        lengths = self._lengths[begin]
        unread = np.flatnonzero(lengths == 0)
        if len(unread):
            ends = np.append(paragraphs.first[1:], len(vectors))[unread].tolist()
            sums = np.empty((len(unread), vectors.shape[1]), dtype=np.float32)
            for place, (start, end) in enumerate(zip(paragraphs.first[unread].tolist(), ends, strict=True)):
                vectors[start:end].sum(axis=0, out=sums[place])  # far quicker than `reduceat` over rows
            lengths[unread] = np.maximum(np.linalg.norm(sums, axis=1), _SHORTEST)
            self._lengths[begin] = lengths
        return lengths

    def titles_name(self, rows: RowIds, concept: str) -> npt.NDArray[np.bool_]:
        """Tell whether the title of each row's document holds a concept, bool (len(rows),)."""
        positions = self._generation.places[rows, DOCUMENT].tolist()
        return np.array([concept in self._in_title(position) for position in positions], dtype=np.bool_)

    def _concepts_of_title(self, position: int) -> frozenset[str]:
        return frozenset(concept_ids(self._generation.title(position) or ""))

    def openings(self, rows: RowIds, count: int) -> RowIds:
        """Return the first `count` rows of the document of each row, int64 (count, len(rows)).

        The last one stands again where a document has fewer.
        """
        first, behind = self._generation.around.documents(rows)
        found: RowIds = np.minimum(first + np.arange(count)[:, None], behind - 1)
        return found
