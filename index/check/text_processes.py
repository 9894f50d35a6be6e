"""Documents are segmented again in several processes where there are many: nearly all of the time is that."""

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.check.text_checks import documents
from index.check.vocabularies import Vocabularies
from index.disk import Disk, Stamp
from index.generation import Generation
from index.generation.manifest import Manifest

_WORTH_IT = 2_000
"""Documents: fewer are segmented before another process has started."""


class _Share(NamedTuple):
    """What one process looks into: a generation whose files have been verified, and some of its documents."""

    folder: Path
    manifest: Manifest
    verified: Mapping[str, Stamp]
    positions: Sequence[int]


def documents_by(
    workers: int, generation: Generation, positions: Sequence[int], vocabularies: Vocabularies
) -> Iterator[str]:
    """Return what `documents` says, found by this many processes."""
    if workers < 2 or len(positions) < _WORTH_IT:
        yield from documents(generation, positions, vocabularies)
        return
    shares = [
        _Share(generation.folder, generation.manifest, dict(generation.stamps), some)
        for some in _divided(generation, positions, workers)
    ]
    # Started afresh: a fork would take over the threads and connections of this one, half of them.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for told in pool.map(_look, shares):
            yield from told


def _look(share: _Share) -> list[str]:
    opened = Generation.open(share.folder, share.manifest, Disk(), ExitStack(), share.verified, spare=True)
    with opened as generation:
        return list(documents(generation, share.positions, Vocabularies(generation)))


def _divided(generation: Generation, positions: Sequence[int], count: int) -> Iterator[Sequence[int]]:
    """Yield neighbouring documents, with as many sentences in each share."""
    sizes = np.cumsum([len(generation.rows_at(position)) for position in positions])
    ends = np.searchsorted(sizes, np.arange(1, count) * sizes[-1] / count).tolist()
    for start, end in zip([0, *ends], [*ends, len(positions)], strict=True):
        yield positions[start:end]
