"""What an encoder is: its identity, its protocol, and the types of vectors and tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Tokens = npt.NDArray[np.int32]


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
        """Return what made the vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension); zeros for a text without any known token."""

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors, float32 (n, dimension); zeros for a text without any known token."""


class TokenModel(Protocol):
    """What gives the token ids for late interaction (`index.encoders.StaticModel`)."""

    @property
    def revision(self) -> str:
        """What distinguishes this model from others."""

    def tokenize(self, texts: Sequence[str]) -> list[npt.NDArray[np.int32]]:
        """Return the token ids of each text, int32."""
