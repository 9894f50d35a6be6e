"""From an address to documents: a page, a file, or a feed with the articles that it leads to."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.errors import Message, SourceError, TrichDanError
from index.fetch.attribution import attributed, from_feed, is_same_host
from index.fetch.connection import Client, Response
from index.fetch.deadline import Deadline
from index.fetch.remembered import Known
from index.fetch.robots import Robots
from index.records import Dated, Document
from index.sources.collect import read_held
from index.sources.containment.guard import Guard
from index.sources.files.files import HeldFile, Report, shown
from index.sources.files.kinds import Kind
from index.sources.files.limits import Options
from index.sources.metadata.dating import dated
from index.sources.web.feed import Feed, FeedEntry

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
_REMEMBERED_ENTRIES = 5_000


class StatusError(SourceError):
    """The server answers with something other than the page; `status` says with what."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(
            "{name} cannot be fetched (its server says {status}).", name=shown(url), status=status
        )
        self.status = status


class Pages:
    """Fetches addresses and reads what comes, in a separate process where the kind requires it.

    Args:
        client: Fetches.
        robots: Allows.
        guard: Reads.
        options: How it reads.
        report: Takes the problems that leave something out.
    """

    def __init__(
        self, client: Client, robots: Robots, guard: Guard, options: Options, report: Report
    ) -> None:
        self._client = client
        self._robots = robots
        self._guard = guard
        self._options = options
        self._report = report
        self._spent = 0.0

    def fetch(self, url: str, known: Known) -> tuple[tuple[Document, ...], Known]:
        """Return the documents of an address that are new, and what is known of it now.

        Raises:
            SourceError: It cannot be fetched or read; says which address, whatever went wrong.
        """
        with _named(url):
            return self._fetch(url, known)

    def _fetch(self, url: str, known: Known) -> tuple[tuple[Document, ...], Known]:
        said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        conditions = {name: value for name, value in said.items() if value}
        response = self._get(url, conditions)
        if response.status == 304 and conditions:  # unasked it would be a page that nobody has
            return (), known
        body = _require_body(response, url)
        now = replace(
            known,
            etag=response.headers.get("etag"),
            modified=response.headers.get("last-modified"),
            digest=hashlib.sha256(body).hexdigest(),
        )
        if now.digest == known.digest:
            return (), now
        if self._guard.kind(HeldFile(_name(response), url, body), self._options) is Kind.FEED:
            feed = self._guard.read_feed(HeldFile(shown(url), response.url, body), self._options)
            if not (feed.entries or known.entries):
                raise SourceError("{name} is a feed without entries; left out.", name=shown(url))
            return self._entries(feed, response.url, replace(now, documents=()))
        documents = self._documents(response, url)
        return documents, replace(now, documents=tuple(document.id for document in documents))

    def _get(self, url: str, headers: dict[str, str] | None = None) -> Response:
        deadline = Deadline(self._client.rules.seconds)
        allow = partial(self._robots.require_allowed, deadline=deadline)
        try:
            allow(url)
            return self._client.get(url, headers, allow, deadline)
        finally:
            self._spent += deadline.seconds - deadline.left()

    def _documents(self, response: Response, url: str) -> tuple[Document, ...]:
        body, name = _require_body(response, url), _name(response)
        reading = read_held(body, name=name, guard=self._guard, options=self._options)
        if not reading.documents:
            raise _of(url, reading.problems[0].message if reading.problems else Message("it is empty."))
        for problem in reading.problems:
            self._report(_of(url, problem.message))
        several = len(reading.documents) > 1
        at = response.url
        base = url if is_same_host(url, at) else at  # after a redirect to another host, that one counts
        return tuple(
            dated(attributed(replace(each, id=f"{base}#{each.id}" if several else base), at))
            for each in reading.documents
        )

    def _entries(self, feed: Feed, url: str, known: Known) -> tuple[tuple[Document, ...], Known]:
        """Return the articles of new entries: from their pages, else what the feed holds of them."""
        rules, begun = self._client.rules, self._spent
        found: list[Document] = []
        seen, before, failed = list(known.entries), frozenset(known.entries), dict.fromkeys(known.failed)
        new = [(number, entry) for number, entry in enumerate(feed.entries, 1) if entry.id not in before]
        new.sort(key=lambda each: each[1].id in failed)  # what cannot be had keeps none behind it waiting
        for place, (number, entry) in enumerate(new[: rules.entries]):
            if self._spent - begun > rules.articles:
                left = len(new) - place
                self._report(
                    SourceError(
                        "{name} leads to slow articles; {count} are left for the next time.",
                        name=shown(url),
                        count=left,
                    )
                )
                break
            if document := self._article(entry, number, feed, url):
                seen.append(entry.id)
                found.append(document)
            else:
                failed[entry.id] = None
        had = frozenset(seen)
        still = [name for name in failed if name not in had]
        known = replace(known, entries=_latest(seen), failed=_latest(still))
        if len(found) < len(new):  # the rest is asked for the next time, whether the feed changes or not
            known = replace(known, etag=None, modified=None, digest=None)
        return tuple(found), known

    def _article(self, entry: FeedEntry, number: int, feed: Feed, url: str) -> Document | None:
        if entry.url and not entry.is_whole:
            try:
                with _named(entry.url):
                    documents = self._documents(self._get(entry.url), entry.url)
                if len(documents) == 1:
                    return _completed(documents[0], entry, feed, url)
                name = shown(entry.url)
                self._report(
                    SourceError("{name} holds several documents; add it by its own address.", name=name)
                )
            except SourceError as error:
                self._report(error)
        elif not entry.text:
            self._report(
                SourceError(
                    "Entry {number} of {name} has neither text nor an address; left out.",
                    number=number,
                    name=shown(url),
                )
            )
        return dated(from_feed(entry, feed, url)) if entry.text else None


def _latest(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[-_REMEMBERED_ENTRIES:])


def _completed(page: Document, entry: FeedEntry, feed: Feed, url: str) -> Document:
    """Return the page of an entry with what only the feed at an address says of it."""
    is_stated = page.date is not None and page.dated is Dated.STATED
    day, how = (entry.date, Dated.STATED) if entry.date and not is_stated else (page.date, page.dated)
    outlet = feed.title if page.url and is_same_host(page.url, url) else None
    return replace(
        page,
        title=page.title or entry.title,
        author=page.author or entry.author,
        source=page.source or outlet,
        language=page.language or feed.language,
        date=day,
        dated=how,
    )


def _of(url: str, problem: Message) -> SourceError:
    return SourceError("{address}: {problem}", address=shown(url), problem=problem)


@contextmanager
def _named(url: str) -> Iterator[None]:
    """Let whatever goes wrong with an address be an error of a source that names it."""
    name = shown(url)
    try:
        yield
    except SourceError as error:
        if name in str(error):
            raise
        raise _of(url, error.message) from error
    except TrichDanError as error:
        raise _of(url, error.message) from error
    except (
        Exception
    ) as error:  # what a server sends that nobody foresaw must not keep others from being asked
        raise SourceError(
            "{name} cannot be fetched ({fault}).", name=name, fault=type(error).__name__
        ) from error


def _require_body(response: Response, url: str) -> bytes:
    if response.status != 200:
        raise StatusError(url, response.status)
    return response.body


def _name(response: Response) -> str:
    """Return the name of a file that came from an address, with a suffix for its kind."""
    name = PurePosixPath(urlsplit(response.url).path).name or "index"
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return shown(name if PurePosixPath(name).suffix else name + _SUFFIX_OF.get(kind, ""))
