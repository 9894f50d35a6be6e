"""Faults of what the models made: vectors and tokens."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.check.subset import Subset
from index.encoders import Encoder
from index.encoders.base import TokenModel
from index.generation import Generation

_UNIT = 1e-3
_SAME = 0.999
_SAMPLE = 1_000
_ENCODED = 32


def vectors(generation: Generation, subset: Subset) -> Iterator[str]:
    """Check that vectors are finite and of length one; zero only where a sentence has no token."""
    empty = np.diff(generation.tokens.indptr) == 0
    for start in range(0, len(subset.all_rows), _SAMPLE):
        rows = subset.all_rows[start : start + _SAMPLE]
        norms = np.linalg.norm(generation.vectors.rows(rows), axis=1)
        for row, norm in zip(rows.tolist(), norms.tolist(), strict=True):
            if not np.isfinite(norm):
                yield f"the vector of row {row} is not finite"
            elif norm == 0:
                if not empty[row]:
                    yield f"the vector of row {row} is zero"
            elif abs(norm - 1) > _UNIT:
                yield f"the vector of row {row} has length {norm:.3f}, not 1"


def self_search(generation: Generation, rows_: Sequence[int]) -> Iterator[str]:
    """Search for vectors of the generation: each finds itself, or an equal one, first."""
    sample = np.asarray(rows_, dtype=np.int64)
    vectors = generation.vectors.rows(sample)
    if not np.isfinite(vectors).all():
        return  # named by the part before
    own = np.einsum("ij,ij->i", vectors, vectors)
    scores, rows = generation.vectors.search(vectors, 1)
    for place, row in enumerate(sample.tolist()):
        if own[place] and (
            scores[place, 0] < _SAME or (rows[place, 0] != row and scores[place, 0] > own[place] + _UNIT)
        ):
            yield f"row {row} does not find itself first"


def encoding(generation: Generation, subset: Subset, encoder: Encoder | None) -> Iterator[str]:
    """Encode some sentences again and compare."""
    if encoder is None or encoder.identity != generation.manifest.recipe.encoder:
        return
    rows = subset.rows(_ENCODED)
    made = encoder.encode_passages([generation.sentence(row).text for row in rows])
    stored = generation.vectors.rows(rows)
    for row, one, other in zip(rows, made, stored, strict=True):
        if np.abs(one - other).max() > 0.02:
            yield f"the vector of row {row} is not that of its sentence"


def tokens_again(generation: Generation, subset: Subset, tokens: TokenModel | None) -> Iterator[str]:
    """Tokenize some sentences again and compare."""
    if tokens is None or tokens.revision != generation.manifest.recipe.tokens:
        return
    rows = subset.rows(_SAMPLE)
    made = tokens.tokenize([generation.sentence(row).text for row in rows])
    for row, expected in zip(rows, made, strict=True):
        if generation.tokens.row(row).tolist() != expected.tolist():
            yield f"the tokens of row {row} are not those of its sentence"
