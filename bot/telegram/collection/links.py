"""Links to quotes, by what a sentence says and not by where it stands; looked up in an index."""

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_PERMALINK: Final = re.compile(r"q([0-9]{1,12})_([A-Za-z0-9_-]{16})")
_MOST_LIKE_IT: Final = 8  # two sentences that share 64 bits of a digest are next to impossible


class Permalink(NamedTuple):
    """Where a quote stood, and the digest of its document and text."""

    row: int
    digest: str


def digest(*parts: str) -> str:
    """Return sixteen characters that stand for the texts."""
    return base64.urlsafe_b64encode(_bytes(*parts)).decode()


def permalink(row: int, document: str, text: str) -> str:
    """Return the start parameter that leads to a quote."""
    return f"q{row}_{digest(document, text)}"


def read(parameter: str) -> Permalink | None:
    """Return what a start parameter says; None for one that is not ours."""
    found = _PERMALINK.fullmatch(parameter)
    return Permalink(int(found[1]), found[2]) if found else None


class Links:
    """The rows of a generation by digest: twelve bytes per sentence, built once and read by any thread."""

    def __init__(self, sentences: Iterator[tuple[str, str]], count: int) -> None:
        """Go through `count` sentences, each as the id of its document and its text, in the order of rows."""
        keys = np.fromiter((_key(_bytes(*each)) for each in sentences), np.uint64, count)
        self._rows = np.argsort(keys).astype(np.int32)
        self._keys: NDArray[np.uint64] = keys[self._rows]

    def rows(self, wanted: str) -> list[int]:
        """Return the rows that a digest may be of; the first 64 bits are compared."""
        key = np.uint64(_key(base64.urlsafe_b64decode(wanted)))
        first = int(np.searchsorted(self._keys, key))
        last = int(np.searchsorted(self._keys, key, side="right"))
        rows: list[int] = self._rows[first : min(last, first + _MOST_LIKE_IT)].tolist()
        return rows


def _bytes(*parts: str) -> bytes:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:12]


def _key(content: bytes) -> int:
    return int.from_bytes(content[:8], "big")
