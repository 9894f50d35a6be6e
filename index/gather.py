"""Gathering: what is read, told apart by ids and compared with what is known."""

from collections.abc import Iterable, Mapping

from index.division import SHORT, Entry, fingerprint, size_of
from index.errors import SourceError
from index.progress import Problems
from index.records import Document
from index.segment import segment
from index.sources import Found
from index.sources.files import shown
from index.spool import Spool

MOST_SENTENCES = 100_000
"""So many sentences a document may have: it is indexed in one piece, and each needs some KiB meanwhile."""


def gather(
    found: Iterable[Found], before: Mapping[str, Entry], spool: Spool, problems: Problems
) -> dict[str, Entry]:
    """Return the documents by their ids; those that are not known are put into the spool."""
    entries: dict[str, Entry] = {}
    for document, origin in found:
        if refusal := _refusal(document, origin, entries):
            problems.problem(refusal)
            continue
        told = fingerprint(document)
        known = before.get(document.id)
        if known is None or known.fingerprint != told:
            spool.put(document)
            known = Entry(document.id, told, size_of(document), document.date)
        problems.remarked(document.remarks)
        entries[document.id] = known._replace(origin=origin)
    return entries


def _refusal(document: Document, origin: str, entries: Mapping[str, Entry]) -> SourceError | None:
    """Say why a document is left out."""
    name = shown(document.id)
    if document.text[document.body :].strip() == "":
        return SourceError(f"The document {name} has no text to quote; left out.")
    if first := entries.get(document.id):
        where = f" ({first.origin} and {origin})" if first.origin and first.origin != origin else ""
        return SourceError(f"A second document has the id {name}{where}; left out, give it another.")
    if _sentences(document) > MOST_SENTENCES:
        return SourceError(
            f"The document {name} has more than the limit of {MOST_SENTENCES:,} sentences; split it."
        )
    return None


def _sentences(document: Document) -> int:
    """Return how many sentences a document has, or what it has at most where that is few."""
    most = size_of(document) // SHORT
    return most if most <= MOST_SENTENCES else len(segment(document.text[document.body :]))
