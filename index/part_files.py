"""The files of a part, of the rows that were made for it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.arrays import Csr, Ints, to_npy
from index.catalogue import build_catalogue
from index.part import (
    CATALOGUE,
    DAYS,
    FIRST_ROWS,
    GISTS,
    PLACES,
    SEGMENT,
    TOKENS,
    VECTORS,
    WORDS,
    frequencies_file,
    terms_file,
)
from index.records import Document
from index.rows import Advance, Analysed, Floats, Layout
from index.vectors import to_file as vectors_file
from index.vocabulary import Numbered
from index.words import FIELDS, META, TermRow, build_words


def to_files(
    layout: Layout,
    vectors: Floats,
    tokens: Csr,
    analysed: Analysed,
    name: str,
    scratch: Path,
    advance: Advance,
) -> dict[str, bytes]:
    """Return the files of the part with a name: those of the word index below `WORDS`."""
    files = {
        VECTORS: vectors_file(vectors),
        PLACES: to_npy(layout.places),
        FIRST_ROWS: to_npy(layout.first_rows),
        DAYS: to_npy(_days(layout.documents)),
        GISTS: to_npy(analysed.gists),
        **tokens.to_files(TOKENS),
    }
    numbered = analysed.fields
    for field, (rows, vocabulary) in zip(FIELDS, numbered, strict=True):
        files |= rows.to_files(field)
        files[frequencies_file(field)] = to_npy(rows.frequencies(len(vocabulary)))
        files[terms_file(field)] = json.dumps(vocabulary, ensure_ascii=False).encode()
    files[CATALOGUE] = build_catalogue(zip(layout.documents, layout.digests, strict=True), [])
    words = build_words(_told(numbered, advance), scratch, name)
    files[SEGMENT] = words.pop(META)
    return files | {f"{WORDS}/{path}": data for path, data in words.items()}


def _days(documents: Sequence[Document]) -> Ints:
    return np.asarray([document.date.toordinal() if document.date else 0 for document in documents], np.int32)


def _told(numbered: tuple[Numbered, Numbered, Numbered], advance: Advance) -> Iterator[TermRow]:
    """Yield the terms of each row, and tell how far it is."""
    for fields in zip(*(each.terms() for each in numbered), strict=True):
        yield TermRow(*fields)
        advance(1)
