"""Building and changing an index; each function publishes a new state of it, or leaves the one before.

What cannot be read is left out and named in `BuildReport.problems`. Each raises `SourceError` where nothing
would be left to index or a path does not exist, `StoreBusy` while something else builds there, and
`StoreError` where the folder cannot be read or written.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from index.encoders import StaticModel, open_encoder
from index.indexer import BuildReport, Indexer
from index.records import Document
from index.store import Store

Folder = str | os.PathLike[str]
Source = str | os.PathLike[str] | Document
"""A file, a folder with all below it, or a document that is made in memory."""


def build(folder: Folder, sources: Iterable[Source], *, encoder: str | None = None) -> BuildReport:
    """Make the index in `folder` of these sources and nothing else.

    `encoder` is a hub name or folder of a sentence-transformers model; None for the bundled one.
    """
    paths, documents = _divided(sources)
    indexer = _indexer(folder, encoder)
    return indexer.build_paths(paths) if paths else indexer.build(documents)


def add(folder: Folder, sources: Iterable[Source], *, encoder: str | None = None) -> BuildReport:
    """Add sources to the index in `folder`; a document takes the place of the one with its id."""
    paths, documents = _divided(sources)
    indexer = _indexer(folder, encoder)
    return indexer.add_paths(paths) if paths else indexer.add(documents)


def update(folder: Folder, paths: Iterable[Folder], *, encoder: str | None = None) -> BuildReport:
    """Bring the index up to date with files and folders; what is gone from them is removed.

    Documents that came from elsewhere stay.
    """
    return _indexer(folder, encoder).update_paths(map(Path, paths))


def remove(folder: Folder, identifiers: Iterable[str], *, encoder: str | None = None) -> BuildReport:
    """Remove the documents of these ids."""
    return _indexer(folder, encoder).remove(identifiers)


def _indexer(folder: Folder, encoder: str | None) -> Indexer:
    static = StaticModel.open()
    return Indexer(Store(Path(folder)), open_encoder(encoder, static), static)


def _divided(sources: Iterable[Source]) -> tuple[list[Path], list[Document]]:
    if isinstance(sources, str | os.PathLike):  # a string is iterable too, letter by letter
        raise TypeError("Sources are a list, even where it is only one.")
    paths: list[Path] = []
    documents: list[Document] = []
    for source in sources:
        if isinstance(source, Document):
            documents.append(source)
        else:
            paths.append(Path(source))
    if paths and documents:
        raise TypeError(
            "Files and documents come one after the other: `build` with the ones, `add` the others."
        )
    return paths, documents
