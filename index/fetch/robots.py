"""What hosts allow to programs, by their robots.txt (RFC 9309): the only door to Protego."""

import time
from urllib.parse import urljoin, urlsplit

from index.errors import SourceError
from index.fetch.connection import Client
from index.sources.files import shown

_AGENT = "TrichDan"
_LONGEST = 512 * 1024


class Robots:
    """Asks each host once, and waits as long between two requests as it wishes, within the rules."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._said: dict[str, str] = {}
        self._last: dict[str, float] = {}

    def require_allowed(self, url: str) -> None:
        """Wait for the turn of an address.

        Raises:
            SourceError: Its host does not want it fetched by programs, or cannot say whether it does.
        """
        from protego import Protego

        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._said:
            self._said[host] = self._ask(host)
        rules = Protego.parse(self._said[host])
        if not rules.can_fetch(url, _AGENT):
            raise SourceError(
                f"{shown(url)} is not to be fetched by programs, says its robots.txt; left out."
            )
        pause = min(float(rules.crawl_delay(_AGENT) or 0.0), self._client.rules.pause)
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < pause:
            self._client.network.sleep(pause - since)
        self._last[host] = time.monotonic()

    def _ask(self, host: str) -> str:
        response = self._client.get(urljoin(host, "/robots.txt"))
        if response.status >= 500:
            return "User-agent: *\nDisallow: /"
        return response.body[:_LONGEST].decode("utf-8", "replace") if response.status == 200 else ""
