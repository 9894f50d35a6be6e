"""The day of a document that does not state one: from its dateline, its address, or the name of its file."""

import datetime as dt
from dataclasses import replace

from index.records import Dated, Document
from index.sources.metadata.language import is_vietnamese
from index.sources.metadata.stated_dates import date_in_address
from index.text.datelines import dateline, in_file_name


def dated(document: Document, file: str | None = None) -> Document:
    """Return a document with its day, where it does not state it: from its dateline, address or file name.

    The creation date that the file states counts after these; the times of a file on disk never count.

    Args:
        document: As its reader made it.
        file: The name of the file; it counts for a document that is the whole file.
    """
    if document.date and document.dated is not Dated.FILE:
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
    """Return the day in the name of a document's file; in Vietnamese the day comes first."""
    if file is None or file != document.id:
        return None
    return in_file_name(file, day_first=is_vietnamese(document.text, document.language))
