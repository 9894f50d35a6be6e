"""Building: documents to a published generation. Documents that are known already are not encoded again."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from index.check import check
from index.encoder import Encoder
from index.errors import GenerationCorrupt, GenerationMismatch, NoGeneration, SourceError
from index.files import FileSum
from index.generation import Generation
from index.manifest import Manifest, Recipe
from index.progress import Problems, Progress, Silence
from index.records import Document
from index.rows import Layout, TokenModel, analyse, encode, lay_out, to_files, tokenize
from index.sources import read
from index.sources.files import shown
from index.store import Store
from index.vectors import FLAT

_CHECKED_DOCUMENTS = 50  # of a large collection, so many are segmented again before it is published


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: Name of the generation, live now.
        documents: Number of documents in it.
        sentences: Number of sentences in it.
        reused: Number of documents taken from the generation before.
        seconds: How long it took.
        problems: What was left out, and why.
    """

    generation: str
    documents: int
    sentences: int
    reused: int
    seconds: float
    problems: tuple[SourceError, ...]


def build_paths(
    paths: Iterable[str | Path],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Build from files and folders; the report holds also what could not be read.

    Raises:
        SourceError: A path does not exist, a folder is empty, or nothing could be read.
        StoreError: The generation cannot be published; the one before stays.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())
    documents = read(paths, problems.problem)
    return _build(lambda before: documents, store, encoder, tokens, problems)


def build(
    documents: Iterable[Document],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Publish a generation of `documents`, whatever their order.

    Raises:
        SourceError: There are no documents.
        StoreError: The generation cannot be published; the one before stays.
        EncoderError: The encoder fails.
    """
    return _build(lambda before: documents, store, encoder, tokens, Problems(progress or Silence()))


def add(
    documents: Iterable[Document],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Publish what is live with `documents` more; each takes the place of the one with its id.

    Raises:
        SourceError: There are no documents.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())

    def change(before: Generation | None) -> Iterable[Document]:
        new = _collect(documents, problems)
        kept = {document.id: document for document in before.iter_documents()} if before else {}
        return (kept | {document.id: document for document in new}).values()

    return _build(change, store, encoder, tokens, problems, amends=True)


def remove(
    identifiers: Iterable[str],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Publish what is live without the documents of these ids.

    Raises:
        SourceError: There is no document with one of the ids, or none would be left.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """

    def change(before: Generation | None) -> Iterable[Document]:
        kept = {document.id: document for document in before.iter_documents()} if before else {}
        for identifier in identifiers:
            if kept.pop(identifier, None) is None:
                raise SourceError(
                    f"There is no document {shown(identifier)} in the index; nothing was removed."
                )
        return kept.values()

    return _build(change, store, encoder, tokens, Problems(progress or Silence()), amends=True)


def _build(
    change: Callable[[Generation | None], Iterable[Document]],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    progress: Problems,
    *,
    amends: bool = False,
) -> BuildReport:
    """Publish the documents that `change` makes of the live generation."""
    started = time.perf_counter()
    recipe = Recipe(encoder.identity, tokens.revision)
    with store.building() as building:
        with ExitStack() as held:
            before = _before(store, recipe, held, amends)
            progress.stage("reading", None)
            collection = _collect(change(before), progress)
            progress.stage("segmenting", len(collection))
            layout = lay_out(collection, before, progress.advance)
            progress.stage("encoding", len(layout.texts))
            vectors = encode(layout, before, encoder, progress.advance)
            progress.stage("indexing", len(vectors))
            rows, analysed = tokenize(layout, before, tokens), analyse(layout, before)
        contents = to_files(layout, vectors, rows, analysed, building.scratch, progress.advance)
        progress.stage("publishing", None)
        name = building.publish(
            contents,
            lambda sums: _manifest(layout, recipe, sums),
            lambda generation: _approve(generation, encoder, tokens),
        )
    seconds = time.perf_counter() - started
    return BuildReport(name, len(collection), len(vectors), layout.reused, seconds, tuple(progress.kept))


def _collect(documents: Iterable[Document], progress: Problems) -> list[Document]:
    """Return the documents sorted by id, so that equal collections make equal generations."""
    found: dict[str, Document] = {}
    for document in documents:
        if document.text[document.body :].strip() == "":
            progress.problem(SourceError(f"The document {document.id} has no text to quote; left out."))
        elif document.id in found:
            progress.problem(
                SourceError(f"A second document has the id {document.id}; left out, give it another.")
            )
        else:
            found[document.id] = document
            progress.advance(1)
    if not found:
        why = progress.kept[0] if progress.kept else "Name files or folders that hold some."
        raise SourceError(f"There is no document to index. {why}")
    return [found[name] for name in sorted(found)]


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


def _manifest(layout: Layout, recipe: Recipe, sums: Mapping[str, FileSum]) -> Manifest:
    days = [document.date for document in layout.documents if document.date]
    return Manifest(
        recipe=recipe,
        documents=len(layout.documents),
        sentences=len(layout.places),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        vectors=FLAT,
        files=sums,
    )


def _approve(generation: Generation, encoder: Encoder, tokens: TokenModel) -> None:
    findings = check(generation, encoder=encoder, tokens=tokens, documents=_CHECKED_DOCUMENTS)
    if findings:
        raise GenerationCorrupt(f"The new index did not pass its check ({findings[0]}); the old one stays.")
