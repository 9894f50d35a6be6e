"""Which tokens are words, and what new ones start from."""

import numpy as np
import pytest

from training.more_words import with_more_words
from training.other_vocabulary import is_word, merged_vectors, token_names
from training.tokenizer import train_tokenizer

NAMES = [",", "▁nói", "▁для", "▁и", "для", "เมือง", "่", "▁国"]


def test_words() -> None:
    """A word begins one, but for Thai."""
    assert [name for name in NAMES if is_word(name)] == ["▁nói", "▁для", "เมือง"]


def test_a_new_token_starts_between_its_parts() -> None:
    """And the others where they were."""
    base = train_tokenizer(["он", "на"], lambda: ["на"] * 40, words=7, pairs=0, triples=0)
    larger = with_more_words(base, {"она": 5}, 1)
    vectors = np.random.default_rng(1).normal(size=(base.get_vocab_size(), 2)).astype(np.float32)
    merged = merged_vectors(vectors, larger, len(vectors))
    names = token_names(larger)
    left, right = next(
        (names.index(names[-1][:n]), names.index(names[-1][n:]))
        for n in range(1, len(names[-1]))
        if names[-1][:n] in base.get_vocab() and names[-1][n:] in base.get_vocab()
    )
    assert len(merged) == len(vectors) + 1
    assert (merged[:-1] == vectors).all()
    assert merged[-1] == pytest.approx((vectors[left] + vectors[right]) / 2)
