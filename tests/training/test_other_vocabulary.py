"""Which tokens are words, and what new ones start from."""

import json

import numpy as np
import pytest

from index.encoders.static import BUNDLED
from training.more_words import with_more_words
from training.other_vocabulary import MORE, is_word, merged_vectors, token_names
from training.other_words import script
from training.tokenizer import train_tokenizer

FIRST = 90_566
"""Tokens of the vocabulary that Vietnamese and English texts are divided by."""
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


def test_the_bundled_vocabulary_grew_by_other_scripts_only() -> None:
    """So no text without their letters is divided otherwise than before: later merges need such letters."""
    model = json.loads((BUNDLED / "tokenizer.json").read_bytes())["model"]
    later = [pair for pair in model["merges"] if model["vocab"]["".join(pair)] >= FIRST]
    assert model["merges"][-len(later) :] == later
    assert len(later) == MORE == len(model["vocab"]) - FIRST
    letters = {character for pair in later for character in "".join(pair)} - {"▁"}
    assert [character for character in sorted(letters) if not script(character)] == []
