"""Reading: from the paths an operator names to documents, each problem reported, nothing lost silently."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from index.errors import SourceError
from index.progress import Advance, Progress, Share, nobody
from index.records import Document
from index.sources.containment.guard import Guard
from index.sources.files.files import HeldFile, OpenedFile, Report, Source, find, shown
from index.sources.files.limits import Options

_OPTIONS = Options()


class Found(NamedTuple):
    """A document, and which of the named paths it was read from (`files.origin_of`)."""

    document: Document
    origin: str = ""


class FileContents(NamedTuple):
    """What a file gave.

    Attributes:
        documents: Its documents: one, or as many as an archive or a file of rows has.
        problems: What was left out and why, one sentence each.
    """

    documents: tuple[Document, ...]
    problems: tuple[SourceError, ...]


def read(paths: Iterable[str | Path], report: Report, *, options: Options = _OPTIONS) -> Iterator[Document]:
    """Yield the documents of files and folders, in the order named and sorted within a folder.

    A file, row or member of an archive that cannot be used is reported and the others are read; if two
    documents share an id, the second is reported and left out.

    Args:
        paths: Files and folders; folders are read with everything below them except what is hidden.
        report: Takes each problem.
        options: Limits, and what columns hold.

    Raises:
        SourceError: At once, when a path does not exist or a folder holds nothing that can be read.
    """
    sources = _find(paths, report, options)
    return (found.document for found in _documents(_sized(sources), report, options))


def read_from(
    paths: Iterable[str | Path], progress: Progress, *, options: Options = _OPTIONS
) -> Iterator[Found]:
    """Yield the same as `read`, each document with the path that it was read from.

    `progress` is told each problem and, from when the first document is asked for, how many bytes of the
    files have been read of all that they had then.
    """
    return _followed(_find(paths, progress.problem, options), progress, options)


def _find(paths: Iterable[str | Path], report: Report, options: Options) -> list[Source]:
    with Guard() as guard:
        return find([Path(path) for path in paths], report, lambda file: guard.kind(file, options))


def _followed(sources: Sequence[Source], progress: Progress, options: Options) -> Iterator[Found]:
    sized = _sized(sources)
    progress.stage("reading", sum(size for _, size in sized))
    yield from _documents(sized, progress.problem, options, progress.advance)


def _sized(sources: Iterable[Source]) -> list[tuple[Source, int]]:
    """Return files with their sizes in bytes; for one that cannot be examined, reading reports it."""
    sized: list[tuple[Source, int]] = []
    for source in sources:
        try:
            sized.append((source, source.path.stat().st_size))
        except OSError:
            sized.append((source, 0))
    return sized


def read_file(path: str | Path, *, name: str, options: Options = _OPTIONS) -> FileContents:
    """Read one file that somebody sent, of any kind that is read.

    Args:
        path: Where it is on the disk.
        name: What its sender called it: the id of its document, and the name in every problem.
        options: Limits, and what columns hold.

    Never raises `SourceError`: what is wrong with the whole file is a problem too.
    """
    problems: list[SourceError] = []
    found = _documents([(Source(Path(path), name, name), 0)], problems.append, options)
    return FileContents(tuple(each.document for each in found), tuple(problems))


def read_held(data: bytes, *, name: str, guard: Guard, options: Options = _OPTIONS) -> FileContents:
    """Read bytes in memory, of any kind that is read, as `read_file` does; `guard` stays open."""
    problems: list[SourceError] = []
    documents: list[Document] = []
    try:
        documents.extend(guard.read(HeldFile(shown(name), name, data), problems.append, options))
    except SourceError as error:
        problems.append(error)
    return FileContents(tuple(documents), tuple(problems))


def _documents(
    sources: Sequence[tuple[Source, int]], report: Report, options: Options, advance: Advance = nobody
) -> Iterator[Found]:
    places: dict[str, str] = {}
    files = {source.id: source.name or shown(source.path) for source, _ in sources}
    with Guard() as guard:
        for source, size in sources:
            # A share: each file counts with its first size, however it grows and whatever of it is skipped.
            with Share(advance, size, size) as share:
                try:
                    with OpenedFile(source) as file:
                        for document in guard.read(file, report, options, share.advance):
                            # What a row or an entry calls itself never takes the place of another file.
                            owner = None if document.id == file.id else files.get(document.id)
                            if first := places.get(document.id) or owner:
                                report(_same_id(document.id, first, file.name))
                            else:
                                places[document.id] = file.name
                                yield Found(document, source.origin)
                except SourceError as error:
                    report(error)


def _same_id(identifier: str, first: str, second: str) -> SourceError:
    if first == second:
        return SourceError(
            "The id {id} stands twice in {name}; the second was left out, give it another id.",
            id=shown(identifier),
            name=first,
        )
    return SourceError(
        "The id {id} stands in {name} and in {other}; the second was left out, give it another id.",
        id=shown(identifier),
        name=first,
        other=second,
    )
