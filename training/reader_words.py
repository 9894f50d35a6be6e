"""The reader's word vectors, which no training changes."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from retrieval.reading.pairs import LONGEST
from training.folder import quantise


@dataclass(slots=True)
class Words:
    """The frozen word vectors, as the program has them: 8-bit rows with a scale each."""

    rows: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]
    positions: npt.NDArray[np.float32]
    vectors: Tensor = field(init=False)

    def __post_init__(self) -> None:
        self.vectors = torch.from_numpy(self.rows.astype(np.float32) * self.scales[:, None])

    def embed(self, ids: Tensor) -> Tensor:
        """Return word and position vectors, added up, float32 (rows, pieces, width)."""
        return self.vectors[ids] + torch.from_numpy(self.positions[: ids.shape[1]])


def frozen_words(state: dict[str, Tensor], kept: list[int]) -> Words:
    """Return the word vectors of the pieces that are kept, and the positions that a row can have."""
    rows, scales = quantise(state["embeddings.word_embeddings.weight"][kept].numpy())
    longest = sum(LONGEST) + len(LONGEST) + 1
    positions = state["embeddings.position_embeddings.weight"][:longest]
    return Words(rows, scales, (positions + state["embeddings.token_type_embeddings.weight"][0]).numpy())
