"""Building, adding, bringing up to date, removing: what is asked for, as a change of what is live."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from index.change import BuildReport, Change, Gate, publish
from index.division import SIZES, Entry, Sizes
from index.encoder import Encoder
from index.errors import SourceError
from index.gather import gather
from index.origins import is_within
from index.progress import Problems, Progress, Silence
from index.records import Document
from index.rows import TokenModel
from index.sources import Found, read_from
from index.sources.files import origin_of, shown
from index.spool import Spool
from index.store import Store

__all__ = [
    "BuildReport",
    "Gate",
    "add",
    "add_paths",
    "amend",
    "build",
    "build_paths",
    "remove",
    "update_paths",
]


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
    change = _replace(read_from(paths, problems.problem), problems)
    return publish(change, store, encoder, tokens, problems, gate, sizes)


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
    change = _replace(map(Found, documents), problems)
    return publish(change, store, encoder, tokens, problems, gate, sizes)


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
    found = map(Found, documents)
    return amend(found, (), store, encoder, tokens, progress=progress, gate=gate, sizes=sizes)


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
    change = _amend(read_from(paths, problems.problem), (), problems)
    return publish(change, store, encoder, tokens, problems, gate, sizes, amends=True)


def update_paths(
    paths: Iterable[str | Path],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Publish what is live with what files and folders hold now, and nothing else that came from them.

    Documents that came from elsewhere stay.

    Raises:
        SourceError: A path does not exist, a folder is empty, or nothing could be read.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems, named = Problems(progress or Silence()), [Path(path) for path in paths]
    roots = [origin_of(path) for path in named]
    found = read_from(named, problems.problem)

    def change(before: Mapping[str, Entry], spool: Spool) -> Mapping[str, Entry]:
        now = _some(gather(found, before, spool, problems), problems)
        return {name: entry for name, entry in before.items() if not is_within(entry.origin, roots)} | now

    return publish(change, store, encoder, tokens, problems, gate, sizes, amends=True)


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
    return amend((), identifiers, store, encoder, tokens, progress=progress, gate=gate, sizes=sizes)


def amend(
    found: Iterable[Found],
    gone: Iterable[str],
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    *,
    progress: Progress | None = None,
    gate: Gate | None = None,
    sizes: Sizes = SIZES,
) -> BuildReport:
    """Publish what is live with some documents more and some less, both in one step; as `add` and `remove`.

    Raises:
        SourceError: There is nothing to do, no document with one of the ids, or none would be left.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems = Problems(progress or Silence())
    change = _amend(found, tuple(dict.fromkeys(gone)), problems)
    return publish(change, store, encoder, tokens, problems, gate, sizes, amends=True)


def _replace(found: Iterable[Found], problems: Problems) -> Change:
    return lambda before, spool: _some(gather(found, before, spool, problems), problems)


def _amend(found: Iterable[Found], gone: tuple[str, ...], problems: Problems) -> Change:
    def change(before: Mapping[str, Entry], spool: Spool) -> Mapping[str, Entry]:
        kept = dict(before)
        for identifier in gone:
            if kept.pop(identifier, None) is None:
                raise SourceError(
                    f"There is no document {shown(identifier)} in the index; nothing was removed."
                )
        now = gather(found, before, spool, problems)
        if gone and not kept and not now:
            raise SourceError("There would be no document to index any more; nothing was removed.")
        return kept | (now if gone else _some(now, problems))

    return change


def _some(entries: Mapping[str, Entry], problems: Problems) -> dict[str, Entry]:
    """Return the entries.

    Raises:
        SourceError: There are none; it says why.
    """
    if not entries:
        why = problems.kept[0] if problems.kept else "Name files or folders that hold some."
        raise SourceError(f"There is no document to index. {why}")
    return dict(entries)
