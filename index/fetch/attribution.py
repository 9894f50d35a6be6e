"""Where a document from the network comes from: the address that served it, whatever it claims."""

import unicodedata
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from index.records import Dated, Document
from index.sources.web.feed import Feed, FeedEntry, entry_document

_PORTS = {"http": 80, "https": 443}
_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "gob", "gov", "gouv", "info", "int", "net", "or", "org"])
_LEAST = 3


def is_same_host(one: str, other: str) -> bool:
    """Tell whether two addresses have the same host, whatever `www.` and the ports of http and https."""
    place = _place(one)
    return place is not None and place == _place(other)


def attributed(document: Document, url: str) -> Document:
    """Return a document with its claims about address and outlet as far as they count.

    An address on another host is not the document's: it was not asked. Nor is then the name of an outlet. A
    name that the host does not bear is followed by the host.

    Args:
        document: As its reader made it.
        url: The address that gave it, the last one where it led on.
    """
    claimed = document.url
    is_foreign = claimed is not None and not is_same_host(claimed, url)
    guessed = is_foreign and document.dated is Dated.ADDRESS
    return replace(
        document,
        url=url if is_foreign or claimed is None else claimed,
        source=None if is_foreign else _outlet(document.source, url),
        date=None if guessed else document.date,
        dated=Dated.STATED if guessed else document.dated,
    )


def from_feed(entry: FeedEntry, feed: Feed, url: str) -> Document:
    """Return what a feed itself holds of an entry, attributed to the feed unless the entry is on its host.

    Args:
        entry: One that has text.
        feed: The feed.
        url: The address that gave the feed.
    """
    held = entry_document(entry, feed, url)
    if entry.url and is_same_host(entry.url, url):
        return held
    return replace(held, id=f"{url}#{entry.id}", url=url)


def _place(url: str) -> tuple[str, int | None] | None:
    """Return host and port of an address, None for the usual port; None for what is no address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if host and not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    host = host.rstrip(".").removeprefix("www.")
    return host, None if port in (None, _PORTS[parts.scheme]) else port


def _outlet(name: str | None, url: str) -> str | None:
    """Return the name of an outlet, with its host where the two have nothing in common."""
    host = (_place(url) or ("", None))[0]
    if not name or not host or name.strip().lower().removeprefix("www.") == host:
        return name
    plain, own = _letters(name), _letters(_registered(host))
    bears = len(own) >= _LEAST and len(plain) >= _LEAST and (own in plain or plain in own)
    return name if bears else f"{name} ({host})"


def _registered(host: str) -> str:
    """Return the part of a host that its owner has chosen; an IP address has none."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")[:-1]
        while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            labels.pop()
        return labels[-1] if labels else ""
    return ""


def _letters(text: str) -> str:
    """Return letters and digits, without case and accents."""
    spelled = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(filter(str.isalnum, spelled))
