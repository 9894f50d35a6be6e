"""Faults of what the models made: vectors and tokens."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.check.subset import Subset
from index.encoders import Encoder
from index.encoders.base import TokenModel
from index.generation import Generation
from index.generation.parts import folder_of
from index.generation.vectors.vector_codes import to_codes
from index.generation.vectors.vector_index import CODES

_UNIT = 1e-3
_SAME = 0.999
_SAMPLE = 1_000
_ENCODED = 32


def vectors(generation: Generation, subset: Subset) -> Iterator[str]:
    """Check that vectors are finite and of length one; zero only where a sentence has no token."""
    for start in range(0, len(subset.all_rows), _SAMPLE):
        rows = subset.all_rows[start : start + _SAMPLE]
        norms = np.linalg.norm(generation.vectors.rows(rows), axis=1)
        odd = np.flatnonzero(~(np.abs(norms - 1) <= _UNIT))
        for row, norm in zip(rows[odd].tolist(), norms[odd].tolist(), strict=True):
            if not np.isfinite(norm):
                yield f"the vector of row {row} is not finite"
            elif norm == 0:
                if len(generation.tokens.row(row)):
                    yield f"the vector of row {row} is zero"
            else:
                yield f"the vector of row {row} has length {norm:.3f}, not 1"


def codes(generation: Generation, subset: Subset) -> Iterator[str]:
    """Make the codes of the vectors again and compare."""
    for number in subset.parts:
        entry = generation.manifest.parts[number]
        rows = generation.vectors.rows(generation.rows_of_part(number))
        if np.isfinite(rows).all():  # else named by the part before
            stored = (generation.folder / folder_of(entry.name) / CODES).read_bytes()
            if stored != to_codes(rows):
                yield f"the codes of a part are not those of its vectors ({entry.name})"


def self_search(generation: Generation, rows_: Sequence[int]) -> Iterator[str]:
    """Search for vectors among those of their part: each finds itself, or an equal one, first."""
    for number in range(len(generation.parts)):
        own_rows, part = generation.rows_of_part(number), generation.vectors.part(number)
        sample = np.asarray([row - own_rows.start for row in rows_ if row in own_rows], dtype=np.int64)
        vectors = part.rows(sample)
        if not np.isfinite(vectors).all():
            continue  # named by the part before
        own = np.einsum("ij,ij->i", vectors, vectors)
        scores, rows = part.search(vectors, 1)
        for place, row in enumerate(sample.tolist()):
            if own[place] and (
                scores[place, 0] < _SAME or (rows[place, 0] != row and scores[place, 0] > own[place] + _UNIT)
            ):
                yield f"row {own_rows.start + row} does not find itself first"


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


def tokens_again(
    generation: Generation, subset: Subset, tokens: TokenModel | None, most: int
) -> Iterator[str]:
    """Tokenize some sentences again and compare."""
    if tokens is None or tokens.revision != generation.manifest.recipe.tokens:
        return
    rows = subset.rows(most)
    made = tokens.tokenize([generation.sentence(row).text for row in rows])
    for row, expected in zip(rows, made, strict=True):
        if generation.tokens.row(row).tolist() != expected.tolist():
            yield f"the tokens of row {row} are not those of its sentence"
