"""Check that a generation is sound and holds what its documents say.

Checksums are verified when a generation is opened; this module finds what checksums cannot: rows that do not
belong together although no byte was damaged.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from index.analysis import fold, terms
from index.arrays import Longs
from index.concepts import concept_ids
from index.division import digest
from index.encoder import Encoder
from index.errors import GenerationMismatch, TrichDanError
from index.generation import DOCUMENT, END, PARAGRAPH, START, Generation
from index.gist import gist, twins
from index.manifest import require_recipe
from index.records import Document
from index.rows import TokenModel, places_of
from index.words import FIELDS, Field

_UNIT = 1e-3
_SAME = 0.999
_SAMPLE = 1_000
_ENCODED = 32


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Attributes:
        part: Which part of the generation has it.
        detail: What is wrong, in one sentence.
    """

    part: str
    detail: str

    def __str__(self) -> str:
        return f"{self.part}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Scope:
    """The parts of a generation that are looked into.

    Attributes:
        parts: Their numbers.
        all_rows: Their rows, ascending.
        all_positions: The positions of their documents, ascending.
    """

    parts: Sequence[int]
    all_rows: Longs
    all_positions: Longs

    @classmethod
    def of(cls, generation: Generation, names: Collection[str] | None) -> Self:
        """Choose parts by their names; None chooses all."""
        parts, rows, positions = [], [np.arange(0)], [np.arange(0)]
        first_row = first_position = 0
        for number, entry in enumerate(generation.manifest.parts):
            if names is None or entry.name in names:
                parts.append(number)
                rows.append(np.arange(first_row, first_row + entry.sentences))
                positions.append(np.arange(first_position, first_position + entry.documents))
            first_row, first_position = first_row + entry.sentences, first_position + entry.documents
        return cls(parts, np.concatenate(rows), np.concatenate(positions))

    def rows(self, most: int) -> list[int]:
        """Return up to so many rows, evenly spread."""
        return _spread(self.all_rows, most)

    def positions(self, most: int | None) -> list[int]:
        """Return up to so many positions of documents, evenly spread; None for all."""
        return _spread(self.all_positions, len(self.all_positions) if most is None else most)


