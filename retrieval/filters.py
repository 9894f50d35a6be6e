"""The sentences that filters leave, selected first, so that nothing else crowds them out."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from index.generation import DOCUMENT, Generation
from index.text.terms import fold, terms
from retrieval.records import EVERYTHING, DocumentFilter

Mask = npt.NDArray[np.bool_]

_KEPT = 16


class Selection:
    """The sentences of a generation that filters leave; safe to use from any number of threads."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        # Filters recur: the next question of a talk, the next page of an answer.
        self._mask = lru_cache(_KEPT)(self._rows)
        self._outlets = lru_cache(1)(self._read_outlets)

    def mask(self, only: DocumentFilter) -> Mask | None:
        """Return for each row whether it is searched, or None if all are."""
        return None if only == EVERYTHING else self._mask(only)

    def _rows(self, only: DocumentFilter) -> Mask:
        days = self._generation.days
        kept = np.ones(len(days), dtype=np.bool_)
        if only.since:
            kept &= days >= only.since.toordinal()
        if only.until:
            kept &= (days > 0) & (days <= only.until.toordinal())
        if only.source is not None:
            words, host = _words(only.source), only.source.strip().lower()
            kept &= np.fromiter(
                (bool(words) and (words <= own or host == at) for own, at in self._outlets()),
                dtype=np.bool_,
                count=len(days),
            )
        mask: Mask = kept[self._generation.places[:, DOCUMENT]]
        return mask

    def _read_outlets(self) -> list[tuple[frozenset[str], str]]:
        """Return for each document the words of its outlet, and its host."""
        summaries = self._generation.summaries()
        return [(_words(each.source or ""), _host(each.url or "")) for each in summaries]


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(term) for term in terms(name))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def kept(rows: Iterable[int], mask: Mask | None) -> list[int]:
    """Return the rows that a filter leaves, in their order."""
    return [row for row in rows if mask is None or mask[row]]
