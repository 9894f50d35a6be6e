"""Building, adding, updating, removing: from a request to a published generation.

Known documents are not encoded again.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from index.check import require_sound
from index.encoders import Encoder
from index.encoders.base import TokenModel
from index.errors import (
    GenerationCorrupt,
    GenerationMismatch,
    NoGeneration,
    RemovalHeldBack,
    SourceError,
)
from index.generation import Generation
from index.generation.entries import Entry
from index.generation.manifest import Recipe
from index.generation.origins import SAMPLE
from index.indexer.assembly import assemble, describe
from index.indexer.chunking import SIZES, Sizes, divide
from index.indexer.part_writer import PartWriter
from index.indexer.plan import Change, amending, replacing, updating
from index.indexer.spool import Spool
from index.progress import Problems, Progress, Silence
from index.records import Document
from index.remarks import RemarkKind
from index.sources import Found, Options, read_from, sample_documents
from index.sources.files.files import origin_of
from index.store import Store
from index.store.layout import HIDDEN

_LOG = logging.getLogger(__name__)

Gate = Callable[[Generation], None]
"""Raises `GenerationRefused` when a sound candidate must not be published even so."""

_CHECKED_DOCUMENTS = 20  # of a large collection, this many are segmented again before it is published


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
        removed: Number of documents that are no longer there.
        seconds: How long it took.
        problems: What was left out, and why.
        remarks: What the readers of the documents that were read remarked, counted.
        sample_left: Whether the sample collection gave way to documents of one's own.
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
    remarks: Mapping[RemarkKind, int]
    sample_left: bool = False

    @property
    def is_held_back(self) -> bool:
        """Whether documents that were no longer found stay, because something could not be read."""
        return any(isinstance(problem, RemovalHeldBack) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Indexer:
    """Publishes generations; each method makes one, and reports what it did.

    Each raises `SourceError` where nothing would be left to index or more than the store may hold,
    `StoreError` where what is live cannot be used or the new generation cannot be published (the one before
    stays), and `EncoderError` where the encoder fails.

    Attributes:
        store: Where to.
        encoder: Makes the vectors.
        tokens: Makes the token ids.
        progress: Is told how far it is.
        gate: What a sound candidate has to pass.
        sizes: How large parts are.
        options: How files are read.
    """

    store: Store
    encoder: Encoder
    tokens: TokenModel
    progress: Progress = field(default_factory=Silence)
    gate: Gate | None = None
    sizes: Sizes = SIZES
    options: Options = field(default_factory=Options)

    def build(self, documents: Iterable[Document]) -> BuildReport:
        """Publish `documents` and nothing else, whatever their order."""
        return self._publish(replacing(self._found(documents)))

    def build_paths(self, paths: Iterable[str | Path]) -> BuildReport:
        """Publish the documents of files and folders and nothing else.

        Raises:
            SourceError: Also where a path does not exist, or a folder is empty.
        """
        problems = Problems(self.progress)
        return self._publish(replacing(read_from(paths, problems, options=self.options)), problems)

    def build_sample(self) -> BuildReport:
        """Publish the sample collection and nothing else."""
        problems = Problems(self.progress)
        documents = sample_documents(problems.problem)
        return self._publish(replacing(Found(each, SAMPLE) for each in documents), problems)

    def upgrade(self) -> BuildReport:
        """Publish the live documents again, whatever version and encoder made the live generation."""
        problems = Problems(self.progress)
        return self._publish(replacing(Found(*each) for each in self.store.documents()), problems)

    def add(self, documents: Iterable[Document]) -> BuildReport:
        """Publish what is live plus `documents`; each replaces the one with its id."""
        return self.amend(self._found(documents))

    def add_paths(self, paths: Iterable[str | Path]) -> BuildReport:
        """Publish what is live plus the documents of files and folders.

        Raises:
            SourceError: Also where a path does not exist, or a folder is empty.
        """
        problems = Problems(self.progress)
        return self._publish(
            amending(read_from(paths, problems, options=self.options), ()), problems, amends=True
        )

    def update_paths(self, paths: Iterable[str | Path]) -> BuildReport:
        """Publish what is live with what files and folders hold now, and nothing else that came from them.

        Documents that came from elsewhere stay.

        Raises:
            SourceError: Also where a path does not exist, or a folder is empty.
        """
        problems, named = Problems(self.progress), [Path(path) for path in paths]
        change = updating(
            read_from(named, problems, options=self.options), [origin_of(path) for path in named]
        )
        return self._publish(change, problems, amends=True)

    def remove(self, identifiers: Iterable[str]) -> BuildReport:
        """Publish what is live without the documents of these ids.

        Raises:
            SourceError: Also where there is no document with one of the ids.
        """
        return self.amend((), identifiers)

    def amend(self, found: Iterable[Found], gone: Iterable[str] = ()) -> BuildReport:
        """Publish what is live with some documents added and some removed, in one step."""
        return self._publish(amending(found, gone), amends=True)

    def _publish(
        self, change: Change, problems: Problems | None = None, *, amends: bool = False
    ) -> BuildReport:
        """Publish the documents that `change` makes of the live generation.

        Args:
            change: What to do.
            problems: Those so far, where there can be some.
            amends: Whether the live generation is part of what is asked for, and must be sound for that;
                else it only saves work.
        """
        started = time.perf_counter()
        progress = problems or Problems(self.progress)
        recipe = Recipe(self.encoder.identity, self.tokens.revision)
        with self.store.building() as building, ExitStack() as held:
            before = self._before(recipe, held, amends)
            known = _known(before) if before else {}
            with building.telling(), Spool.open(building.scratch, f"{HIDDEN}spool-") as spool:
                found = change(known, spool, progress)
                entries = [found[name] for name in sorted(found)]  # equal collections, equal generations
                writer = PartWriter(building, before, spool, recipe, self.encoder, self.tokens, progress)
                built = writer.write(divide(entries, self.sizes))
                del before
            progress.stage("publishing", None)
            with building.telling():
                contents = assemble(built, [entry.origin for entry in entries])

            def written() -> None:
                # All that is taken from the generation before is linked by now: its lock and memory are free.
                writer.forget()
                held.close()

            def approve(generation: Generation) -> None:
                require_sound(generation, self.encoder, self.tokens, writer.made, _CHECKED_DOCUMENTS)
                if self.gate:
                    self.gate(generation)

            name = building.publish(
                contents, lambda sums: describe(entries, built, recipe, sums), approve, written
            )
            with building.telling():
                building.unfinished.keep_only(())
        done = BuildReport(
            generation=name,
            documents=len(entries),
            sentences=sum(part.entry.sentences for part in built),
            reused=len(entries) - writer.fresh,
            added=len(found.keys() - known.keys()),
            changed=sum(known[name].fingerprint != found[name].fingerprint for name in known.keys() & found),
            removed=len(known.keys() - found.keys()),
            seconds=time.perf_counter() - started,
            problems=tuple(progress.kept),
            remarks=dict(progress.remarks),
            sample_left=_is_sample(known) and not _is_sample(found),
        )
        counts = (done.documents, done.added, done.changed, done.removed, len(done.problems))
        _LOG.info("%s: %d documents, %d added, %d changed, %d removed, %d problems", name, *counts)
        return done

    def _found(self, documents: Iterable[Document]) -> Iterator[Found]:
        self.progress.stage("reading", len(documents) if isinstance(documents, Sized) else None)
        for document in documents:
            yield Found(document)
            self.progress.advance(1)

    def _before(self, recipe: Recipe, held: ExitStack, amends: bool) -> Generation | None:
        """Open the live generation; None where there is none that can be used."""
        try:
            return held.enter_context(self.store.current(recipe.encoder, recipe.tokens, spare=True))
        except NoGeneration:
            return None
        except (GenerationCorrupt, GenerationMismatch):
            if amends:
                raise
            return None


def _is_sample(entries: Mapping[str, Entry]) -> bool:
    return any(entry.origin == SAMPLE for entry in entries.values())


def _known(before: Generation) -> dict[str, Entry]:
    told = zip(before.entries(), before.origins(), strict=True)
    return {entry.id: entry._replace(origin=origin) for entry, origin in told}
