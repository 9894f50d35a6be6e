"""The encoder of the vectors: the bundled one, or any sentence-transformers model by one setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.static import Floats, StaticModel, Tokens


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What makes two encoders the same; part of every manifest.

    Attributes:
        name: Hub name, or last part of a folder's path; "bundled" for the encoder of this package.
        revision: Commit on the hub, or SHA-256 of the model's files.
        dimension: Length of a vector.
        query_prompt: Put before every question, may be empty.
        passage_prompt: Put before every sentence, may be empty.

    """

    name: str
    revision: str
    dimension: int
    query_prompt: str = ""
    passage_prompt: str = ""


class Encoder(Protocol):
    """Turns questions and sentences into vectors whose inner product is their similarity."""

    @property
    def identity(self) -> EncoderIdentity:
        """Tell what made the vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension); zeros for a text without any known token."""

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension); zeros for a text without any known token."""


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


def open_encoder(name: str | None, static: StaticModel, revision: str | None = None) -> Encoder:
    """Return the encoder called `name`: None for the bundled one, else a hub name or a folder.

    Args:
        name: Hub name or folder of a sentence-transformers model.
        static: The bundled token model, already open.
        revision: Commit, tag or branch on the hub; None for the default branch.

    Raises:
        EncoderError: The model cannot be loaded; the message names the setting.

    """
    if name is None:
        return BundledEncoder(static)
    # Costs seconds and hundreds of megabytes: only for those who ask for such a model.
    from index.hub import HubEncoder

    return HubEncoder.open(name, revision)
