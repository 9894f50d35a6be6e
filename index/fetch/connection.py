"""One request over the network, within limits: the only door to httpcore."""

import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin

import httpcore

from index.errors import SourceError
from index.fetch.body import cut_short, read_body
from index.fetch.deadline import Deadline, DeadlineExceededError
from index.fetch.public import Target, is_metadata, is_public, parse_target
from index.fetch.rules import Rules
from index.sources.files.files import shown

_LOG = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_AGENT = "TrichDan"


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
    """What came back: the last address, its status, its headers by names in lower case.

    The body is read for status 200 only.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Timed(httpcore.NetworkStream):
    """A connection none of whose operations outlasts a deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def _left(self) -> float:
        left = self._deadline.left()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there, at most `max_bytes`."""
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the connection, encrypted."""
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> object:
        """Return information about the underlying connection."""
        return self._stream.get_extra_info(info)


class _Checked(httpcore.NetworkBackend):
    """Connects only to the IP address that was checked: no name is resolved twice."""

    def __init__(self, network: Network, private: bool, deadline: Deadline) -> None:
        self._network = network
        self._private = private
        self._deadline = deadline
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
        except (OSError, ValueError):
            found = []
        if not found:
            raise SourceError("The host {name} is not known; check the address.", name=shown(host))
        if any(map(is_metadata, found)):
            raise SourceError(
                "The host {name} is one at which a cloud serves its own machines, which is never fetched "
                "from.",
                name=shown(host),
            )
        if not self._private and not all(map(is_public, found)):
            raise SourceError(
                "The host {name} is on a private network, which is not fetched from.", name=shown(host)
            )
        left = self._deadline.left()
        if left <= 0:  # nobody is waiting: nothing is connected to
            raise httpcore.ConnectTimeout
        if self._network.connect:
            stream = self._network.connect(found[0], port, left)
        else:
            stream = self._plain.connect_tcp(found[0], port, left, local_address, socket_options)
        return _Timed(stream, self._deadline)


@dataclass(slots=True)
class Client:
    """Fetches; one per run."""

    rules: Rules = field(default_factory=Rules)
    network: Network = field(default_factory=Network)

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        allow: Callable[[str], None] | None = None,
        deadline: Deadline | None = None,
    ) -> Response:
        """Fetch an address; redirects are followed, each checked as the first.

        Args:
            url: The address.
            headers: Sent along.
            allow: Raises `SourceError` where an address that a redirect leads to is not to be fetched.
            deadline: Of what this is a part of; its own where there is none.

        Raises:
            SourceError: It cannot be fetched within the rules; one sentence says why.
        """
        deadline = deadline or Deadline(self.rules.seconds)
        for _ in range(self.rules.redirects + 1):
            response = self._once(parse_target(url), headers or {}, deadline)
            location = response.headers.get("location")
            if response.status not in _REDIRECTS or not location:
                return response
            url = _leads_to(url, location)
            if allow:
                allow(url)
        raise SourceError(
            "{name} leads on more than {limit} times; left out.", name=shown(url), limit=self.rules.redirects
        )

    def _once(self, target: Target, headers: Mapping[str, str], deadline: Deadline) -> Response:
        name = shown(target.url)
        try:
            response = deadline.require(lambda: self._request(target, headers, deadline))
            _LOG.debug("%s: status %d, %d bytes", shown(target.host), response.status, len(response.body))
            return response
        except (DeadlineExceededError, httpcore.TimeoutException):
            raise SourceError(
                "{name} took longer than {limit:g} s to fetch; left out.", name=name, limit=self.rules.seconds
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise SourceError(
                "{name} cannot be fetched ({fault}).", name=name, fault=type(error).__name__
            ) from None

    def _request(self, target: Target, headers: Mapping[str, str], deadline: Deadline) -> Response:
        port = "" if target.port in (80, 443) else f":{target.port}"
        host = f"[{target.host}]" if ":" in target.host else target.host
        sent = {"Host": f"{host}{port}", "User-Agent": _AGENT, "Accept-Encoding": "gzip", **headers}
        url = httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.path.encode(),
        )
        # A header goes back as it came, whatever its bytes are.
        lines = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in sent.items()]
        backend = _Checked(self.network, self.rules.private, deadline)
        with (
            httpcore.ConnectionPool(network_backend=backend) as pool,
            pool.stream("GET", url, headers=lines) as response,
        ):
            found = {
                key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers
            }
            body = b""
            if response.status == _OK:
                name, encoding = shown(target.url), found.get("content-encoding", "")
                body = read_body(_whole(response, name), encoding, self.rules.size, name)
            return Response(target.url, response.status, found, body)


def _whole(response: httpcore.Response, name: str) -> Iterator[bytes]:
    """Yield the body of an answer.

    Raises:
        SourceError: It is shorter than the server said.
    """
    try:
        yield from response.iter_stream()
    except (httpcore.ProtocolError, httpcore.ReadError):
        raise cut_short(name) from None


def _leads_to(url: str, location: str) -> str:
    """Return the address that a redirect leads to.

    Raises:
        SourceError: It is none.
    """
    written = location.encode("latin-1")
    try:
        return urljoin(url, written.decode("utf-8", "replace"))
    except ValueError:
        raise SourceError(
            "{name} leads to an address that cannot be fetched; left out.", name=shown(url)
        ) from None
