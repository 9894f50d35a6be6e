"""From ranked sentences to what is shown: the same text told twice is one quote with several places."""

import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

_LONGEST_COMPOSED = 4_096  # normalising a hostile text takes quadratic time; no sentence is so long


def distinct(texts: Sequence[str]) -> list[list[int]]:
    """Group the positions of texts that are the same but for case, spaces and Unicode form, in order.

    The form is NFC, composed or not: NFKC would make one text of "10² km" and "102 km".
    """
    return grouped([text_key(text) for text in texts])


def grouped(keys: Sequence[int]) -> list[list[int]]:
    """Group the positions of equal keys, in the order in which they first stand."""
    groups: dict[int, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    return list(groups.values())


def text_key(text: str) -> int:
    """Return a number that is the same for the same texts, and never 0: 63 bits, signed, of a digest."""
    composed = unicodedata.normalize("NFC", text) if len(text) <= _LONGEST_COMPOSED else text
    plain = " ".join(composed.casefold().split())
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) | 1
