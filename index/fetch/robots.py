"""What hosts allow programs, by their robots.txt (RFC 9309): the only door to Protego."""

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.errors import SourceError
from index.fetch.connection import Client
from index.fetch.deadline import Deadline
from index.fetch.public import parse_target
from index.sources.files.files import shown

if TYPE_CHECKING:
    from protego import Protego

_AGENT = "TrichDan"
_LONGEST = 512 * 1024
_ALL_REFUSED = "User-agent: *\nDisallow: /"
_NAMED = re.compile(r"user[-\s]*agent\b", re.IGNORECASE)
_NOBODY = "User-agent: -"


class Robots:
    """Asks each host once, and waits between requests as long as it wishes, within the rules."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._said: dict[str, Protego | SourceError] = {}
        self._last: dict[str, float] = {}

    def require_allowed(self, url: str, deadline: Deadline | None = None) -> None:
        """Wait for the turn of an address; a pause does not count for its deadline.

        Raises:
            SourceError: It is none, or its host does not want it fetched by programs, or cannot say so.
        """
        parse_target(url)
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc.lower()}"
        if host not in self._said:
            self._said[host] = self._ask(host, deadline)
        rules = self._said[host]
        if isinstance(rules, SourceError):
            raise SourceError.of(rules.message)
        if not rules.can_fetch(url, _AGENT):
            raise SourceError(
                "{name} is not to be fetched by programs, says its robots.txt; left out.", name=shown(url)
            )
        pause = min(float(rules.crawl_delay(_AGENT) or 0.0), self._client.rules.pause)
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < pause:
            self._client.network.sleep(pause - since)
            if deadline:
                deadline.put_off(pause - since)
        self._last[host] = time.monotonic()

    def _ask(self, host: str, deadline: Deadline | None) -> "Protego | SourceError":
        """Return what a host allows; what keeps it from saying so holds for this run."""
        from protego import Protego

        try:
            response = self._client.get(urljoin(host, "/robots.txt"), deadline=deadline)
        except SourceError as error:
            return error
        text = ""
        if response.status >= 500:
            text = _ALL_REFUSED
        elif response.status == 200:
            text = response.body[:_LONGEST].decode("utf-8", "replace")
        return Protego.parse("\n".join(map(_of_ours, text.splitlines())))


def _of_ours(line: str) -> str:
    """Return a line of robots.txt, where it names another program as one that names nobody.

    Each rule is kept for each program that is named before it: thousands of both would fill the memory.
    """
    words = line.partition("#")[0].strip()
    if not (named := _NAMED.match(words)):
        return line
    name = words[named.end() :].strip(": \t")
    plain = name.replace("*", "").strip().lower()
    return f"User-agent: {plain or '*'}" if name and _AGENT.lower().startswith(plain) else _NOBODY
