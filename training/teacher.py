"""The teacher: multilingual-e5-small, which knows about a hundred languages, as vectors of texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.reader_model import EPSILON, WIDTH, Layer, load_layers

Floats = npt.NDArray[np.float32]
LAYERS = 12
PROMPT = "query: "
"""What the teacher was trained to see before a text that is compared with others like it."""
LONGEST = 96
_PIECES = 4096  # of one batch


class Teacher(nn.Module):
    """A transformer whose states are averaged (Wang et al., "Multilingual E5 Text Embeddings", 2024)."""

    def __init__(self, tokenizer: Tokenizer, state: dict[str, Tensor]) -> None:
        super().__init__()
        self._tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        self.words = state["embeddings.word_embeddings.weight"]
        places = state["embeddings.position_embeddings.weight"][:LONGEST]
        self.places = places + state["embeddings.token_type_embeddings.weight"][0]
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        load_layers(self, state, list(range(LAYERS)))
        self.eval()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read `model.safetensors` and `tokenizer.json` of a folder."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        return cls(tokenizer, load_file(folder / "model.safetensors"))

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector a text, float32 (n, 384).

        The layers compute in bfloat16, which is several times faster and changes a cosine by some
        thousandths.
        """
        pieces = [e.ids for e in self._tokenizer.encode_batch_fast([PROMPT + text for text in texts])]
        order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
        vectors = torch.empty(len(pieces), WIDTH)
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and (end + 1 - start) * len(pieces[order[end]]) <= _PIECES:
                end += 1
            rows = order[start:end]
            vectors[rows] = self._states([pieces[row] for row in rows])
            start = end
        return vectors.numpy()

    def _states(self, pieces: list[list[int]]) -> Tensor:
        lengths = torch.tensor([len(row) for row in pieces])
        longest = int(lengths.max())
        ids = torch.tensor([row + [1] * (longest - len(row)) for row in pieces])
        real = torch.arange(longest)[None, :] < lengths[:, None]
        mask = torch.zeros(real.shape).masked_fill(~real, -1e4)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16):
            x = self.norm(self.words[ids] + self.places[:longest])
            for layer in self.layers:
                x = layer(x, mask)
        mean = (x.float() * real[..., None]).sum(1) / lengths[:, None]
        return torch.nn.functional.normalize(mean, dim=1)
