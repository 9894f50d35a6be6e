"""Building: documents to a published generation. Documents that are known already are not encoded again."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from index.assembly import assemble, describe
from index.check import require_sound
from index.division import SIZES, Entry, Sizes, divide
from index.encoder import Encoder
from index.errors import GenerationCorrupt, GenerationMismatch, NoGeneration, SourceError
from index.gather import gather
from index.generation import Generation
from index.maker import Maker
from index.manifest import Recipe
from index.progress import Problems, Progress, Silence
from index.records import Document
from index.rows import TokenModel
from index.shelf import HIDDEN
from index.sources import read
from index.sources.files import shown
from index.spool import Spool
from index.store import Store

Gate = Callable[[Generation], None]
"""Raises `GenerationRefused` when a sound candidate shall not be published all the same."""

Change = Callable[[Mapping[str, Entry], Spool], Mapping[str, Entry]]

_CHECKED_DOCUMENTS = 50  # of a large collection, so many are segmented again before it is published


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: Name of the generation, live now.
        documents: Number of documents in it.
        sentences: Number of sentences in it.
        reused: Number of documents taken from the generation before.
        added: Number of documents whose ids were not there before.
        changed: Number of documents that are not as they were before.
        removed: Number of documents that are not there any more.
        seconds: How long it took.
        problems: What was left out, and why.
    """

    generation: str
    documents: int
    sentences: int
    reused: int
    added: int
    changed: int
    removed: int
    seconds: float
    problems: tuple[SourceError, ...]


def build_paths(
    paths: Iterable[str | Path],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Build from files and folders; the report holds also what could not be read.

    Raises:
        SourceError: A path does not exist, a folder is empty, or nothing could be read.
        StoreError: The generation cannot be published; the one before stays.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())
    documents = read(paths, problems.problem)
    return _build(_replace(documents, problems), store, encoder, tokens, problems, gate, sizes)


def build(
    documents: Iterable[Document],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Publish a generation of `documents`, whatever their order.

    Raises:
        SourceError: There are no documents.
        StoreError: The generation cannot be published; the one before stays.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())
    return _build(_replace(documents, problems), store, encoder, tokens, problems, gate, sizes)


def add(
    documents: Iterable[Document],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Publish what is live with `documents` more; each takes the place of the one with its id.

    Raises:
        SourceError: There are no documents.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())
    change = _amend(documents, problems)
    return _build(change, store, encoder, tokens, problems, gate, sizes, amends=True)


def add_paths(
    paths: Iterable[str | Path],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Publish what is live with the documents of files and folders more; as `add`, and as `build_paths`.

    Raises:
        SourceError: A path does not exist, a folder is empty, or nothing could be read.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())
    change = _amend(read(paths, problems.problem), problems)
    return _build(change, store, encoder, tokens, problems, gate, sizes, amends=True)


def remove(
    identifiers: Iterable[str],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Publish what is live without the documents of these ids.

    Raises:
        SourceError: There is no document with one of the ids, or none would be left.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """

    def change(before: Mapping[str, Entry], spool: Spool) -> Mapping[str, Entry]:
        kept = dict(before)
        for identifier in identifiers:
            if kept.pop(identifier, None) is None:
                raise SourceError(
                    f"There is no document {shown(identifier)} in the index; nothing was removed."
                )
        if not kept:
            raise SourceError("There would be no document to index any more; nothing was removed.")
        return kept

    problems = Problems(progress or Silence())
    return _build(change, store, encoder, tokens, problems, gate, sizes, amends=True)


def _replace(documents: Iterable[Document], problems: Problems) -> Change:
    return lambda before, spool: gather(documents, before, spool, problems)


def _amend(documents: Iterable[Document], problems: Problems) -> Change:
    return lambda before, spool: {**before, **gather(documents, before, spool, problems)}


def _build(
    change: Change,
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    progress: Problems,
    gate: Gate | None,
    sizes: Sizes,
    *,
    amends: bool = False,
) -> BuildReport:
    """Publish the documents that `change` makes of the live generation."""
    started = time.perf_counter()
    recipe = Recipe(encoder.identity, tokens.revision)
    with store.building() as building, ExitStack() as held:
        before = _before(store, recipe, held, amends)
        known = {entry.id: entry for entry in before.entries()} if before else {}
        with building.telling(), Spool.open(building.scratch, f"{HIDDEN}spool-") as spool:
            progress.stage("reading", None)
            found = change(known, spool)
            entries = [found[name] for name in sorted(found)]  # equal collections, equal generations
            maker = Maker(building, before, spool, recipe, encoder, tokens, progress)
            pieces = maker.pieces(divide(entries, sizes))
            del before
        progress.stage("publishing", None)
        with building.telling():
            contents = assemble(pieces)

        def written() -> None:
            # All that is taken from the generation before is linked by now: its lock and its memory are free.
            maker.forget()
            held.close()

        def approve(generation: Generation) -> None:
            require_sound(generation, encoder, tokens, maker.made, _CHECKED_DOCUMENTS)
            if gate:
                gate(generation)

        name = building.publish(
            contents, lambda sums: describe(entries, pieces, recipe, sums), approve, written
        )
        with building.telling():
            building.work.keep_only(())
    return BuildReport(
        generation=name,
        documents=len(entries),
        sentences=sum(piece.entry.sentences for piece in pieces),
        reused=len(entries) - maker.fresh,
        added=len(found.keys() - known.keys()),
        changed=sum(known[name].fingerprint != found[name].fingerprint for name in known.keys() & found),
        removed=len(known.keys() - found.keys()),
        seconds=time.perf_counter() - started,
        problems=tuple(progress.kept),
    )


def _before(store: Store, recipe: Recipe, held: ExitStack, amends: bool) -> Generation | None:
    """Open the live generation; where it is amended it must be sound, else it only saves work."""
    try:
        return held.enter_context(store.current(recipe.encoder, recipe.tokens, spare=True))
    except NoGeneration:
        return None
    except (GenerationCorrupt, GenerationMismatch):
        if amends:
            raise
        return None
