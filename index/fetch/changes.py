"""Changing the live collection by addresses: first fetched, then published, finally remembered."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import Message, NoGeneration, SourceError
from index.fetch.addresses import Addresses
from index.indexer import BuildReport, Indexer
from index.progress import Problems
from index.records import Document
from index.sources import Found, read_from
from index.sources.files.files import shown

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Tell whether a name on the command line is an address and not a path."""
    return _ADDRESS.match(name) is not None


def add_all(names: Sequence[str], addresses: Addresses, indexer: Indexer) -> BuildReport:
    """Publish what is live plus the documents of files, folders and addresses.

    Of several addresses one that cannot be fetched is reported, and the others are added.

    Raises:
        SourceError: A path does not exist, or nothing could be read or fetched.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems = Problems(indexer.progress)
    paths = [Path(name) for name in names if not is_address(name)]
    local = read_from(paths, problems, options=indexer.options) if paths else iter(())
    urls = [name for name in names if is_address(name)]
    fetched: list[Document] = []
    problems.stage("fetching", len(urls))
    for url in urls:
        try:
            fetched.extend(addresses.add(url, problems.problem))
        except SourceError as error:
            if len(names) == 1:
                raise
            problems.problem(error)
        problems.advance(1)
    found = _any(local, fetched, problems)
    gone = _among(_held(indexer), addresses.withdrawn) if addresses.withdrawn else ()
    report = indexer.amend(found, gone)
    addresses.save()
    return replace(report, problems=(*problems.kept, *report.problems))


def _any(local: Iterator[Found], fetched: Sequence[Document], problems: Problems) -> Iterator[Found]:
    """Yield what was read and what was fetched; if there is none, this is where the reason is known."""
    some = False
    for found in (local, map(Found, fetched)):
        for each in found:
            some = True
            yield each
    if not some:
        why = (
            problems.kept[0] if problems.kept else Message("Name files, folders or addresses that hold some.")
        )
        raise SourceError("There is no document to index. {why}", why=why)


def refresh_all(addresses: Addresses, indexer: Indexer) -> BuildReport | None:
    """Publish what has changed at the addresses, in one step; None where nothing has.

    The documents of an address whose server says that it is gone for good are removed, and it is forgotten;
    where no other document would be left, they stay.

    Raises:
        SourceError: No address could be fetched.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    problems = Problems(indexer.progress)
    problems.stage("fetching", len(addresses.urls))
    found = addresses.refresh(problems.problem, problems.advance)
    if found.failed == len(addresses.urls):
        raise SourceError("No address could be fetched; the index stays as it is.")
    held = _held(indexer) if found.gone or addresses.withdrawn else []
    gone = _among(held, addresses.only_of(found.gone) | addresses.withdrawn)
    stays = bool(gone) and len(gone) == len(held) and not found.documents
    report: BuildReport | None = None
    if found.documents or (gone and not stays):
        report = indexer.amend(map(Found, found.documents), () if stays else gone)
    for url in found.gone:
        if stays:
            told = SourceError(
                "{name} is gone for good (410); nothing else is left, so it stays.", name=shown(url)
            )
        else:
            told = SourceError("{name} is gone for good (410); its document is removed.", name=shown(url))
            addresses.forget(url)
        problems.problem(told)
    addresses.save()
    return report and replace(report, problems=(*problems.kept, *report.problems))


def remove_all(names: Sequence[str], addresses: Addresses, indexer: Indexer) -> BuildReport | None:
    """Publish what is live without these documents, and stop asking their addresses.

    An address may also be named: of a file of several documents, which are all removed, or of a feed, whose
    articles stay. None where nothing had to be removed for that.

    Raises:
        SourceError: There is no such document or address, or no document would be left.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    known = set(addresses.urls)
    held = _held(indexer) if known.intersection(names) else []
    wanted = [
        each
        for name in names
        for each in (_among(held, addresses.documents_of(name)) if name in known else [name])
    ]
    report = None
    if wanted:
        report = indexer.remove(wanted)
    if known.intersection(names):
        for name in names:
            addresses.forget(name)
        addresses.save()
    return report


def _held(indexer: Indexer) -> list[str]:
    """Return the ids of all documents."""
    try:
        with indexer.store.current(indexer.encoder.identity, indexer.tokens.revision) as generation:
            return [summary.id for summary in generation.summaries()]
    except NoGeneration:
        return []


def _among(held: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """Return the ids among those that are held, in their order."""
    named = frozenset(wanted)
    return [identifier for identifier in held if identifier in named]
