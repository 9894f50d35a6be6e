"""The addresses of a collection: added, asked again for what has changed, and remembered in the data folder.

What is remembered (`addresses.json`) is written only by `save`, which belongs after the documents have been
published: what was fetched and never published is fetched again.
"""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from index.errors import SourceError, StoreError
from index.fetch.connection import Client, Network, Response, Rules
from index.fetch.public import parse_target
from index.fetch.robots import Robots
from index.records import Document
from index.sources.collect import read_held
from index.sources.feed import Entry, Feed, entry_document, parse_feed
from index.sources.files import Report, shown
from index.sources.kinds import HEAD, Kind, kind_of
from index.sources.limits import Options

_FILE = "addresses.json"
_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
_REMEMBERED_ENTRIES = 5_000
_NOT_FOUND, _GONE = 404, 410


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of an address: for conditional requests, and to tell what has changed."""

    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    entries: tuple[str, ...] = ()


class Refreshed(NamedTuple):
    """What asking all addresses again gave.

    Attributes:
        documents: Those that are new or have changed.
        gone: Addresses whose servers say that they were taken away for good (status 410).
        failed: How many could not be fetched, those that are gone not among them.
    """

    documents: tuple[Document, ...]
    gone: tuple[str, ...]
    failed: int


class _StatusError(SourceError):
    """The server answers with something other than the page."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"{shown(url)} cannot be fetched (its server says {status}).")
        self.status = status


