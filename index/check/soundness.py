"""Check that a generation is sound and holds what its documents say.

Checksums are verified when a generation is opened; this module finds what checksums cannot: rows that do not
belong together although no byte was damaged.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from index.check.finding import Finding, Look, findings
from index.check.part_checks import part_findings
from index.check.subset import Subset
from index.check.vector_checks import encoding, self_search, tokens_again
from index.check.word_checks import joined_terms, word_index
from index.encoders import Encoder
from index.encoders.base import TokenModel
from index.errors import GenerationCorrupt, GenerationMismatch, Message
from index.generation import DOCUMENT, END, PARAGRAPH, START, Generation
from index.generation.manifest import require_recipe
from index.generation.row_columns import Columns
from index.text.duplicates import twins

_LOG = logging.getLogger(__name__)

_SAMPLE = 1_000


def check(
    generation: Generation,
    *,
    encoder: Encoder | None = None,
    tokens: TokenModel | None = None,
    documents: int | None = None,
    parts: Collection[str] | None = None,
    workers: int = 1,
) -> list[Finding]:
    """Return every fault that is found, none for a sound generation.

    Args:
        generation: An opened generation.
        encoder: Where it is given, some sentences are encoded again and compared.
        tokens: Where it is given, some sentences are tokenized again and compared.
        documents: How many documents are segmented again, evenly spread, and half as many rows searched for
            and tokenized; None for all documents, a thousand rows, and the codes of all vectors.
        parts: Names of the parts that are looked into, where the others are known to be sound; None for all.
        workers: How many processes look into parts, where there are many documents.
    """
    subset = Subset.of(generation, parts)
    rows = documents // 2 if documents else _SAMPLE
    looks: list[Look] = [
        ("counts", lambda: _counts(generation)),
        ("rows", lambda: _rows(generation)),
        ("columns", lambda: _columns(generation)),
        ("self-search", lambda: self_search(generation, subset.rows(rows))),
        ("terms", lambda: joined_terms(generation)),
        ("words", lambda: word_index(generation, subset)),
        ("twins", lambda: _twins(generation)),
        ("recipe", lambda: _recipe(generation, encoder, tokens)),
        ("encoding", lambda: encoding(generation, subset, encoder)),
        ("tokens", lambda: tokens_again(generation, subset, tokens, rows)),
    ]
    with part_findings(generation, subset, documents, workers) as of_parts:
        faults = [*findings(looks), *of_parts]
    _LOG.debug("generation %s is checked: %d faults", generation.name, len(faults))
    return faults


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
        ("gists", len(generation.duplicate_keys)),
    ):
        if size != n:
            yield f"the {name} hold {size} rows, the manifest says {n}"
    summaries = generation.summaries()
    for what, size in (("documents", len(summaries)), ("origins", len(generation.origins()))):
        if size != generation.documents:
            yield f"there are {size} {what}, the manifest says {generation.documents} documents"
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


def _columns(generation: Generation) -> Iterator[str]:
    """Compare the columns of the generation with those of its parts."""
    joined = Columns.joined(part.columns() for part in generation.parts)
    stored = Columns.map(generation.folder, generation.sentences, generation.documents)
    for (name, data), (_, other) in zip(joined.to_files(), stored.to_files(), strict=True):
        if data != other:
            yield f"{name} is not that of the parts"
    if not np.array_equal(joined.paragraphs(), generation.paragraphs):
        yield "the paragraphs are not those of the places"


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


def _twins(generation: Generation) -> Iterator[str]:
    """Compare the rows that say the same with the duplicate keys."""
    if not np.array_equal(generation.twins, twins(generation.duplicate_keys)):
        yield "the twins are not the rows that share their gists"


def _recipe(generation: Generation, encoder: Encoder | None, tokens: TokenModel | None) -> Iterator[str]:
    """Compare how it was made with what would make it now."""
    identity = encoder.identity if encoder else None
    try:
        require_recipe(
            generation.manifest.recipe, identity, tokens.revision if tokens else None, Message("the index")
        )
    except GenerationMismatch as error:
        yield str(error)


def require_sound(
    generation: Generation, encoder: Encoder, tokens: TokenModel, parts: Collection[str], documents: int
) -> None:
    """Refuse a generation whose new parts have a fault; arguments as those of `check`.

    Raises:
        GenerationCorrupt: It names the first fault.
    """
    faults = check(generation, encoder=encoder, tokens=tokens, documents=documents, parts=parts)
    if faults:
        raise GenerationCorrupt(
            "The new index did not pass its check ({why}); the old one stays.", why=faults[0]
        )
