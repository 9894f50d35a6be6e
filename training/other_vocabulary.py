"""The vocabulary with words of other scripts, and which of its tokens may change."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.more_words import with_more_words
from training.other_words import other_words, script

MORE = 12_000
"""New tokens."""
Bools = npt.NDArray[np.bool_]


def larger_vocabulary(folder: Path, teacher: Path, base: Tokenizer) -> Tokenizer:
    """Return the vocabulary with more words; a text without letters of their scripts is divided as before.

    Args:
        folder: The corpora.
        teacher: Its folder.
        base: The vocabulary so far.
    """
    pieces = dict(json.loads((teacher / "tokenizer.json").read_bytes())["model"]["vocab"])
    return with_more_words(base, other_words(folder, pieces), MORE)


def token_names(tokenizer: Tokenizer) -> list[str]:
    """Return the tokens in the order of their numbers."""
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)


def is_word(name: str) -> bool:
    """Tell whether a token can be a whole word of some length: Thai does not mark where one begins."""
    return len(name) > 3 and (name.startswith("▁") or script(name) == "THAI")


def merged_vectors(
    vectors: npt.NDArray[np.float32], tokenizer: Tokenizer, before: int
) -> npt.NDArray[np.float32]:
    """Return the vectors with one for each new token: half way between the two that it was made of.

    Args:
        vectors: float32 (before, dimension).
        tokenizer: The larger vocabulary.
        before: How many tokens the smaller one had.
    """
    model = json.loads(tokenizer.to_str())["model"]
    numbers = model["vocab"]
    larger = np.zeros((len(numbers), vectors.shape[1]), dtype=np.float32)
    larger[:before] = vectors
    for left, right in model["merges"]:
        if (number := numbers[left + right]) >= before:
            larger[number] = (larger[numbers[left]] + larger[numbers[right]]) / 2
    return larger