class Addresses:
    """The addresses that were added to a collection.

    Args:
        data_dir: The data folder.
        rules: What a fetch may cost, and where it may go.
        options: How what was fetched is read.
        network: Another network, for tests.

    Raises:
        StoreError: What is remembered cannot be read.
    """

    def __init__(
        self,
        data_dir: Path,
        rules: Rules | None = None,
        options: Options | None = None,
        network: Network | None = None,
    ) -> None:
        self._path = data_dir / _FILE
        self._options = options or Options()
        self._client = Client(rules or Rules(), network or Network())
        self._robots = Robots(self._client)
        self._known = _load(self._path)
        self._touched: set[str] = set()

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses, in the order in which they were added."""
        return tuple(self._known)

    def add(self, url: str, report: Report) -> tuple[Document, ...]:
        """Fetch an address, of a page, a file or a feed, and return its documents; it is known from then on.

        Raises:
            SourceError: It cannot be fetched or read.
        """
        parse_target(url)
        documents, known = self._fetch(url, _Known(), report)
        self._remember(url, known)
        return documents

    def refresh(self, report: Report, advance: Callable[[int], None] = lambda steps: None) -> Refreshed:
        """Ask all addresses again; one that cannot be fetched is reported, and the others are.

        An address that is gone stays known until `forget`.

        Args:
            report: Takes each problem.
            advance: Is told of each address that was asked.
        """
        found: list[Document] = []
        gone: list[str] = []
        failed = 0
        for url, known in list(self._known.items()):
            try:
                documents, now = self._fetch(url, known, report)
                self._remember(url, now)
                found.extend(documents)
            except _StatusError as error:
                if error.status == _GONE:
                    gone.append(url)
                else:
                    failed += 1
                    report(_kept(url) if error.status == _NOT_FOUND else error)
            except SourceError as error:
                failed += 1
                report(error)
            advance(1)
        return Refreshed(tuple(found), tuple(gone), failed)

    def forget(self, url: str) -> bool:
        """Forget an address; tell whether it was known."""
        self._touched.add(url)
        return self._known.pop(url, None) is not None

    def _remember(self, url: str, known: _Known) -> None:
        self._known[url] = known
        self._touched.add(url)

    def save(self) -> None:
        """Remember what was fetched; call it when the documents are published.

        What another process has remembered of other addresses meanwhile is kept.

        Raises:
            StoreError: The data folder cannot be written.
        """
        merged = {url: known for url, known in _load(self._path).items() if url not in self._touched}
        merged |= {url: known for url, known in self._known.items() if url in self._touched}
        data = json.dumps({url: asdict(known) for url, known in merged.items()}, ensure_ascii=False)
        scratch = self._path.with_name(f".{_FILE}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with scratch.open("w", encoding="utf-8") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(self._path)
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be written ({error.strerror}); check rights and space."
            ) from error

    def _fetch(self, url: str, known: _Known, report: Report) -> tuple[tuple[Document, ...], _Known]:
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        self._robots.require_allowed(url)
        sent = {name: value for name, value in conditions.items() if value}
        response = self._client.get(url, sent, self._robots.require_allowed)
        if response.status == 304:
            return (), known
        body = _require_body(response)
        now = replace(
            known,
            etag=response.headers.get("etag"),
            modified=response.headers.get("last-modified"),
            digest=hashlib.sha256(body).hexdigest(),
        )
        if now.digest == known.digest:
            return (), now
        name = _name(response)
        if kind_of(name, body[:HEAD]) is Kind.FEED:
            return self._entries(parse_feed(body, shown(url)), now, report)
        return self._documents(response, url, report), now

    def _documents(self, response: Response, url: str, report: Report) -> tuple[Document, ...]:
        reading = read_held(_require_body(response), name=_name(response), options=self._options)
        if not reading.documents:
            raise SourceError(f"{shown(url)}: {reading.problems[0] if reading.problems else 'it is empty.'}")
        for problem in reading.problems:
            report(SourceError(f"{shown(url)}: {problem}"))
        if len(reading.documents) == 1:
            (document,) = reading.documents
            return (replace(document, id=url, url=document.url or url),)
        return tuple(replace(each, id=f"{url}#{each.id}", url=each.url or url) for each in reading.documents)

    def _entries(self, feed: Feed, known: _Known, report: Report) -> tuple[tuple[Document, ...], _Known]:
        """Return the articles of new entries: from their pages, else what the feed holds of them."""
        found: list[Document] = []
        seen = list(known.entries)
        new = [entry for entry in feed.entries if (entry.id or entry.url) not in known.entries]
        for entry in new[: self._client.rules.entries]:
            if document := self._article(entry, feed, report):
                seen.append(entry.id or entry.url or "")
                found.append(document)
        return tuple(found), replace(known, entries=tuple(seen[-_REMEMBERED_ENTRIES:]))

    def _article(self, entry: Entry, feed: Feed, report: Report) -> Document | None:
        if entry.url and not entry.is_whole:
            try:
                self._robots.require_allowed(entry.url)
                response = self._client.get(entry.url, allow=self._robots.require_allowed)
                documents = self._documents(response, entry.url, report)
                if len(documents) == 1:
                    page = documents[0]
                    return replace(
                        page,
                        title=page.title or entry.title,
                        author=page.author or entry.author,
                        source=page.source or feed.title,
                        date=page.date or entry.date,
                        language=page.language or feed.language,
                    )
            except SourceError as error:
                report(error)
        return entry_document(entry, feed, entry.id) if entry.text else None


def _require_body(response: Response) -> bytes:
    if response.status != 200:
        raise _StatusError(response.url, response.status)
    return response.body


def _kept(url: str) -> SourceError:
    return SourceError(
        f"{shown(url)} is not found any more (404); its document stays until `trichdan index remove` "
        "takes it out."
    )


def _name(response: Response) -> str:
    """Return what a file is called that came from an address, with a suffix that says its kind."""
    name = PurePosixPath(urlsplit(response.url).path).name or "index"
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return shown(name if PurePosixPath(name).suffix else name + _SUFFIX_OF.get(kind, ""))


def _load(path: Path) -> dict[str, _Known]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {url: _Known(**{**known, "entries": tuple(known["entries"])}) for url, known in said.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{path} is damaged; remove it, and add the addresses again.") from error
