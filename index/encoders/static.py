"""The static token model: one vector per token, read through a memory map, without torch.

The folder is one that sentence-transformers loads as well: `StaticEmbedding` in the layout of quantised
model2vec models, 8-bit rows (`embeddings`) with one scale per row (`weights`), then `Normalize`.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import EncoderIdentity, Floats, Tokens
from index.encoders.model_files import Vocabulary, map_tensors
from index.errors import EncoderError

BUNDLED = Path(__file__).parents[1] / "model"
_SHORTEST = 1e-12
_BLOCK = 256
"""Vectors compared at a time: as many as stay in the processor's cache between two steps."""
_LOCATED = 256


class StaticModel:
    """Token vectors of one model folder.

    Attributes:
        dimension: Length of a token vector.
        tokens: Number of tokens it knows.
        revision: SHA-256 over tokenizer and weights as recorded in the folder, in hexadecimal.

    """

    def __init__(
        self, vocabulary: Vocabulary, rows: npt.NDArray[np.int8], scales: Floats, revision: str
    ) -> None:
        self._vocabulary = vocabulary
        self._rows = rows.view(np.ndarray)  # still the map; slices of np.memmap cost ten times as much
        self._scales = np.asarray(scales)
        self._lengths = np.full(len(rows), np.nan, dtype=np.float32)  # of the 8-bit rows that were used
        self.tokens, self.dimension = (int(size) for size in rows.shape)
        self.revision = revision
        # The same sentences are shown again and again, and finding places takes longer than all the rest.
        self._located = lru_cache(_LOCATED)(self._locate)

    @classmethod
    def open(cls, folder: Path = BUNDLED) -> Self:
        """Open a model folder; the weights stay on disk and are read as needed.

        Raises:
            EncoderError: The folder is incomplete or its files do not belong together.

        """
        try:
            revision = json.loads((folder / "revision.json").read_bytes())["sha256"]
            vocabulary = Vocabulary.open(folder / "tokenizer.json")
            tensors = map_tensors(folder / "model.safetensors")
            rows, scales = tensors["embeddings"], tensors["weights"].astype(np.float32)
        except Exception as error:  # `tokenizers` raises bare Exception
            raise EncoderError(
                "The encoder in {name} cannot be read ({why}); install Trích Dẫn again.",
                name=folder,
                why=error,
            ) from error
        if rows.dtype != np.int8 or rows.shape[:1] != (vocabulary.size,) or rows.ndim != 2:
            raise EncoderError(
                "The encoder in {name} has weights that do not fit its tokenizer.", name=folder
            )
        if scales.shape != (vocabulary.size,):
            raise EncoderError(
                "The encoder in {name} has not one scale for each row of its weights.", name=folder
            )
        return cls(vocabulary, rows.view(np.int8), scales, revision)

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the token ids of each text, int32."""
        return self._vocabulary.tokens(texts)

    def locate(self, text: str) -> tuple[Tokens, list[tuple[int, int]]]:
        """Return the token ids of one text, int32, and the code points of `text` that each stands for."""
        return self._located(text)

    def _locate(self, text: str) -> tuple[Tokens, list[tuple[int, int]]]:
        (pieces,) = self._vocabulary.pieces([text])
        return np.asarray(pieces.ids, dtype=np.int32), pieces.offsets

    def vectors(self, tokens: Tokens) -> Floats:
        """Return the vectors of token ids, float32 (n, dimension); their lengths are their weights."""
        return self._rows[tokens].astype(np.float32) * self._scales[tokens, None]

    def lengths(self, tokens: Tokens) -> Floats:
        """Return the lengths of the vectors of token ids, float32 (n,)."""
        lengths: Floats = self._scales[tokens] * self._row_lengths(tokens)
        return lengths

    def cosines(self, tokens: Tokens, others: Tokens) -> Floats:
        """Return the cosine of each token with each of the others, float32 (len(tokens), len(others)).

        A vector of zeros is like nothing.
        """
        vectors = self.vectors(others)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        directions = (vectors / np.maximum(lengths, _SHORTEST)).T
        cosines = np.empty((len(tokens), len(others)), dtype=np.float32)
        for start in range(0, len(tokens), _BLOCK):
            some = slice(start, start + _BLOCK)
            rows = self._rows[tokens[some]].astype(np.float32)
            np.matmul(rows, directions, out=cosines[some])
            shortest = np.maximum(self._row_lengths(tokens[some], rows), _SHORTEST)
            cosines[some] /= shortest[:, None]  # scales cancel out
        return cosines

    def _row_lengths(self, tokens: Tokens, rows: Floats | None = None) -> Floats:
        lengths = self._lengths[tokens]
        new = np.flatnonzero(np.isnan(lengths))
        if len(new):
            unread = self._rows[tokens[new]].astype(np.float32) if rows is None else rows[new]
            lengths[new] = self._lengths[tokens[new]] = np.linalg.norm(unread, axis=1)
        return lengths

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector per text, float32 (n, dimension); a text without tokens gets zeros."""
        pooled = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, tokens in enumerate(self.tokenize(texts)):
            pooled[row] = self.pool(tokens)
        return pooled

    def pool(self, tokens: Tokens) -> Floats:
        """Return the unit vector of a text with these tokens, float32 (dimension,); zeros if it has none."""
        if not len(tokens):
            return np.zeros(self.dimension, dtype=np.float32)
        mean = self.vectors(tokens).mean(axis=0)
        pooled: Floats = mean / max(float(np.linalg.norm(mean)), _SHORTEST)
        return pooled


class BundledEncoder:
    """The static encoder of this package: questions and sentences are encoded alike."""

    def __init__(self, model: StaticModel) -> None:
        self._model = model
        self.identity = EncoderIdentity("bundled", model.revision, model.dimension)

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension); zeros for a text without any known token."""
        return self._model.encode(texts)

    encode_passages = encode_queries

    def pool(self, tokens: Tokens) -> Floats:
        """Return the vector of a text with these tokens of the model, float32 (dimension,)."""
        return self._model.pool(tokens)
