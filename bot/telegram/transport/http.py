"""HTTP to the Bot API, and python-telegram-bot's client on top of it.

That library's own HTTP, by httpx, takes 2 ms of processor time a request, aiohttp a fifth of it; with a
hundred people asking at once they all wait for that.
"""

import asyncio
import json
import logging
import ssl
from functools import cache
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.faults import Flood, Unsent
from index.errors import SettingsError

_LOG: Final = logging.getLogger("trichdan.telegram.wire")
_CONNECT_S: Final = 5.0
_IDLE_S: Final = 5.0
# Raised before anything of a request has left.
_UNSENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)


class Wire(BaseRequest):
    """Requests over a few lasting connections, `at_once` at the same time; the others wait for their turn.

    The times given here hold for every request.
    """

    def __init__(self, at_once: int = 8, *, read_s: float = 10.0, proxy: str | None = None) -> None:
        self._read_s = read_s
        self._proxy = proxy
        self._room = asyncio.Semaphore(at_once)
        self._session: aiohttp.ClientSession | None = None

    @property
    def crowded(self) -> bool:
        """Whether requests are waiting for each other."""
        return self._room.locked()

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_s

    async def initialize(self) -> None:
        """Get ready; nothing is connected before the first request."""
        if self._session is None:
            self._session = self.open_session()

    async def shutdown(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: Any,  # noqa: ANN401 - times of the library
        **__: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Perform a request and return status and body.

        Raises:
            Unsent: Nothing has left this machine.
            Flood: Telegram wants us to wait.
            NetworkError: Anything else; the request may have been carried out.
        """
        await self.initialize()
        assert self._session is not None  # noqa: S101 - since the line before
        given = request_data.parameters if request_data else None
        try:
            async with (
                self._room,
                self._session.request(method, url, json=given, allow_redirects=False) as reply,
            ):
                code, payload = reply.status, await reply.read()
        except _UNSENT as error:
            raise Unsent(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error
        _LOG.debug("%s %s: %d", method, url.partition("?")[0].rpartition("/")[2], code)
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flood(_told_to_wait(payload))
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer.

        Raises:
            NetworkError: It is no JSON that can be read.
        """
        try:
            return dict(json.loads(payload.decode("utf-8", "replace")))
        except (ValueError, TypeError, RecursionError) as error:
            raise NetworkError("an answer that cannot be read") from error

    def open_session(self) -> aiohttp.ClientSession:
        """Make what the requests are sent by; for tests that put something else in its place."""
        return aiohttp.ClientSession(
            # The certificates that the library would trust.
            connector=aiohttp.TCPConnector(limit=0, ssl=_certificates(), keepalive_timeout=_IDLE_S),
            timeout=aiohttp.ClientTimeout(
                total=None, connect=2 * _CONNECT_S, sock_connect=_CONNECT_S, sock_read=self._read_s
            ),
            headers={"User-Agent": self.USER_AGENT},
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=self._proxy,
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the certificates that are trusted, read once for all wires."""
    return httpx.create_ssl_context()


def proxy_for(url: str) -> str | None:
    """Return the proxy that HTTPS_PROXY, ALL_PROXY and NO_PROXY name for an address.

    Raises:
        SettingsError: It is of a kind that cannot be used.
    """
    parts = urlsplit(url)
    if parts.scheme == "http" or proxy_bypass(parts.hostname or ""):  # plain http stays on this machine
        return None
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    if found and "://" not in found:
        found = f"http://{found}"
    if found and urlsplit(found).scheme not in ("http", "https"):
        raise SettingsError(
            f"A {urlsplit(found).scheme} proxy cannot be used for Telegram: put the address of an http proxy "
            "into HTTPS_PROXY, or the host of the Bot API into NO_PROXY."
        )
    return found or None


def _told_to_wait(payload: bytes) -> int:
    """Read from a refusal how many seconds to wait; 1 where it does not say."""
    try:
        return max(int(json.loads(payload)["parameters"]["retry_after"]), 1)
    except (ValueError, KeyError, TypeError):
        return 1


class QuietBot(Bot):
    """A bot whose repr does not carry its token."""

    def __repr__(self) -> str:
        return "QuietBot(…)"

    __str__ = __repr__


def make_bot(settings: TelegramSettings, wire: Wire, polling: Wire) -> Bot:
    """Return the client of the library."""
    base = settings.api_url.rstrip("/")
    return QuietBot(
        token=settings.secret_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=wire,
        get_updates_request=polling,
    )
