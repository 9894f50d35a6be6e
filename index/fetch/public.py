"""Which addresses may be fetched: http and https, on machines of the public network."""

import ipaddress
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from index.errors import SourceError
from index.fetch.special_purpose import is_of_cloud, is_special
from index.sources.files.files import shown

_LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:=&?~#+!$,;'@()*[]-._"


class Target(NamedTuple):
    """What is requested, and from whom."""

    scheme: str
    host: str
    port: int
    path: str
    url: str


def parse_target(url: str) -> Target:
    """Return the parts of an address.

    Raises:
        SourceError: It is not a plain http(s) address.
    """
    name = shown(url[:200])
    refused = SourceError("{name} is not an http or https address that can be fetched.", name=name)
    if len(url) > _LONGEST or any(c.isspace() or not c.isprintable() for c in url) or "\\" in url:
        raise refused
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if host:
            host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError):
        raise refused from None
    if parts.scheme not in _PORTS or not host or "%" in host:
        raise refused
    if parts.username is not None or parts.password is not None:
        raise SourceError(
            "{name} holds a user name or password; addresses with these are not fetched.", name=name
        )
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path, url)


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the public network, also where IPv6 wraps one of IPv4.

    What clouds keep for their own machines is not, wherever its address lies.
    """
    ip = _parse_ip(address)
    return ip is not None and not is_special(ip) and not is_of_cloud(ip)


def is_metadata(address: str) -> bool:
    """Tell whether a cloud serves its own machines at an IP address: their secrets, and no documents."""
    ip = _parse_ip(address)
    return ip is not None and is_of_cloud(ip)


def _parse_ip(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