def check(
    generation: Generation,
    *,
    encoder: Encoder | None = None,
    tokens: TokenModel | None = None,
    documents: int | None = None,
    parts: Collection[str] | None = None,
) -> list[Finding]:
    """Return every fault that is found, none for a sound generation.

    Args:
        generation: An opened generation.
        encoder: Where it is given, some sentences are encoded again and compared.
        tokens: Where it is given, some sentences are tokenized again and compared.
        documents: How many documents are segmented again, evenly spread, and half as many rows
            searched for, which takes longest; None for all documents and a thousand rows.
        parts: Names of the parts that are looked into, where the others are known to be sound; None for all.
    """
    scope = Scope.of(generation, parts)
    looks: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("counts", lambda: _counts(generation)),
        ("rows", lambda: _rows(generation)),
        ("documents", lambda: _documents(generation, scope.positions(documents))),
        ("vectors", lambda: _vectors(generation, scope)),
        (
            "self-search",
            lambda: _self_search(generation, scope.rows(documents // 2 if documents else _SAMPLE)),
        ),
        ("terms", lambda: _terms(generation, scope)),
        ("words", lambda: _words(generation, scope)),
        ("twins", lambda: _twins(generation)),
        ("recipe", lambda: _recipe(generation, encoder, tokens)),
        ("encoding", lambda: _encoding(generation, scope, encoder)),
        ("tokens", lambda: _tokens(generation, scope, tokens)),
    ]
    findings: list[Finding] = []
    for part, look in looks:
        try:
            findings.extend(Finding(part, detail) for detail in look())
        except (TrichDanError, LookupError, ValueError) as error:
            # A part that does not even hold together; the parts after it may say why.
            findings.append(Finding(part, f"cannot be read ({error})"))
    return findings


def _counts(generation: Generation) -> Iterator[str]:
    """Compare the sizes of all parts with the manifest."""
    n = generation.sentences
    for name, size in (
        ("vectors", len(generation.vectors)),
        ("word index", len(generation.words)),
        ("places", len(generation.places)),
        ("token rows", len(generation.tokens)),
        ("term rows", len(generation.terms)),
        ("folded rows", len(generation.folded)),
        ("gists", len(generation.gists)),
    ):
        if size != n:
            yield f"the {name} hold {size} rows, the manifest says {n}"
    summaries = generation.summaries()
    if len(summaries) != generation.documents:
        yield f"there are {len(summaries)} documents, the manifest says {generation.documents}"
    for identifier, count in Counter(summary.id for summary in summaries).items():
        if count > 1:
            yield f"{count} documents have the id {identifier}"
    days = [summary.date for summary in summaries if summary.date]
    if (min(days, default=None), max(days, default=None)) != (generation.oldest, generation.newest):
        yield "the oldest or newest date is not that of a document"
    ordinals = [summary.date.toordinal() if summary.date else 0 for summary in summaries]
    if generation.days.tolist() != ordinals:
        yield "the days are not those of the documents"
    if generation.vectors.dimension != generation.manifest.recipe.encoder.dimension:
        yield f"the vectors have dimension {generation.vectors.dimension}, not that of the encoder"


def _rows(generation: Generation) -> Iterator[str]:
    """Check that rows lie without gap, document after document, and paragraphs in order."""
    first, places = generation.first_rows, generation.places
    if first[0] != 0 or first[-1] != len(places) or (np.diff(first) <= 0).any():
        yield "the first rows of the documents do not ascend from 0 to the number of sentences"
        return
    expected = np.repeat(np.arange(len(first) - 1), np.diff(first))
    wrong = np.flatnonzero(expected != places[:, DOCUMENT])
    if wrong.size:
        yield f"row {wrong[0]} cites another document than the one whose rows it stands among"
        return
    same = expected[1:] == expected[:-1]
    for column, what in ((START, "start"), (END, "end")):
        wrong = np.flatnonzero(same & (np.diff(places[:, column]) <= 0))
        if wrong.size:
            yield f"row {wrong[0] + 1} has a {what} before that of the row before"
    wrong = np.flatnonzero(same & (places[1:, START] < places[:-1, END]))
    if wrong.size:
        yield f"row {wrong[0] + 1} begins inside of the row before"
    wrong = np.flatnonzero(same & (np.diff(places[:, PARAGRAPH]) < 0))
    if wrong.size:
        yield f"row {wrong[0] + 1} stands in an earlier paragraph than the row before"


def _documents(generation: Generation, positions: Sequence[int]) -> Iterator[str]:
    """Segment documents again and compare; texts that no longer have their digest are found too."""
    digests = generation.positions_by_digest()
    numbers = {field: {t: n for n, t in enumerate(generation.vocabulary(field))} for field in FIELDS}
    for position in positions:
        document = generation.document_at(position)
        if digest(document) not in digests:
            yield f"the text of {document.id} is not the one that was indexed"
        yield from _document(generation, position, document, numbers)


def _document(
    generation: Generation, position: int, document: Document, numbers: dict[Field, dict[str, int]]
) -> Iterator[str]:
    rows = generation.rows_at(position)
    stored = generation.places[rows.start : rows.stop, 1:]
    made = places_of(document)
    if stored.shape != made.shape:
        yield f"{document.id} has {len(stored)} sentences, and {len(made)} when it is segmented now"
        return
    if not np.array_equal(stored, made):
        row = int(np.flatnonzero((stored != made).any(axis=1))[0])
        yield f"row {rows.start + row} of {document.id} is not where its sentence is"
        return
    for row in rows:
        _, start, end, _, _ = generation.places[row].tolist()
        accented = terms(document.text[start:end])
        if generation.gists[row] != gist(document.text[start:end], accented):
            yield f"row {row} of {document.id} has another gist than its sentence"
            return
        folded = [fold(term) for term in accented]
        made_now = (accented, folded, concept_ids(document.text[start:end]))
        for field, found in zip(FIELDS, made_now, strict=True):
            if generation.rows_of_terms(field).row(row).tolist() != [
                numbers[field].get(term) for term in found
            ]:
                yield f"row {row} of {document.id} has other {field} terms than its sentence"
                return


def _vectors(generation: Generation, scope: Scope) -> Iterator[str]:
    """Check that vectors are finite and of length one; zero only where a sentence has no token."""
    empty = np.diff(generation.tokens.indptr) == 0
    for start in range(0, len(scope.all_rows), _SAMPLE):
        rows = scope.all_rows[start : start + _SAMPLE]
        norms = np.linalg.norm(generation.vectors.rows(rows), axis=1)
        for row, norm in zip(rows.tolist(), norms.tolist(), strict=True):
            if not np.isfinite(norm):
                yield f"the vector of row {row} is not finite"
            elif norm == 0:
                if not empty[row]:
                    yield f"the vector of row {row} is zero"
            elif abs(norm - 1) > _UNIT:
                yield f"the vector of row {row} has length {norm:.3f}, not 1"


def _self_search(generation: Generation, rows_: Sequence[int]) -> Iterator[str]:
    """Search for vectors of the generation: each finds itself, or an equal one, first."""
    sample = np.asarray(rows_, dtype=np.int64)
    vectors = generation.vectors.rows(sample)
    if not np.isfinite(vectors).all():
        return  # named by the part before
    own = np.einsum("ij,ij->i", vectors, vectors)
    scores, rows = generation.vectors.search(vectors, 1)
    for place, row in enumerate(sample.tolist()):
        if own[place] and (
            scores[place, 0] < _SAME or (rows[place, 0] != row and scores[place, 0] > own[place] + _UNIT)
        ):
            yield f"row {row} does not find itself first"


def _terms(generation: Generation, scope: Scope) -> Iterator[str]:
    """Compare the terms of each part, and their frequencies, with its rows and with the vocabulary."""
    for field in FIELDS:
        vocabulary = generation.vocabulary(field)
        if len(vocabulary) != len(generation.frequencies(field)):
            size = len(generation.frequencies(field))
            yield f"there are {len(vocabulary)} {field} terms and {size} frequencies"
            continue
        for number in scope.parts:
            part, own = generation.parts[number], generation.numbers(field, number)
            csr, frequencies = part.terms[field], part.frequencies[field]
            if len(csr.values) and not 0 <= csr.values.min() <= csr.values.max() < len(frequencies):
                yield f"a row has {field} terms that are not in the vocabulary"
                continue
            wrong = np.flatnonzero(csr.frequencies(len(frequencies)) != frequencies)
            if wrong.size:
                term = vocabulary[own[wrong[0]]]
                yield f"the {field} term {term!r} has another frequency than its rows say"
            if len(np.unique(own)) != len(own):
                yield f"two {field} terms of a part have one number"


def _words(generation: Generation, scope: Scope) -> Iterator[str]:
    """Compare the word index with the term rows: frequencies of terms, and rows that find themselves."""
    for field in FIELDS:
        rows = generation.rows_of_terms(field)
        vocabulary, frequencies = generation.vocabulary(field), generation.frequencies(field)
        for number in _spread(np.arange(len(vocabulary)), 200):
            term = vocabulary[number]
            if generation.words.document_frequency(field, term) != frequencies[number]:
                yield f"the word index has another frequency of the {field} term {term!r}"
                return
        for row in scope.rows(100):
            held = [vocabulary[number] for number in rows.row(row).tolist()]
            if held:
                rarest = min(held, key=lambda term: generation.words.document_frequency(field, term))
                frequency = generation.words.document_frequency(field, rarest)
                if row not in {hit for hit, _ in generation.words.search([rarest], field, frequency)}:
                    yield f"the word index does not find row {row} by its {field} term {rarest!r}"
                    return


def _twins(generation: Generation) -> Iterator[str]:
    """Compare the rows that say the same with the gists."""
    if not np.array_equal(generation.twins, twins(generation.gists)):
        yield "the twins are not the rows that share their gists"


def _recipe(generation: Generation, encoder: Encoder | None, tokens: TokenModel | None) -> Iterator[str]:
    """Compare how it was made with what would make it now."""
    identity = encoder.identity if encoder else None
    try:
        require_recipe(generation.manifest.recipe, identity, tokens.revision if tokens else None, "the index")
    except GenerationMismatch as error:
        yield str(error)


def _encoding(generation: Generation, scope: Scope, encoder: Encoder | None) -> Iterator[str]:
    """Encode some sentences again and compare."""
    if encoder is None or encoder.identity != generation.manifest.recipe.encoder:
        return
    rows = scope.rows(_ENCODED)
    made = encoder.encode_passages([generation.sentence(row).text for row in rows])
    stored = generation.vectors.rows(rows)
    for row, one, other in zip(rows, made, stored, strict=True):
        if np.abs(one - other).max() > 0.02:
            yield f"the vector of row {row} is not that of its sentence"


def _tokens(generation: Generation, scope: Scope, tokens: TokenModel | None) -> Iterator[str]:
    """Tokenize some sentences again and compare."""
    if tokens is None or tokens.revision != generation.manifest.recipe.tokens:
        return
    rows = scope.rows(_SAMPLE)
    made = tokens.tokenize([generation.sentence(row).text for row in rows])
    for row, expected in zip(rows, made, strict=True):
        if generation.tokens.row(row).tolist() != expected.tolist():
            yield f"the tokens of row {row} are not those of its sentence"


def _spread(numbers: Longs, most: int) -> list[int]:
    """Return up to `most` of some numbers, evenly spread."""
    if not len(numbers):
        return []
    places = np.unique(np.linspace(0, len(numbers) - 1, min(len(numbers), most)).astype(int))
    return [int(number) for number in numbers[places]]
