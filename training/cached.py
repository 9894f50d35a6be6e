"""An encoder that encodes each text once: a transformer over many collections of the same texts."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from index.encoders import Encoder
from index.encoders.base import Floats


class CachedEncoder:
    """Another encoder with a memory, for measuring and for training; not for use by several threads."""

    def __init__(self, encoder: Encoder) -> None:
        self.identity = encoder.identity
        self._encoder = encoder
        self._queries: dict[str, Floats] = {}
        self._passages: dict[str, Floats] = {}

    def prepare(self, questions: Iterable[str]) -> None:
        """Encode questions together, which is quicker than one by one."""
        self.encode_queries(list(dict.fromkeys(questions)))

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension)."""
        return self._through(texts, self._queries, self._encoder.encode_queries)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension)."""
        return self._through(texts, self._passages, self._encoder.encode_passages)

    def _through(
        self, texts: Sequence[str], known: dict[str, Floats], encode: Callable[[Sequence[str]], Floats]
    ) -> Floats:
        wanted = [text for text in dict.fromkeys(texts) if text not in known]
        if wanted:
            known.update(zip(wanted, encode(wanted), strict=True))
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        return np.stack([known[text] for text in texts])
