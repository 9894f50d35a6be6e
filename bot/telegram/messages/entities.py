"""Which addresses Telegram accepts as links, and how large entities are. Pure.

One address that Telegram does not accept fails the whole message, so its server's rule is applied here: that
of `LinkManager::check_link` and `parse_url` in tdlib, which is applied to entities and buttons.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.citation import http_url, place_link

MOST_BYTES: Final = 9_000
"""Most bytes of the entities of one message: Telegram refuses somewhat above 9,500."""

_AUTHORITY: Final = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_PORT: Final = re.compile(r"(?<=.):([^:\]@]*)\Z")
# tdlib: letters, digits and the marks of RFC 3986, percent-encoded bytes, and all that is not ASCII.
_PART: Final = r"(?:[A-Za-z0-9.\-_!$,~*'();&+={colon}]|%[0-9A-Fa-f]{{2}}|[^\x00-\x7f])*"
_HOST: Final = re.compile(_PART.format(colon=""))
_USER: Final = re.compile(_PART.format(colon=":"))
_LARGEST_PORT: Final = 65_535
_LONGEST_PLACE: Final = 2_048


@dataclass(frozen=True, slots=True)
class Entity:
    """Formatting of a part of a text; offset and length in UTF-16 units, kinds as Telegram names them."""

    kind: str
    offset: int
    length: int
    url: str | None = None


def link(url: str | None) -> str | None:
    """Return the address if it is an http(s) one that Telegram makes a link of, else None."""
    if http_url(url) is None or url is None:
        return None
    found = _AUTHORITY.match(url)
    return url if found and _takes(found[1]) else None


def place(url: str, sentence: str, page: int | None) -> str:
    """Return the address opening at the place, or at its beginning where naming the place takes too much."""
    whole = place_link(url, sentence, page)
    return whole if len(whole) <= max(_LONGEST_PLACE, len(url)) else url


def _takes(authority: str) -> bool:
    """Tell whether user, host and port are as tdlib wants them."""
    if port := _PORT.search(authority):
        digits = port[1]
        if not (digits.isascii() and digits.isdecimal() and 0 < int(digits[-9:]) <= _LARGEST_PORT):
            return False
        if digits[:-9].strip("0"):
            return False
        authority = authority[: port.start()]
    user, _, host = authority.rpartition("@")
    if not _USER.fullmatch(user):
        return False
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
        return "%" not in host
    return "." in host and host != "." and _HOST.fullmatch(host) is not None


def weight(entities: Sequence[Entity]) -> int:
    """Return the bytes that entities take, at most: 16 for each, and the addresses."""
    addresses = (entity.url.encode("utf-8", "replace") for entity in entities if entity.url)
    return 16 * len(entities) + sum(len(address) + 8 for address in addresses)


def bearable(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the entities that Telegram takes together: no bad links, nor the last of too many."""
    kept = [entity for entity in entities if entity.url is None or link(entity.url)]
    over = weight(kept) - MOST_BYTES
    for i in range(len(kept) - 1, -1, -1):
        if over <= 0:
            break
        if kept[i].url:
            over -= weight(kept[i : i + 1])
            del kept[i]
    return tuple(kept)
