"""Activations made even before they are quantised (SmoothQuant, Xiao et al. 2022).

A few columns of what goes into a matrix are ten times as large as the others; in 8 bits with one scale the
others lose their digits. Divided by a factor a column, which the matrix' rows are multiplied by, the product
is the same and both sides lose little.
"""

import random
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from index.encoders.model_files import Vocabulary
from training.reader_batches import competing, items, padded
from training.reader_groups import Group
from training.reader_model import ReaderModel
from training.reader_words import Words

SMOOTHED = ("up", "down")
"""Inputs that have such columns; those of the attention hardly do."""
ALPHA = 0.75
"""How much of the unevenness goes over to the weights: .7 to .8 were best, .5 and .9 clearly worse."""
GROUPS, CHUNK = 96, 16
"""Groups whose activations are looked at, and pairs that go through the network together."""
Floats = npt.NDArray[np.float32]


def largest_inputs(
    reader: ReaderModel, words: Words, vocabulary: Vocabulary, groups: list[Group], seed: int
) -> dict[str, Floats]:
    """Return the largest absolute value in each column of what goes into the matrices `SMOOTHED`.

    Keys are the matrices' names, as `layers.0.up`.
    """
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    chosen = [
        (g, c) for g in random_.sample(groups, min(GROUPS, len(groups))) if (c := competing(g, random_))
    ]
    found = sorted(items(chosen, vocabulary, random_), key=lambda item: len(item.row.ids))
    largest: dict[str, Tensor] = {}

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def look(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen = inputs[0].detach().abs().flatten(0, -2).amax(0)
            largest[name] = torch.maximum(largest.get(name, seen), seen)

        return module.register_forward_pre_hook(look)

    handles = [
        watch(name, module) for name, module in reader.named_modules() if name.split(".")[-1] in SMOOTHED
    ]
    with torch.no_grad():
        for first in range(0, len(found), CHUNK):
            batch = padded([item.row for item in found[first : first + CHUNK]])
            reader(words.embed(batch.ids), batch.parts, batch.matches, batch.lengths)
    for handle in handles:
        handle.remove()
    return {name: values.numpy() for name, values in largest.items()}


def smoothing(weights: Floats, largest: Mapping[str, Floats], name: str) -> Floats | None:
    """Return the factor of each column, or None for a matrix whose inputs are even.

    Args:
        weights: float32 (out, in).
        largest: As of `largest_inputs`.
        name: Of the matrix.
    """
    if name not in largest:
        return None
    inputs = np.maximum(largest[name], 1e-4)
    rows = np.maximum(np.abs(weights).max(axis=0), 1e-5)
    factors: Floats = (inputs**ALPHA / rows ** (1 - ALPHA)).astype(np.float32)
    return factors
