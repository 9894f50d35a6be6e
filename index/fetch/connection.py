"""One request over the network, within limits: the only door to httpcore."""

import socket
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin

import httpcore

from index.errors import SourceError
from index.fetch.public import Target, is_public, parse_target
from index.sources.files import shown
from index.sources.limits import MEBI

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGENT = "TrichDan"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a fetch may cost, and where it may go.

    Attributes:
        size: Most bytes of an answer, unpacked.
        seconds: Longest time of a fetch, with its redirects.
        redirects: Most redirects.
        private: Whether machines on private networks may be asked too.
        entries: Most new entries of a feed in one refresh.
        pause: Longest pause between two requests to one host that its robots.txt is granted, in seconds.
    """

    size: int = 10 * MEBI
    seconds: float = 10.0
    redirects: int = 5
    private: bool = False
    entries: int = 100
    pause: float = 10.0


Connector = Callable[[str, int, float | None], httpcore.NetworkStream]
"""Opens a connection to an IP address and a port, within a time in seconds."""


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Network:
    """The network, so that tests can give another.

    Attributes:
        resolve: Gives the IP addresses of a host.
        connect: Connects to one; None connects as usual.
        sleep: Waits.
    """

    resolve: Callable[[str, int], list[str]] = _resolve
    connect: Connector | None = None
    sleep: Callable[[float], None] = time.sleep


class Response(NamedTuple):
    """What came back: the last address, its status, its headers by names in lower case, its body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Checked(httpcore.NetworkBackend):
    """Connects only to the very IP address that was checked: no name is resolved twice."""

    def __init__(self, network: Network, private: bool) -> None:
        self._network = network
        self._private = private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host, unless one of its addresses is not public."""
        try:
            found = self._network.resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise SourceError(f"The host {shown(host)} is not known; check the address.")
        if not self._private and not all(map(is_public, found)):
            raise SourceError(f"The host {shown(host)} is on a private network, which is not fetched from.")
        if self._network.connect:
            return self._network.connect(found[0], port, timeout)
        return self._plain.connect_tcp(found[0], port, timeout, local_address, socket_options)


@dataclass(slots=True)
class Client:
    """Fetches; one for a run."""

    rules: Rules = field(default_factory=Rules)
    network: Network = field(default_factory=Network)

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        allow: Callable[[str], None] | None = None,
    ) -> Response:
        """Fetch an address; redirects are followed, each checked as the first.

        Args:
            url: The address.
            headers: Sent along.
            allow: Raises `SourceError` where an address that a redirect leads to is not to be fetched.

        Raises:
            SourceError: It cannot be fetched within the rules; one sentence says why.
        """
        deadline = time.monotonic() + self.rules.seconds
        with httpcore.ConnectionPool(network_backend=_Checked(self.network, self.rules.private)) as pool:
            for _ in range(self.rules.redirects + 1):
                response = self._once(pool, parse_target(url), headers or {}, deadline)
                location = response.headers.get("location")
                if response.status not in _REDIRECTS or not location:
                    return response
                url = urljoin(url, location)
                if allow:
                    allow(url)
        raise SourceError(f"{shown(url)} leads on more than {self.rules.redirects} times; left out.")

    def _once(
        self, pool: httpcore.ConnectionPool, target: Target, headers: Mapping[str, str], deadline: float
    ) -> Response:
        name = shown(target.url)
        left = max(0.1, deadline - time.monotonic())
        port = "" if target.port in (80, 443) else f":{target.port}"
        host = f"[{target.host}]" if ":" in target.host else target.host
        sent = {"Host": f"{host}{port}", "User-Agent": _AGENT, "Accept-Encoding": "gzip", **headers}
        url = httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.path.encode(),
        )
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), left)
        try:
            with pool.stream(
                "GET", url, headers=list(sent.items()), extensions={"timeout": timeout}
            ) as response:
                found = {
                    key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers
                }
                body = b"" if response.status in _REDIRECTS else self._body(response, found, name, deadline)
                return Response(target.url, response.status, found, body)
        except httpcore.TimeoutException:
            raise self._late(name) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise SourceError(f"{name} cannot be fetched ({type(error).__name__}).") from None

    def _body(
        self, response: httpcore.Response, headers: Mapping[str, str], name: str, deadline: float
    ) -> bytes:
        encoding = headers.get("content-encoding", "identity").lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise SourceError(f"{name} comes packed in a way that is not read ({shown(encoding)}).")
        unpack = zlib.decompressobj(47) if "gzip" in encoding else None
        parts: list[bytes] = []
        size = 0
        for chunk in response.iter_stream():
            if time.monotonic() > deadline:
                raise self._late(name)
            try:
                part = unpack.decompress(chunk, self.rules.size + 1 - size) if unpack else chunk
            except zlib.error:
                raise SourceError(f"{name} comes damaged; left out.") from None
            size += len(part)
            if size > self.rules.size:
                limit = self.rules.size / MEBI
                raise SourceError(f"{name} is larger than the limit of {limit:g} MiB; left out.")
            parts.append(part)
        return b"".join(parts)

    def _late(self, name: str) -> SourceError:
        return SourceError(f"{name} took longer than {self.rules.seconds:g} s to fetch; left out.")
