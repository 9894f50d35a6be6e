"""Reading: from the paths an operator names to documents, each problem reported, nothing lost silently."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from index.dateline import dateline, in_file_name
from index.dates import Dated
from index.errors import SourceError
from index.records import Document
from index.sources.dates import date_in_address
from index.sources.files import LIMIT, OpenedFile, Report, Source, find, shown
from index.sources.formats import SUFFIXES, reader


def read(paths: Iterable[str | Path], report: Report, *, limit: int = LIMIT) -> Iterator[Document]:
    """Yield the documents of files and folders, in the order named and sorted within a folder.

    A file or row that cannot be used is reported and the others are read; of two documents with one id the
    second is reported and left out.

    Args:
        paths: Files and folders; folders are read with all below them, hidden ones apart.
        report: Takes each problem.
        limit: Largest document in bytes.

    Raises:
        SourceError: At once, when a path does not exist or a folder holds nothing that can be read.
    """
    return _documents(find([Path(path) for path in paths], SUFFIXES, report), report, limit)


def _documents(sources: list[Source], report: Report, limit: int) -> Iterator[Document]:
    places: dict[str, str] = {}
    for source in sources:
        try:
            with OpenedFile(source, limit) as file:
                for document in reader(source.path)(file, report):
                    if first := places.get(document.id):
                        report(_same_id(document.id, first, file.name))
                    else:
                        places[document.id] = file.name
                        yield dated(document, file.id)
        except SourceError as error:
            report(error)


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
        (in_file_name(file) if file == document.id else None, Dated.FILE_NAME),
    ):
        if day:
            return replace(document, date=day, dated=how)
    return document


def _same_id(identifier: str, first: str, second: str) -> SourceError:
    where = f"twice in {first}" if first == second else f"in {first} and in {second}"
    return SourceError(
        f"The id {shown(identifier)} stands {where}; the second was left out, give it another id."
    )
