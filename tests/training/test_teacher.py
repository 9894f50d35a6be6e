"""The teacher's network."""

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor

from training.reader_model import INNER, WIDTH
from training.teacher import LAYERS, LONGEST, Teacher

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "query", ":", "war", "peace", "of", "the", "worlds"]


def state() -> dict[str, Tensor]:
    """Return random weights under the names of a BERT checkpoint."""
    torch.manual_seed(5)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": (LONGEST + 9, WIDTH),
        "embeddings.token_type_embeddings.weight": (1, WIDTH),
    }
    parts = {"attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH)}
    parts |= {"attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH)}
    parts |= {"intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER)}
    for layer in range(LAYERS):
        for name, shape in parts.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
    found = {name: torch.randn(shape) * 0.05 for name, shape in shapes.items()}
    norms = ["embeddings"] + [
        f"encoder.layer.{n}.{k}" for n in range(LAYERS) for k in ("attention.output", "output")
    ]
    for name in norms:
        found[f"{name}.LayerNorm.weight"], found[f"{name}.LayerNorm.bias"] = (
            torch.ones(WIDTH),
            torch.zeros(WIDTH),
        )
    return found


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    """Build one of random weights."""
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return Teacher(tokenizer, state())


def test_a_vector_does_not_hang_on_what_is_encoded_beside_it(teacher: Teacher) -> None:
    """Padding is not seen, and the order is kept."""
    texts = ["war of the worlds", "peace", "the war of the worlds of the peace", "worlds"]
    together = teacher.encode(texts)
    alone = np.concatenate([teacher.encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=0.01)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(4), abs=1e-4)
    assert not np.allclose(together[0], together[1], atol=0.02)


def test_long_texts_are_cut(teacher: Teacher) -> None:
    """A text may be longer than the network has places for."""
    assert teacher.encode(["war " * 500]).shape == (1, WIDTH)
