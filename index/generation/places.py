"""Where the sentences of documents stand: `Generation.places` and its columns."""

import re

import numpy as np

from index.generation.arrays import Ints, Longs
from index.records import Document
from index.text.segment import quotable

DOCUMENT, START, END, LINE, PARAGRAPH, CONTEXT = range(6)
"""Columns of `Generation.places`."""
COLUMNS = 6
SHORT_SECTION = 12
"""Sentences. A section of so many is one context; of a longer one, the heading and its first paragraph."""

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


def places_of(document: Document) -> Ints:
    """Return start, end, line, paragraph and context of each sentence, int32 (m, 5)."""
    spans = np.asarray(quotable(document.text[document.body :]), dtype=np.int64).reshape(-1, 3)
    breaks = np.asarray([match.end() for match in _LINE_BREAK.finditer(document.text)], dtype=np.int64)
    starts, ends = spans[:, 0] + document.body, spans[:, 1] + document.body
    lines = np.searchsorted(breaks, starts, side="right") + 1
    contexts = _contexts(document, ends, spans[:, 2])
    return np.stack([starts, ends, lines, spans[:, 2], contexts], axis=1).astype(np.int32)


def _contexts(document: Document, ends: Longs, paragraphs: Longs) -> Longs:
    """Return the context of each sentence: its paragraph, or a heading with what stands below it."""
    if not document.headings or not len(ends):
        return paragraphs
    begun = np.asarray([heading.start for heading in document.headings], dtype=np.int64)
    section = np.searchsorted(begun, ends, side="left")  # how many headings have begun before a sentence ends
    first = np.searchsorted(section, section, side="left")
    size = np.searchsorted(section, section, side="right") - first
    below = paragraphs - paragraphs[first]
    within = np.where(size <= SHORT_SECTION, 0, np.maximum(below - 1, 0))
    keys = np.stack([section, np.where(section == 0, below, within)])
    contexts: Longs = np.concatenate([[0], np.cumsum((keys[:, 1:] != keys[:, :-1]).any(axis=0))])
    return contexts
