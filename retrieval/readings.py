"""What has been read of a generation's sentences: read once, when a question first comes upon them."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.generation import DOCUMENT, END, PARAGRAPH, START, Generation
from index.words import Field
from retrieval.offers import KINDS, offers

Ints = npt.NDArray[np.int64]

_UNREAD = -128
_TERMS = 1 << 14


class Readings:
    """Facts about sentences that every question asks for; safe to use from any number of threads.

    Memory grows with the sentences that have been candidates: at most 5 bytes for each of the generation.
    """

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._kinds = {kind: np.full(generation.sentences, _UNREAD, dtype=np.int8) for kind in KINDS}
        places = generation.places
        self._documents = _beginnings(places[:, [DOCUMENT]])
        self._paragraphs = _beginnings(places[:, [DOCUMENT, PARAGRAPH]])
        self.term_id = lru_cache(_TERMS)(self._term_id)

    def texts(self, rows: Sequence[int]) -> list[str]:
        """Return the sentences of rows."""
        texts = []
        for position, start, end in self._generation.places[rows][:, [DOCUMENT, START, END]].tolist():
            texts.append(self._generation.document_at(position).text[start:end])
        return texts

    def kinds(self, kind: str | None, rows: Ints) -> npt.NDArray[np.int8]:
        """Return `offers(kind, sentence)` of each row, int8."""
        known = self._kinds.get(kind or "")
        if known is None:
            return np.zeros(len(rows), dtype=np.int8)
        found = known[rows]
        if (found == _UNREAD).any():
            unread = rows[found == _UNREAD].tolist()
            known[unread] = [offers(kind, text) for text in self.texts(unread)]
            found = known[rows]
        return found

    def paragraphs(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return the first row of the paragraph of each row, and one past its last."""
        place = np.searchsorted(self._paragraphs, rows, side="right")
        return self._paragraphs[place - 1], self._paragraphs[place]

    def openings(self, rows: Ints, count: int) -> Ints:
        """Return the first `count` rows of the document of each row, int64 (count, len(rows)).

        The last one stands again where a document has fewer.
        """
        place = np.searchsorted(self._documents, rows, side="right")
        steps = self._documents[place - 1] + np.arange(count)[:, None]
        found: Ints = np.minimum(steps, self._documents[place] - 1)
        return found

    def _term_id(self, field: Field, term: str) -> int | None:
        return self._generation.term_id(field, term)


def _beginnings(places: npt.NDArray[np.int32]) -> Ints:
    """Return where runs of equal rows begin, and where the last one ends."""
    changes = (places[1:] != places[:-1]).any(axis=1)
    return np.concatenate([[0], np.flatnonzero(changes) + 1, [len(places)]])
