"""An encoder and a token model that need no weights: deterministic, and near for texts that share words."""

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.encoders import EncoderIdentity
from index.text.terms import terms

Floats = npt.NDArray[np.float32]

WORDS = (
    *("Kiev", "NATO", "Đức", "Mỹ", "Nga", "họp", "đàm", "phán", "ngừng", "bắn", "viện", "trợ"),
    *("tuyên", "bố", "sân", "bay", "cầu", "đường"),
)
"""What sentences of made-up collections are made of."""


class FakeEncoder:
    """Sums a random vector a word; keeps what it was asked to encode in `encoded`."""

    def __init__(
        self,
        dimension: int = 16,
        name: str = "fake",
        revision: str = "1",
        query_prompt: str = "",
        passage_prompt: str = "",
    ) -> None:
        self.identity = EncoderIdentity(name, revision, dimension, query_prompt, passage_prompt)
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Encode questions."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Encode sentences and remember them."""
        self.encoded.extend(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Floats:
        vectors = np.zeros((len(texts), self.identity.dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in terms(text):
                seed = zlib.crc32(f"{self.identity.name} {self.identity.revision} {word}".encode())
                vector += np.random.default_rng(seed).normal(size=len(vector)).astype(np.float32)
            norm = float(np.linalg.norm(vector))
            if norm:
                vector /= norm
        return vectors


class FakeTokens:
    """Gives a number a word."""

    def __init__(self, revision: str = "fake tokens 1") -> None:
        self.revision = revision

    def tokenize(self, texts: Sequence[str]) -> list[npt.NDArray[np.int32]]:
        """Return the numbers of the words of each text."""
        return [
            np.asarray([zlib.crc32(word.encode()) % 1000 for word in terms(text)], dtype=np.int32)
            for text in texts
        ]
