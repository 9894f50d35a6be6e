"""The sentences that filters leave, selected first, so that nothing else crowds them out."""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from index.generation import DOCUMENT
from index.generation.arrays import Ints
from index.generation.corpus import Corpus, Narrowing
from index.text.terms import fold, terms
from retrieval.records import EVERYTHING, DocumentFilter

Mask = npt.NDArray[np.bool_]

_KEPT = 16


class Selection:
    """The sentences of a generation that filters leave; safe to use from any number of threads."""

    def __init__(self, generation: Corpus) -> None:
        self._generation = generation
        # Filters recur: the next question of a talk, the next page of an answer.
        self._mask = lru_cache(_KEPT)(self._rows)
        self._narrowed = lru_cache(_KEPT)(self._within)
        self._outlets = lru_cache(1)(self._read_outlets)

    def of(self, only: DocumentFilter) -> tuple[Corpus, Mask | None]:
        """Return where to search, and for each row whether it is asked; None where all are that are found."""
        if only != EVERYTHING and isinstance(self._generation, Narrowing):
            return self._narrowed(only), None
        return self._generation, self.mask(only)

    def mask(self, only: DocumentFilter) -> Mask | None:
        """Return for each row whether it is searched, or None if all are."""
        return None if only == EVERYTHING else self._mask(only)

    def _rows(self, only: DocumentFilter) -> Mask:
        days: Ints = self._generation.days[:]
        kept = np.ones(len(days), dtype=np.bool_)
        if only.since:
            kept &= days >= only.since.toordinal()
        if only.until:
            kept &= (days > 0) & (days <= only.until.toordinal())
        if only.source is not None:
            kept &= np.array(_named(only.source, self._outlets()), dtype=np.bool_)
        mask: Mask = kept[self._generation.places[:, DOCUMENT]]
        return mask

    def _within(self, only: DocumentFilter) -> Corpus:
        outlets = None
        if only.source is not None:
            outlets = np.flatnonzero(_named(only.source, self._outlets())).tolist()
        narrowing = cast(Narrowing, self._generation)
        return narrowing.within(only.since, only.until, outlets)

    def _read_outlets(self) -> list[tuple[frozenset[str], str]]:
        """Return of each document, or of each outlet, the words of its name and its host."""
        if isinstance(self._generation, Narrowing):
            named = self._generation.outlets()
        else:
            named = [(each.source or "", each.url or "") for each in self._generation.summaries()]
        return [(_words(source), _host(url)) for source, url in named]


def _named(source: str, outlets: Iterable[tuple[frozenset[str], str]]) -> list[bool]:
    """Tell of each outlet whether it is meant."""
    words, host = _words(source), source.strip().lower()
    return [bool(words) and (words <= own or host == at) for own, at in outlets]


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
