"""Building: documents to a published generation. Documents that are known already are not encoded again."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from index.arrays import map_ints
from index.assembly import Piece, assemble, pieces_of
from index.check import check
from index.division import SIZES, Entry, Sizes, divide, fingerprint, part_name
from index.encoder import Encoder
from index.errors import GenerationCorrupt, GenerationMismatch, NoGeneration, SourceError
from index.files import FileSum
from index.generation import Generation
from index.manifest import Manifest, PartEntry, Recipe
from index.part import PLACES
from index.progress import Problems, Progress, Share, Silence
from index.publication import Building
from index.records import Document
from index.rows import Before, TokenModel, analyse, encode, lay_out, to_files, tokenize
from index.shelf import HIDDEN
from index.sources import read
from index.sources.files import shown
from index.spool import Spool
from index.store import Store
from index.vectors import FLAT

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
    return _build(
        lambda before, spool: _gather(documents, before, spool, problems),
        store,
        encoder,
        tokens,
        problems,
        gate,
        sizes,
    )


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
    return _build(
        lambda before, spool: _gather(documents, before, spool, problems),
        store,
        encoder,
        tokens,
        problems,
        gate,
        sizes,
    )


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

    def change(before: Mapping[str, Entry], spool: Spool) -> Mapping[str, Entry]:
        return {**before, **_gather(documents, before, spool, problems)}

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

    def change(before: Mapping[str, Entry], spool: Spool) -> Mapping[str, Entry]:
        return {**before, **_gather(read(paths, problems.problem), before, spool, problems)}

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
            maker = _Maker(building, before, spool, recipe, encoder, tokens, progress)
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
            _approve(generation, encoder, tokens, maker.made)
            if gate:
                gate(generation)

        name = building.publish(
            contents, lambda sums: _manifest(entries, pieces, recipe, sums), approve, written
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


class _Maker:
    """Makes the parts of a generation, but for those that are there already.

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
        self._known = pieces_of(before) if before else {}
        self._spool = spool
        self._recipe = recipe
        self._encoder = encoder
        self._tokens = tokens
        self._progress = progress
        self.made: list[str] = []
        self.fresh = 0

    def pieces(self, parts: Sequence[Sequence[Entry]]) -> list[Piece]:
        """Return the parts of these documents, in their order."""
        named = {part_name(self._recipe, entries): entries for entries in parts}
        self.made = [name for name in named if name not in self._known]
        self._building.work.keep_only(self.made)
        self._progress.stage("indexing", Share.STEPS * sum(len(named[name]) for name in self.made))
        return [self._known.get(name) or self._piece(name, entries) for name, entries in named.items()]

    def _piece(self, name: str, entries: Sequence[Entry]) -> Piece:
        files = self._building.work.find(name)
        if files is None:
            files = self._building.work.put(name, self._files(name, entries))
        else:
            self._progress.advance(Share.STEPS * len(entries))
        rows = len(map_ints(files[PLACES].path, columns=5))
        return Piece(PartEntry(name, len(entries), rows), files)

    def _files(self, name: str, entries: Sequence[Entry]) -> dict[str, bytes]:
        advance, count, before = self._progress.advance, len(entries), self._before
        layout = lay_out([self._document(entry) for entry in entries], before, advance)
        with Share(advance, 3 * count, len(layout.texts)) as share:
            vectors = encode(layout, before, self._encoder, share.advance)
        rows, analysed = tokenize(layout, before, self._tokens), analyse(layout, before)
        with Share(advance, (Share.STEPS - 4) * count, len(vectors)) as share:
            files = to_files(layout, vectors, rows, analysed, name, self._building.scratch, share.advance)
        self.fresh += count - layout.reused
        return files

    def forget(self) -> None:
        """Let go of the generation before."""
        self._before = None

    def _document(self, entry: Entry) -> Document:
        if entry.position < 0 or self._before is None:
            return self._spool.get(entry.id)
        return self._before.generation.document_at(entry.position)


def _gather(
    documents: Iterable[Document], before: Mapping[str, Entry], spool: Spool, progress: Problems
) -> dict[str, Entry]:
    """Return the documents by their ids; those that are not known are put into the spool."""
    found: dict[str, Entry] = {}
    for document in documents:
        if document.text[document.body :].strip() == "":
            progress.problem(SourceError(f"The document {document.id} has no text to quote; left out."))
        elif document.id in found:
            progress.problem(
                SourceError(f"A second document has the id {document.id}; left out, give it another.")
            )
        else:
            told = fingerprint(document)
            known = before.get(document.id)
            if known is None or known.fingerprint != told:
                spool.put(document)
                known = Entry(document.id, told, len(document.text), document.date)
            found[document.id] = known
            progress.advance(1)
    if not found:
        why = progress.kept[0] if progress.kept else "Name files or folders that hold some."
        raise SourceError(f"There is no document to index. {why}")
    return found


def _before(store: Store, recipe: Recipe, held: ExitStack, amends: bool) -> Generation | None:
    """Open the live generation; where it is amended it must be sound, else it only saves work."""
    try:
        return held.enter_context(store.current(recipe.encoder, recipe.tokens))
    except NoGeneration:
        return None
    except (GenerationCorrupt, GenerationMismatch):
        if amends:
            raise
        return None


def _manifest(
    entries: Sequence[Entry], pieces: Sequence[Piece], recipe: Recipe, sums: Mapping[str, FileSum]
) -> Manifest:
    days = [entry.date for entry in entries if entry.date]
    return Manifest(
        recipe=recipe,
        documents=len(entries),
        sentences=sum(piece.entry.sentences for piece in pieces),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        vectors=FLAT,
        parts=tuple(piece.entry for piece in pieces),
        files=sums,
    )


def _approve(generation: Generation, encoder: Encoder, tokens: TokenModel, parts: Sequence[str]) -> None:
    findings = check(generation, encoder=encoder, tokens=tokens, documents=_CHECKED_DOCUMENTS, parts=parts)
    if findings:
        raise GenerationCorrupt(f"The new index did not pass its check ({findings[0]}); the old one stays.")
