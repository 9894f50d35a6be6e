"""Which addresses may be fetched: http and https, of machines that are on the public network."""

import ipaddress
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from index.errors import SourceError
from index.sources.files import shown

_LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:=&?~#+!$,;'@()*[]-._"


class Target(NamedTuple):
    """What is asked of whom."""

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
    refused = SourceError(f"{name} is not an http or https address that can be fetched.")
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
        raise SourceError(f"{name} holds a user name or password; addresses with these are not fetched.")
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path, url)


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the public network, also where IPv6 wraps one of IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        wrapped = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64 or ip in _COMPATIBLE:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None and not is_public(str(wrapped)):
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
