"""Changes: from the documents that are live to those that are to be."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from index.errors import Message, RemovalHeldBack, SourceError, SourceUnreadable
from index.generation.entries import SHORT, Entry, fingerprint, size_of
from index.generation.origins import SAMPLE, is_within
from index.indexer.spool import Spool
from index.progress import Problems
from index.records import Document
from index.sources import Found
from index.sources.files.files import shown
from index.text.segment import quotable

Change = Callable[[Mapping[str, Entry], Spool, Problems], Mapping[str, Entry]]
"""From what is live to what is to be; documents that are not known are put into the spool.

Raises `SourceError` where there would be none.
"""


def replacing(found: Iterable[Found]) -> Change:
    """Return the change that keeps what is found, and nothing else."""

    def change(before: Mapping[str, Entry], spool: Spool, problems: Problems) -> Mapping[str, Entry]:
        return _some(gather(found, before, spool, problems), problems)

    return change


def amending(found: Iterable[Found], gone: Iterable[str]) -> Change:
    """Return the change that adds what is found, and removes the documents of these ids."""

    def change(before: Mapping[str, Entry], spool: Spool, problems: Problems) -> Mapping[str, Entry]:
        kept, removed = dict(before), tuple(dict.fromkeys(gone))
        for identifier in removed:
            if kept.pop(identifier, None) is None:
                raise SourceError(
                    "There is no document {name} in the index; nothing was removed.", name=shown(identifier)
                )
        now = gather(found, before, spool, problems)
        kept = _own(kept, now)
        _tell_displaced(kept, now, problems)
        if removed and not kept and not now:
            raise SourceError("There would be no document to index any more; nothing was removed.")
        return kept | (now if removed else _some(now, problems))

    return change


def updating(found: Iterable[Found], roots: Sequence[str]) -> Change:
    """Return the change that puts what is found into the place of all that came from these paths.

    Where a file or folder there cannot be read, what is not found stays: it may be what could not be read.
    """

    def change(before: Mapping[str, Entry], spool: Spool, problems: Problems) -> Mapping[str, Entry]:
        now = _some(gather(found, before, spool, problems), problems)
        before = _own(before, now)
        _tell_displaced(before, now, problems)
        kept = {name: entry for name, entry in before.items() if not is_within(entry.origin, roots)} | now
        if before.keys() - kept and any(isinstance(each, SourceUnreadable) for each in problems.kept):
            problems.problem(
                RemovalHeldBack("Some files could not be read, so nothing is removed this time.")
            )
            return {**before, **now}
        return kept

    return change


def _own(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return what is live without the sample collection, which an operator's first document replaces."""
    return {name: entry for name, entry in before.items() if not (now and entry.origin == SAMPLE)}


def _tell_displaced(before: Mapping[str, Entry], now: Mapping[str, Entry], problems: Problems) -> None:
    """Report which documents replace others that came from elsewhere with other content."""
    for name, entry in now.items():
        known = before.get(name)
        if known is None or known.fingerprint == entry.fingerprint or not entry.origin:
            continue
        if not (is_within(entry.origin, [known.origin]) or is_within(known.origin, [entry.origin])):
            place = known.origin or Message("elsewhere")
            problems.problem(
                SourceError(
                    "The document {name} from {place} was replaced by the one from {other}.",
                    name=shown(name),
                    place=place,
                    other=entry.origin,
                )
            )


def _some(entries: Mapping[str, Entry], problems: Problems) -> dict[str, Entry]:
    """Return the entries.

    Raises:
        SourceError: There are none; it says why.
    """
    if not entries:
        why = problems.kept[0] if problems.kept else Message("Name files or folders that hold some.")
        raise SourceError("There is no document to index. {why}", why=why)
    return dict(entries)


MOST_SENTENCES = 100_000
"""Most sentences of a document: it is indexed in one piece, and each needs some KiB meanwhile."""


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
        return SourceError("The document {name} has no text to quote; left out.", name=name)
    if first := entries.get(document.id):
        if not first.origin or first.origin == origin:
            return SourceError("A second document has the id {name}; left out, give it another.", name=name)
        return SourceError(
            "A second document has the id {name} ({place} and {other}); left out, give it another.",
            name=name,
            place=first.origin,
            other=origin,
        )
    if _sentences(document) > MOST_SENTENCES:
        return SourceError(
            "The document {name} has more than the limit of {limit:,} sentences; split it.",
            name=name,
            limit=MOST_SENTENCES,
        )
    return None


def _sentences(document: Document) -> int:
    """Return how many sentences a document has, or an upper bound if that is small."""
    most = size_of(document) // SHORT
    return most if most <= MOST_SENTENCES else len(quotable(document.text[document.body :]))
