"""The word index: the only door to tantivy. Scores are BM25 (k1 1.2, b 0.75); higher is better.

Terms come from `index/text/terms.py` and are stored as they are; tantivy analyses nothing, and its query
language is never used.
"""

import hashlib
import json
import os
import re
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Self

import tantivy

from index.errors import GenerationCorrupt, StoreError

Field = Literal["accented", "folded", "concepts"]
FIELDS: tuple[Field, Field, Field] = ("accented", "folded", "concepts")

_ROW = "row"
_PART = "part"
_PART_DIGITS = 15  # hexadecimal, so that the number fits into a signed one
META = "meta.json"
"""The file that names the others."""

_OF_THE_SYSTEM = re.compile(r"\bOs \{ code: (\d+)")  # so tantivy writes an error of the system

_READER_LOCK = ".tantivy-meta.lock"  # opening an index makes this file, so it is part of the generation
_LONGEST_KEY = 256  # code points; tantivy leaves out terms of 64 KiB and more without a word
_HEAP = 2_000_000_000  # bound, not use: memory is taken as it is needed, and one segment needs one pass
_NAMESPACE = uuid.UUID("6f3c2c52-3c0f-5d5c-9d39-2f8a5a0d7a11")


class TermRow(NamedTuple):
    """The terms of one sentence, in every field."""

    accented: Sequence[str]
    folded: Sequence[str]
    concepts: Sequence[str] = ()


def build_words(rows: Iterable[TermRow], scratch: Path, part: str) -> dict[str, bytes]:
    """Return the files of the word index of one part, by name; equal rows give equal bytes.

    Args:
        rows: A row a sentence, from row 0 of the part on.
        scratch: A folder for files that are gone afterwards.
        part: Name of the part, in hexadecimal.

    Raises:
        StoreError: The disk fails.
    """
    try:
        return _build(rows, scratch, int(part[:_PART_DIGITS], 16))
    except (ValueError, OSError) as error:  # tantivy raises either when it cannot write
        raise StoreError(
            "The word index cannot be written in {name} ({why}).", name=scratch, why=error
        ) from error


