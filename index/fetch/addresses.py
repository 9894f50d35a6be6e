"""The addresses of a collection: added, asked again for changes, and remembered in the data folder.

What is remembered (`addresses.json`) is written only by `save`, which belongs after the documents have been
published: what was fetched and never published is fetched again.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from index.errors import SourceError
from index.fetch.connection import Client, Network
from index.fetch.pages import Pages, StatusError
from index.fetch.public import parse_target
from index.fetch.remembered import Known, load, save
from index.fetch.robots import Robots
from index.fetch.rules import Rules
from index.records import Document
from index.sources.containment.guard import Guard
from index.sources.files.files import Report, shown
from index.sources.files.limits import Options

_LOG = logging.getLogger(__name__)

_FILE = "addresses.json"
_NOT_FOUND, _GONE = 404, 410


class Refreshed(NamedTuple):
    """The result of asking all addresses again.

    Attributes:
        documents: Those that are new or have changed.
        gone: Addresses that their servers report as gone for good (status 410).
        failed: How many could not be fetched, not counting those that are gone.
    """

    documents: tuple[Document, ...]
    gone: tuple[str, ...]
    failed: int


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
        self._known = load(self._path)
        self._touched: set[str] = set()
        self._before: set[str] = set()

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses, in the order in which they were added."""
        return tuple(self._known)

    @property
    def withdrawn(self) -> frozenset[str]:
        """The ids of documents that an address gave before it was asked, and that none gives now."""
        return frozenset(self._before).difference(*(known.documents for known in self._known.values()))

    def documents_of(self, url: str) -> tuple[str, ...]:
        """Return the ids of the documents of a page or file; none for a feed, whose articles stand alone."""
        return self._known.get(url, Known()).documents

    def only_of(self, urls: Collection[str]) -> frozenset[str]:
        """Return the ids of the documents that these addresses give, and no other."""
        others = (known.documents for url, known in self._known.items() if url not in urls)
        return frozenset(chain(*map(self.documents_of, urls))).difference(*others)

    def add(self, url: str, report: Report) -> tuple[Document, ...]:
        """Fetch an address, of a page, a file or a feed, and return its documents; it is known from then on.

        Raises:
            SourceError: It cannot be fetched or read.
        """
        parse_target(url)
        with self._pages(report) as pages:
            documents, known = pages.fetch(url, Known())
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
        with self._pages(report) as pages:
            for url, known in list(self._known.items()):
                try:
                    documents, now = pages.fetch(url, known)
                    self._remember(url, now)
                    found.extend(documents)
                except StatusError as error:
                    if error.status == _GONE:
                        gone.append(url)
                    else:
                        failed += 1
                        report(_kept(url) if error.status == _NOT_FOUND else error)
                except SourceError as error:
                    failed += 1
                    report(error)
                advance(1)
        _LOG.info(
            "%d addresses asked: %d new documents, %d gone, %d failed",
            len(self._known),
            len(found),
            len(gone),
            failed,
        )
        return Refreshed(tuple(found), tuple(gone), failed)

    def forget(self, url: str) -> bool:
        """Forget an address; tell whether it was known."""
        self._touched.add(url)
        return self._known.pop(url, None) is not None

    def _remember(self, url: str, known: Known) -> None:
        self._before.update(self.documents_of(url))
        self._known[url] = known
        self._touched.add(url)

    def save(self) -> None:
        """Remember what was fetched; call it when the documents are published.

        What another process has remembered of other addresses meanwhile is kept.

        Raises:
            StoreError: The data folder cannot be written.
        """
        merged = {url: known for url, known in load(self._path).items() if url not in self._touched}
        merged |= {url: known for url, known in self._known.items() if url in self._touched}
        save(self._path, merged)

    @contextmanager
    def _pages(self, report: Report) -> Iterator[Pages]:
        with Guard() as guard:
            yield Pages(self._client, self._robots, guard, self._options, report)


def _kept(url: str) -> SourceError:
    return SourceError(
        "{name} is not found any more (404); its document stays until it is removed.",
        name=shown(url),
    )
