"""Training further: what may not change does not, and what may learns."""

import numpy as np
import pytest

from training.encoder import EncodedTask, train_more
from training.runs import Floats
from training.tasks import Task
from training.tokenizer import train_tokenizer

WORDS = {"war": "война", "peace": "мир", "city": "город", "river": "река", "king": "король", "road": "дорога"}


def cosines(left: Floats, right: Floats) -> Floats:
    """Return the cosine of each with each."""
    product: Floats = (left / np.linalg.norm(left, axis=1, keepdims=True)) @ (
        right / np.linalg.norm(right, axis=1, keepdims=True)
    ).T
    return product


@pytest.mark.parametrize(("steps", "late_steps"), [(60, 0), (0, 60)])
def test_only_free_tokens_move(steps: int, late_steps: int) -> None:
    """In both phases, and to where their translations are."""
    texts = [*WORDS, *WORDS.values()]
    tokenizer = train_tokenizer(texts * 9, lambda: texts * 40, words=300, pairs=0, triples=0)
    task = Task("words", 1.0, 1.0)
    for english, russian in WORDS.items():
        task.add(russian, english)
    home = [tokenizer.encode(word).ids[0] for word in WORDS]
    other = [tokenizer.encode(word).ids[0] for word in WORDS.values()]
    size = tokenizer.get_vocab_size()
    vectors = np.random.default_rng(3).normal(size=(size, 256)).astype(np.float32) * np.float32(0.05)
    free = np.isin(np.arange(size), other)
    lines: list[str] = []
    trained = train_more(
        [EncodedTask(task, tokenizer)],
        vectors,
        free,
        steps=steps,
        late_steps=late_steps,
        seed=1,
        report=lines.append,
    )
    assert (trained[~free] == vectors[~free]).all()
    assert (trained[free] != vectors[free]).any(axis=1).all()
    assert cosines(vectors[other], vectors[home]).argmax(axis=1).tolist() != list(range(len(WORDS)))
    assert cosines(trained[other], trained[home]).argmax(axis=1).tolist() == list(range(len(WORDS)))
    assert lines
