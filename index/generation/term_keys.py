"""Keys: numbers that stand for terms, so that the vocabularies of parts are joined without reading a term.

Two of a million terms share a key once in some forty million collections, and are then one term. Somebody who
makes such words on purpose merges only those.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from index.generation.arrays import Longs


@lru_cache(maxsize=1 << 16)  # a language's common words, again and again
def key_of(term: str) -> int:
    """Return the key of a term, a signed number of 64 bits."""
    data = term.encode("utf-8", "replace")  # half of a surrogate pair stands in no document
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little", signed=True)


def keys_of(terms: Iterable[str]) -> Longs:
    """Return the key of each term, int64."""
    return np.fromiter(map(key_of, terms), np.int64)
