"""Where the sentences of documents stand: `Generation.places` and its columns."""

import re

import numpy as np

from index.generation.arrays import Ints
from index.records import Document
from index.text.segment import quotable

DOCUMENT, START, END, LINE, PARAGRAPH = range(5)
"""Columns of `Generation.places`."""

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


def places_of(document: Document) -> Ints:
    """Return start, end, line and paragraph of each sentence, int32 (m, 4), offsets into the whole text."""
    spans = np.asarray(quotable(document.text[document.body :]), dtype=np.int64).reshape(-1, 3)
    breaks = np.asarray([match.end() for match in _LINE_BREAK.finditer(document.text)], dtype=np.int64)
    starts = spans[:, 0] + document.body
    lines = np.searchsorted(breaks, starts, side="right") + 1
    return np.stack([starts, spans[:, 1] + document.body, lines, spans[:, 2]], axis=1).astype(np.int32)