def _build(rows: Iterable[TermRow], scratch: Path, part: int) -> dict[str, bytes]:
    name = ".trichdan-words-"
    # A thread of tantivy may write its lock while the folder goes; the next build sweeps what is left.
    with tempfile.TemporaryDirectory(dir=scratch, prefix=name, ignore_cleanup_errors=True) as folder:
        index = tantivy.Index(_schema(), path=folder)
        _unwatch(index)
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        keys = _Keys()
        for number, row in enumerate(rows):
            document = tantivy.Document()
            for field, terms in zip(FIELDS, row, strict=True):
                # Far faster than a value a term.
                document.add_text(field, " ".join(map(keys.__getitem__, terms)))
            document.add_unsigned(_PART, part)
            document.add_unsigned(_ROW, number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        visible = [path for path in Path(folder).iterdir() if not path.name.startswith(".")]
        files = {path.name: path.read_bytes() for path in visible}
    return _renamed(files)


def join_words(metas: Sequence[bytes]) -> dict[str, bytes]:
    """Return the files that make one word index of those of several parts, which stand beside them.

    BM25 then counts over all parts: scores are those of one index over all rows.

    Args:
        metas: The file `META` of each part, at least one.

    Raises:
        GenerationCorrupt: One is damaged.
    """
    try:
        read = [json.loads(meta) for meta in metas]
        joined = read[0] | {"segments": [segment for meta in read for segment in meta["segments"]]}
    except (ValueError, LookupError, TypeError) as error:
        raise GenerationCorrupt("The word index of a part cannot be read.") from error
    return {META: json.dumps(joined, indent=1).encode(), _READER_LOCK: b""}


def segment_names(meta: bytes) -> tuple[str, ...]:
    """Return with what the names of the files begin that a file `META` speaks of.

    Raises:
        GenerationCorrupt: It is damaged.
    """
    try:
        return tuple(uuid.UUID(segment["segment_id"]).hex for segment in json.loads(meta)["segments"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise GenerationCorrupt("The word index of a part cannot be read.") from error


def _renamed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Give segments names made from what they hold: tantivy draws them at random."""
    meta = json.loads(files.pop(META))
    named: dict[str, bytes] = {}
    for segment in meta["segments"]:
        old = uuid.UUID(segment["segment_id"]).hex
        own = {name: data for name, data in files.items() if name.startswith(old)}
        digest = hashlib.sha256()
        for name in sorted(own):
            digest.update(name.removeprefix(old).encode() + b"\0" + own[name])
        new = uuid.uuid5(_NAMESPACE, digest.hexdigest())
        segment["segment_id"] = str(new)
        named |= {new.hex + name.removeprefix(old): data for name, data in own.items()}
    named[META] = json.dumps(meta | {"opstamp": 0}, indent=1).encode()
    return named


class WordIndex:
    """An opened word index."""

    def __init__(self, index: tantivy.Index, first_rows: Mapping[int, int]) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._first_rows = first_rows

    @classmethod
    def open(cls, folder: Path, first_rows: Mapping[str, int]) -> Self:
        """Open the files of `build_words` and `join_words`, whose checksums have been verified.

        Args:
            folder: Where they are.
            first_rows: By the name of each part the row with which it begins.

        Raises:
            GenerationCorrupt: They are not a word index.
        """
        try:
            index = tantivy.Index.open(str(folder))
            _unwatch(index)
            if index.schema != _schema():
                raise ValueError("other fields")
            return cls(index, {int(name[:_PART_DIGITS], 16): row for name, row in first_rows.items()})
        except (ValueError, OSError) as error:
            if refused := _OF_THE_SYSTEM.search(str(error)):  # the files may well be sound
                raise OSError(int(refused[1]), os.strerror(int(refused[1])), str(folder / META)) from error
            raise GenerationCorrupt(
                "The word index of {name} cannot be opened.", name=folder.parent.name
            ) from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, terms: Mapping[str, float] | Sequence[str], field: Field, k: int
    ) -> list[tuple[int, float]]:
        """Return rows with their scores, best first, equal scores by row.

        Args:
            terms: What to look for, any of them; a mapping gives each a weight, a sequence counts each.
            field: Where to look.
            k: How many at most.
        """
        weights = terms if isinstance(terms, Mapping) else Counter(terms)
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, term), float(weight)))
            for term, weight in weights.items()
            if weight > 0 and _is_encodable(term)
        ]
        if k <= 0 or not clauses or not len(self):
            return []
        query = tantivy.Query.boolean_query(clauses)
        limit = min(k, len(self))
        hits = self._searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in hits]
        parts = self._searcher.fast_field_values(_PART, addresses)
        rows = self._searcher.fast_field_values(_ROW, addresses)
        found = [
            (self._first_rows[int(part or 0)] + int(row or 0), float(score))
            for part, row, (score, _) in zip(parts, rows, hits, strict=True)
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def document_frequency(self, field: Field, term: str) -> int:
        """Return how many sentences hold a term."""
        return int(self._searcher.doc_freq(field, _key(term))) if _is_encodable(term) else 0

    def _term(self, field: Field, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, _key(term), "freq")


def _unwatch(index: tantivy.Index) -> None:
    """End the thread that watches the folder, and writes its lock anew when a file there changes or goes."""
    index.config_reader(reload_policy="manual")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field(_PART, fast=True)
    builder.add_unsigned_field(_ROW, fast=True)
    return builder.build()


class _Keys(dict[str, str]):
    """What stands for each term in the index, found once."""

    def __missing__(self, term: str) -> str:
        self[term] = _key(term)
        return self[term]


def _key(term: str) -> str:
    """Return what stands for a term in the index: itself, except for the few that cannot."""
    if len(term) <= _LONGEST_KEY and term.split() == [term]:
        return term
    return f"sha256:{hashlib.sha256(term.encode()).hexdigest()}"


def _is_encodable(term: str) -> bool:
    try:
        term.encode()
    except UnicodeEncodeError:  # half of a surrogate pair; no document holds one
        return False
    return True
