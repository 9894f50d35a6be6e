"""Writing the parts of a generation: existing ones are reused, the others are made."""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from index.encoders import Encoder
from index.encoders.base import TokenModel
from index.errors import SourceError
from index.generation import Generation
from index.generation.arrays import Ints, Longs, ends_of, ids_of, map_ints, to_npy
from index.generation.catalogue import build_catalogue
from index.generation.entries import Entry
from index.generation.manifest import PartEntry, Recipe
from index.generation.parts import (
    CATALOGUE,
    FOLDS,
    KNOWN,
    SEGMENT,
    WORDS,
    keys_file,
    terms_file,
    values_file,
)
from index.generation.places import COLUMNS
from index.generation.row_columns import PLACES, STORED, TOKENS, Columns, frequencies_file
from index.generation.term_keys import keys_of
from index.generation.vectors.half_vectors import to_file
from index.generation.vectors.vector_codes import to_codes
from index.generation.vectors.vector_index import CODES, VECTORS
from index.generation.word_index import FIELDS, META, TermRow, build_words
from index.indexer.assembly import BuiltPart, built_parts_of
from index.indexer.chunking import part_name
from index.indexer.rows import Analysed, Before, Layout, analyse, encode, lay_out, tokenize
from index.indexer.spool import Spool
from index.indexer.vocabulary import Numbered
from index.progress import Advance, Progress, Share
from index.records import Document
from index.store.publication import Building

_LOG = logging.getLogger(__name__)


class PartWriter:
    """Writes the parts of a generation, except for those that are there already.

    Attributes:
        made: The names of the parts that the generation before does not have.
        fresh: Number of documents that had to be segmented.
    """

    def __init__(
        self,
        building: Building,
        before: Generation | None,
        spool: Spool,
        recipe: Recipe,
        encoder: Encoder,
        tokens: TokenModel,
        progress: Progress,
    ) -> None:
        self._building = building
        self._before = Before(before) if before else None
        self._known = built_parts_of(before) if before else {}
        self._spool = spool
        self._recipe = recipe
        self._encoder = encoder
        self._tokens = tokens
        self._progress = progress
        self.made: list[str] = []
        self.fresh = 0

    def write(self, parts: Sequence[Sequence[Entry]]) -> list[BuiltPart]:
        """Return the parts of these documents, in their order.

        Raises:
            SourceError: They have more sentences than the store may hold; detected as early as possible.
        """
        named = {part_name(self._recipe, entries): entries for entries in parts}
        self.made = [name for name in named if name not in self._known]
        self._building.unfinished.keep_only(self.made)
        self._progress.stage("indexing", Share.STEPS * sum(len(named[name]) for name in self.made))
        built = {name: self._known[name] for name in named if name in self._known}
        for name in self.made:
            self._require_few(built.values())
            built[name] = self._write(name, named[name])
        self._require_few(built.values())
        return [built[name] for name in named]

    def _require_few(self, built: Iterable[BuiltPart]) -> None:
        most = self._building.most_sentences
        if sum(part.entry.sentences for part in built) > most:
            raise SourceError(
                "The collection would have more than {most:,} sentences, and nothing was changed; leave "
                "documents out, or allow more: what is finished is kept for the next build.",
                most=most,
            )

    def _write(self, name: str, entries: Sequence[Entry]) -> BuiltPart:
        files = self._building.unfinished.find(name)
        if files is None:
            files = self._building.unfinished.put(name, self._files(name, entries))
            _LOG.debug("part %s is written: %d documents", name, len(entries))
        else:
            self._progress.advance(Share.STEPS * len(entries))
        rows = len(map_ints(files[PLACES].path, columns=COLUMNS))
        return BuiltPart(PartEntry(name, len(entries), rows), files)

    def _files(self, name: str, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        """Yield the files of a part by their paths; each is released before the next is made."""
        advance, count, before = self._progress.advance, len(entries), self._before
        layout = lay_out([self._document(entry) for entry in entries], before, advance)
        # Of a document's ten steps each stage gets its share of the time, measured with the bundled encoder.
        with Share(advance, 2 * count, len(layout.texts)) as share:
            vectors = encode(layout, before, self._encoder, share.advance)
        yield VECTORS, to_file(vectors)
        yield CODES, to_codes(vectors)
        del vectors
        with Share(advance, 2 * count, len(layout.texts)) as share:
            tokens = tokenize(layout, before, self._tokens, share.advance)
        known, numbers = np.unique(tokens.values, return_inverse=True)
        yield KNOWN, to_npy(known.astype(np.int32))
        yield values_file(TOKENS), to_npy(ids_of(numbers.astype(np.int32)))
        del known, numbers
        with Share(advance, 4 * count, len(layout.texts)) as share:
            analysed = analyse(layout, before, share.advance)
        with Share(advance, count, len(layout.known)) as share:
            ends = tokens.indptr
            del tokens
            yield from row_files(layout, analysed, ends, name, self._building.scratch, share.advance)
        self.fresh += count - layout.reused

    def forget(self) -> None:
        """Release the previous generation."""
        self._before = None

    def _document(self, entry: Entry) -> Document:
        if entry.position < 0 or self._before is None:
            return self._spool.get(entry.id)
        return self._before.generation.document_at(entry.position)


def row_files(
    layout: Layout, analysed: Analysed, tokens: Longs, name: str, scratch: Path, advance: Advance
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a part except for vectors and token ids, each made when it is asked for.

    Those of the word index stand below `WORDS`.
    """
    fields = dict(zip(FIELDS, analysed.fields, strict=True))
    indptrs = {TOKENS: tokens} | {field: rows.indptr for field, (rows, _) in fields.items()}
    ends = {name: ends_of(indptrs[name]) for name in STORED}
    days = _days(layout.documents)
    yield from Columns(layout.places, layout.first_rows, analysed.duplicate_keys, days, ends).to_files()
    for field, (rows, vocabulary) in fields.items():
        if field in STORED:
            yield values_file(field), to_npy(ids_of(rows.values))
        yield frequencies_file(field), to_npy(rows.frequencies(len(vocabulary)))
        yield keys_file(field), to_npy(keys_of(vocabulary))
        yield terms_file(field), json.dumps(vocabulary, ensure_ascii=False).encode()
    yield FOLDS, to_npy(analysed.folds)
    yield CATALOGUE, build_catalogue(zip(layout.documents, layout.digests, strict=True))
    words = build_words(_told(analysed.fields, advance), scratch, name)
    yield SEGMENT, words.pop(META)
    for path, data in words.items():
        yield f"{WORDS}/{path}", data


def _days(documents: Sequence[Document]) -> Ints:
    return np.asarray([document.date.toordinal() if document.date else 0 for document in documents], np.int32)


def _told(numbered: tuple[Numbered, Numbered, Numbered], advance: Advance) -> Iterator[TermRow]:
    """Yield the terms of each row, and report progress."""
    for fields in zip(*(each.terms() for each in numbered), strict=True):
        yield TermRow(*fields)
        advance(1)
