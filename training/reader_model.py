"""The reader's network in torch: layers of multilingual-e5-small, and heads for score and span."""

import math
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from retrieval.reading.pairs import MATCHES, PARTS

WIDTH, HEADS, INNER = 384, 12, 1536
EPSILON = 1e-12


class Layer(nn.Module):
    """A transformer layer as BERT has it (Devlin et al. 2019), norm after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the next states, (batch, pieces, width); `mask` is added to the attention's logits."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        attention = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask, -1)
        x = self.norm1(x + self.out((attention @ v).transpose(1, 2).reshape(batch, length, WIDTH)))
        halves: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return halves


class ReaderModel(nn.Module):
    """Embeddings come from outside: they are frozen, and mapped from a file when the program runs."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.part = nn.Embedding(PARTS, WIDTH)
        self.match = nn.Embedding(MATCHES * 2, WIDTH)  # of the question's pieces and of the others
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.scale = nn.Parameter(torch.tensor([10.0, -8.0]))
        self.hidden = nn.Linear(3 * WIDTH, WIDTH)
        self.score = nn.Linear(WIDTH, 2)  # answers; needs the sentence before
        self.span = nn.Linear(WIDTH, 2)
        for embedding in (self.part, self.match):
            nn.init.zeros_(embedding.weight)
        for head in (self.score, self.span):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(
        self, embedded: Tensor, parts: Tensor, matches: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return (score, leans) as (batch, 2), and the span's logits as (batch, pieces, 2).

        Args:
            embedded: Word and position vectors, added up, (batch, pieces, width).
            parts: int64 (batch, pieces).
            matches: int64 (batch, pieces).
            lengths: int64 (batch,), pieces of each row.
        """
        real = torch.arange(parts.shape[1])[None, :] < lengths[:, None]
        x = embedded + self.part(parts) + self.match(matches + MATCHES * (parts > 0))
        x = self.norm(x)
        mask = torch.zeros_like(real, dtype=x.dtype).masked_fill(~real, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        asked = _mean(x, (parts == 0) & real)
        told = _mean(x, (parts == PARTS - 1) & real)
        alike = F.cosine_similarity(asked.float(), told.float(), dim=-1)
        seen = torch.cat([x[:, 0], asked * told, (asked - told).abs()], -1)
        scores = self.score(F.gelu(self.hidden(seen))).float()
        bias = torch.stack(
            [self.scale[0].float() * alike + self.scale[1].float(), torch.zeros_like(alike)], -1
        )
        return scores + bias, self.span(x).float()


def _mean(x: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.to(x.dtype)[..., None]
    return (x * weight).sum(1) / weight.sum(1).clamp(min=1)


class Layered(Protocol):
    """A model with the embeddings' norm and some layers."""

    norm: nn.LayerNorm
    layers: nn.ModuleList


def load_layers(reader: Layered, state: dict[str, Tensor], chosen: list[int]) -> None:
    """Copy layers of a BERT checkpoint (its own names) into the reader."""
    with torch.no_grad():
        reader.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
        reader.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
        for layer, number in zip(reader.layers, chosen, strict=True):
            for kind in ("weight", "bias"):
                old = {
                    k: state[f"encoder.layer.{number}.{k}.{kind}"]
                    for k in (
                        "attention.self.query",
                        "attention.self.key",
                        "attention.self.value",
                        "attention.output.dense",
                        "attention.output.LayerNorm",
                        "intermediate.dense",
                        "output.dense",
                        "output.LayerNorm",
                    )
                }
                new = {
                    layer.qkv: torch.cat([old[f"attention.self.{n}"] for n in ("query", "key", "value")]),
                    layer.out: old["attention.output.dense"],
                    layer.norm1: old["attention.output.LayerNorm"],
                    layer.up: old["intermediate.dense"],
                    layer.down: old["output.dense"],
                    layer.norm2: old["output.LayerNorm"],
                }
                for module, values in new.items():
                    getattr(module, kind).copy_(values)


def span_loss(logits: Tensor, places: Tensor, inside: Tensor) -> Tensor:
    """Return the mean cross entropy of start and end over the sentence's pieces (Devlin et al. 2019)."""
    masked = logits.masked_fill(~inside[..., None], -1e4)
    return F.cross_entropy(masked.transpose(1, 2)[:, 0], places[:, 0]) + F.cross_entropy(
        masked.transpose(1, 2)[:, 1], places[:, 1]
    )


def prior(share: float) -> float:
    """Return the log-odds of a share."""
    return math.log(share / (1 - share))
