"""HTTP to the Bot API, and python-telegram-bot's client on top of it.

That library's own HTTP, by httpx, takes 2 ms of processor time per request, aiohttp a fifth of that; with a
hundred people asking at once they all wait for that.
"""

import asyncio
import ipaddress
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
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.faults import Flood, Garbled, Unsent
from index.errors import Message, Name, SettingsError

_LOG: Final = logging.getLogger(__name__)
_CONNECT_S: Final = 5.0
_IDLE_S: Final = 5.0
# Raised before anything of a request has left.
_UNSENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    ProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
)
_SOCKS: Final = ("socks4", "socks5", "socks5h")


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
        """Most seconds for a response."""
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
            Garbled: It is no JSON that can be read.
        """
        try:
            return dict(json.loads(payload.decode("utf-8", "replace")))
        except (ValueError, TypeError, RecursionError) as error:
            raise Garbled("an answer that cannot be read") from error

    def open_session(self) -> aiohttp.ClientSession:
        """Make what the requests are sent by; for tests that put something else in its place."""
        socks = self._proxy if self._proxy and urlsplit(self._proxy).scheme in _SOCKS else None
        return aiohttp.ClientSession(
            connector=_connector(socks),
            timeout=aiohttp.ClientTimeout(
                total=None, connect=2 * _CONNECT_S, sock_connect=_CONNECT_S, sock_read=self._read_s
            ),
            headers={"User-Agent": self.USER_AGENT},
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=None if socks else self._proxy,
        )


def _connector(socks: str | None) -> aiohttp.TCPConnector:
    """Return what connects, by a SOCKS proxy where there is one, and trusts what the library trusts."""
    if socks is None:
        return aiohttp.TCPConnector(limit=0, ssl=_certificates(), keepalive_timeout=_IDLE_S)
    # The proxy looks the name up: where Telegram is blocked, its name often is, too.
    address = socks.replace("socks5h://", "socks5://", 1)
    return ProxyConnector.from_url(
        address, rdns=True, limit=0, ssl=_certificates(), keepalive_timeout=_IDLE_S
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the certificates that are trusted, read once for all wires."""
    return httpx.create_ssl_context()


async def refuse_public(url: str) -> None:
    """Look where a plain http address leads: the token must not cross the open network in the clear.

    Raises:
        SettingsError: To a public address.
    """
    parts = urlsplit(url)
    if parts.scheme != "http":
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, parts.port)
    except OSError:
        return  # nobody there yet, as when containers start together
    if any(ipaddress.ip_address(str(place[4][0]).partition("%")[0]).is_global for place in found):
        raise SettingsError(
            "TRICHDAN_TELEGRAM_API_URL leads to a public address by http ({name}); use https.",
            name=parts.hostname,
        )


def proxy_for(url: str, chosen: str | None = None) -> str | None:
    """Return the proxy for an address: the one chosen, else what HTTPS_PROXY, ALL_PROXY and NO_PROXY name.

    Raises:
        SettingsError: It is of a kind that cannot be used.
    """
    if chosen:
        return _usable_proxy(chosen, "TRICHDAN_TELEGRAM_PROXY")
    parts = urlsplit(url)
    if parts.scheme == "http" or proxy_bypass(parts.hostname or ""):  # plain http stays near
        return None
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    return _usable_proxy(found, Message("HTTPS_PROXY or ALL_PROXY")) if found else None


def _usable_proxy(address: str, name: Name) -> str:
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https", *_SOCKS) and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            "{name} names no proxy that can be used for Telegram: write http://, https://, socks4:// or "
            "socks5://, then host and port.",
            name=name,
        )
    return address


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
