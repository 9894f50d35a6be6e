"""Changes: from the documents that are live to those that shall be."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from index.division import Entry
from index.errors import RemovalHeldBack, SourceError, SourceUnreadable
from index.gather import gather
from index.origins import is_within
from index.progress import Problems
from index.sources import Found
from index.sources.files import shown
from index.spool import Spool

Change = Callable[[Mapping[str, Entry], Spool, Problems], Mapping[str, Entry]]
"""From what is live to what shall be; documents that are not known are put into the spool.

Raises `SourceError` where there would be none.
"""


def replacing(found: Iterable[Found]) -> Change:
    """Return the change that leaves what is found, and nothing else."""

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
                    f"There is no document {shown(identifier)} in the index; nothing was removed."
                )
        now = gather(found, before, spool, problems)
        _tell_displaced(before, now, problems)
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
        _tell_displaced(before, now, problems)
        kept = {name: entry for name, entry in before.items() if not is_within(entry.origin, roots)} | now
        if before.keys() - kept and any(isinstance(each, SourceUnreadable) for each in problems.kept):
            problems.problem(
                RemovalHeldBack("Some files could not be read, so nothing is removed this time.")
            )
            return {**before, **now}
        return kept

    return change


def _tell_displaced(before: Mapping[str, Entry], now: Mapping[str, Entry], problems: Problems) -> None:
    """Say which documents take the place of others that came from elsewhere and say something else."""
    for name, entry in now.items():
        known = before.get(name)
        if known is None or known.fingerprint == entry.fingerprint or not entry.origin:
            continue
        if not (is_within(entry.origin, [known.origin]) or is_within(known.origin, [entry.origin])):
            place = known.origin or "elsewhere"
            problems.problem(
                SourceError(
                    f"The document {shown(name)} from {place} was replaced by the one from {entry.origin}."
                )
            )


def _some(entries: Mapping[str, Entry], problems: Problems) -> dict[str, Entry]:
    """Return the entries.

    Raises:
        SourceError: There are none; it says why.
    """
    if not entries:
        why = problems.kept[0] if problems.kept else "Name files or folders that hold some."
        raise SourceError(f"There is no document to index. {why}")
    return dict(entries)
