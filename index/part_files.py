"""The files of a part: what its documents say, and the terms of its rows."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.arrays import Ints, to_npy
from index.catalogue import build_catalogue
from index.part import (
    CATALOGUE,
    DAYS,
    FIRST_ROWS,
    GISTS,
    PLACES,
    SEGMENT,
    WORDS,
    frequencies_file,
    terms_file,
)
from index.progress import Advance
from index.records import Document
from index.rows import Analysed, Layout
from index.vocabulary import Numbered
from index.words import FIELDS, META, TermRow, build_words


def row_files(
    layout: Layout, analysed: Analysed, name: str, scratch: Path, advance: Advance
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a part but for vectors and tokens, each made when it is asked for.

    Those of the word index stand below `WORDS`.
    """
    yield PLACES, to_npy(layout.places)
    yield FIRST_ROWS, to_npy(layout.first_rows)
    yield DAYS, to_npy(_days(layout.documents))
    yield GISTS, to_npy(analysed.gists)
    for field, (rows, vocabulary) in zip(FIELDS, analysed.fields, strict=True):
        yield from rows.to_files(field)
        yield frequencies_file(field), to_npy(rows.frequencies(len(vocabulary)))
        yield terms_file(field), json.dumps(vocabulary, ensure_ascii=False).encode()
    yield CATALOGUE, build_catalogue(zip(layout.documents, layout.digests, strict=True), [])
    words = build_words(_told(analysed.fields, advance), scratch, name)
    yield SEGMENT, words.pop(META)
    for path, data in words.items():
        yield f"{WORDS}/{path}", data


def _days(documents: Sequence[Document]) -> Ints:
    return np.asarray([document.date.toordinal() if document.date else 0 for document in documents], np.int32)


def _told(numbered: tuple[Numbered, Numbered, Numbered], advance: Advance) -> Iterator[TermRow]:
    """Yield the terms of each row, and tell how far it is."""
    for fields in zip(*(each.terms() for each in numbered), strict=True):
        yield TermRow(*fields)
        advance(1)
