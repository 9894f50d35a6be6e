"""Reading: from the paths an operator names to documents, each problem reported, nothing lost silently."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from index.errors import SourceError
from index.progress import Advance, Progress, Share
from index.records import Dated, Document
from index.sources.archive import documents_of, open_archive, packed_kind, require_modest, unpack
from index.sources.files import HeldFile, Input, OpenedFile, Report, Source, find, shown
from index.sources.formats import GUARDED, READERS
from index.sources.guard import Guard
from index.sources.kinds import SUFFIXES, Kind, kind_of
from index.sources.language import is_vietnamese
from index.sources.limits import Options
from index.sources.metadata_dates import date_in_address
from index.text.datelines import dateline, in_file_name

_OPTIONS = Options()


class Found(NamedTuple):
    """A document, and the path among those that were named that it was read from (`files.origin_of`)."""

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

    A file, row or member of an archive that cannot be used is reported and the others are read; of two
    documents with one id the second is reported and left out.

    Args:
        paths: Files and folders; folders are read with all below them, hidden ones apart.
        report: Takes each problem.
        options: Limits, and what columns hold.

    Raises:
        SourceError: At once, when a path does not exist or a folder holds nothing that can be read.
    """
    sources = find([Path(path) for path in paths], report)
    return (found.document for found in _documents(_sized(sources), report, options))


def read_from(
    paths: Iterable[str | Path], progress: Progress, *, options: Options = _OPTIONS
) -> Iterator[Found]:
    """Yield the same as `read`, each document with the path that it was read from.

    `progress` is told each problem and, from when the first document is asked for, how many bytes of the
    files have been read of all that they had then.
    """
    return _followed(find([Path(path) for path in paths], progress.problem), progress, options)


def _followed(sources: Sequence[Source], progress: Progress, options: Options) -> Iterator[Found]:
    sized = _sized(sources)
    progress.stage("reading", sum(size for _, size in sized))
    yield from _documents(sized, progress.problem, options, progress.advance)


def _sized(sources: Iterable[Source]) -> list[tuple[Source, int]]:
    """Return files with their sizes in bytes; of one that cannot be looked at, it is reading that says so."""
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
        name: What it was called by who sent it: the id of its document, and the name in every problem.
        options: Limits, and what columns hold.

    Never raises `SourceError`: what is wrong with the whole file is a problem too.
    """
    problems: list[SourceError] = []
    found = _documents([(Source(Path(path), name, name), 0)], problems.append, options)
    return FileContents(tuple(each.document for each in found), tuple(problems))


def read_held(data: bytes, *, name: str, guard: Guard, options: Options = _OPTIONS) -> FileContents:
    """Read bytes that are at hand, of any kind that is read, as `read_file` does; `guard` stays open."""
    problems: list[SourceError] = []
    documents: list[Document] = []
    held = HeldFile(shown(name), name, data, options.limits.document)
    try:
        for document in _read(held, guard, problems.append, options, _nobody):
            if len(document.text) > options.limits.text:
                problems.append(_too_long(document.id, options))
            else:
                documents.append(dated(document, held.id))
    except SourceError as error:
        problems.append(error)
    return FileContents(tuple(documents), tuple(problems))


def _nobody(steps: int) -> None:
    """Tell nobody how far it is."""


def _documents(
    sources: Iterable[tuple[Source, int]], report: Report, options: Options, advance: Advance = _nobody
) -> Iterator[Found]:
    places: dict[str, str] = {}
    with Guard() as guard:
        for source, size in sources:
            # A share: a file counts as much, however it has grown since, and whatever is never looked at.
            with Share(advance, size, size) as share:
                try:
                    with OpenedFile(source, options.limits.document, share.advance) as file:
                        for document in _read(file, guard, report, options, share.advance):
                            if first := places.get(document.id):
                                report(_same_id(document.id, first, file.name))
                            elif len(document.text) > options.limits.text:
                                report(_too_long(document.id, options))
                            else:
                                places[document.id] = file.name
                                yield Found(dated(document, file.id), source.origin)
                except SourceError as error:
                    report(error)


def _read(
    file: Input, guard: Guard, report: Report, options: Options, advance: Advance, *, inside: bool = False
) -> Iterator[Document]:
    kind = kind_of(file.name, file.head())
    if kind is Kind.ZIP:
        kind = packed_kind(file.stream(), file.name, options.limits)
        if kind is Kind.ZIP and inside:
            raise SourceError(f"{file.name} is an archive inside of an archive; unpack it first.")
    if kind is None:
        known = ", ".join(SUFFIXES)
        raise SourceError(f"{file.name} is of a kind that cannot be read (known: {known}); left out.")
    if kind is Kind.ZIP:
        yield from _members(file, guard, report, options, advance)
    elif kind in GUARDED:
        yield from guard.read(kind, file, report, options)
    else:
        yield from READERS[kind](file, report, options)


def _members(
    file: Input, guard: Guard, report: Report, options: Options, advance: Advance
) -> Iterator[Document]:
    """Yield the documents of an archive, each under the id of the archive and its path there.

    A member that is a danger by itself is reported and the others are read; together they have to be modest.
    """
    limits = options.limits
    archive = open_archive(file.stream(), file.name, limits)
    members = list(documents_of(archive, file.name, limits, report))
    require_modest([member for member, _ in members], file.name, limits)
    any_read = False
    for member, path in members:
        name = f"{file.name}/{shown(path)}"
        try:
            held = HeldFile(name, f"{file.id}/{path}", unpack(archive, member, name, limits), limits.document)
            for document in _read(held, guard, report, options, _nobody, inside=True):
                any_read = True
                yield document
        except SourceError as error:
            report(error)
        advance(member.compress_size)
    if not any_read:
        raise SourceError(f"{file.name} holds no document that can be read; left out.")


def _too_long(identifier: str, options: Options) -> SourceError:
    return SourceError(
        f"{shown(identifier)} holds more text than the limit of {options.limits.text:,} characters; split it."
    )


def dated(document: Document, file: str | None = None) -> Document:
    """Return a document with its day, where it does not state it: from its dateline, address or file name.

    Nothing is guessed from the times of a file; a document without any of these has no day.

    Args:
        document: As its reader made it.
        file: What the file is called; its name counts for a document that is the whole file.
    """
    if document.date:
        return document
    for day, how in (
        (dateline(document.text[document.body :]), Dated.DATELINE),
        (date_in_address(document.url or ""), Dated.ADDRESS),
        (_in_own_name(document, file), Dated.FILE_NAME),
    ):
        if day:
            return replace(document, date=day, dated=how)
    return document


def _in_own_name(document: Document, file: str | None) -> dt.date | None:
    """Return the day in the name of a document's file; who writes Vietnamese writes the day first."""
    if file is None or file != document.id:
        return None
    return in_file_name(file, day_first=is_vietnamese(document.text, document.language))


def _same_id(identifier: str, first: str, second: str) -> SourceError:
    where = f"twice in {first}" if first == second else f"in {first} and in {second}"
    return SourceError(
        f"The id {shown(identifier)} stands {where}; the second was left out, give it another id."
    )
