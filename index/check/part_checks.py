"""The checks of each part of a generation, in several processes if there are many documents."""

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from index.check.finding import Finding, Look, findings
from index.check.subset import Subset
from index.check.text_checks import documents
from index.check.vector_checks import codes, vectors
from index.check.word_checks import terms_of_parts
from index.disk import Disk, Stamp
from index.errors import TrichDanError
from index.generation import Generation
from index.generation.manifest import Manifest

_WORTH_IT = 2_000
"""Documents: fewer are segmented before another process has started."""


def check_parts(generation: Generation, subset: Subset, count: int | None) -> Iterator[Finding]:
    """Check some parts, and segment a number of their documents again.

    None stands for all, and for the codes of all vectors: making them again takes as long as making them.
    """
    looks: list[Look] = [
        ("documents", lambda: documents(generation, subset.positions(count))),
        ("vectors", lambda: vectors(generation, subset)),
        ("terms", lambda: terms_of_parts(generation, subset)),
    ]
    if count is None:
        looks.append(("vectors", lambda: codes(generation, subset)))
    yield from findings(looks)


class _Verified(NamedTuple):
    """A generation whose files have been verified, to be opened in another process."""

    folder: Path
    manifest: Manifest
    stamps: Mapping[str, Stamp]


@contextmanager
def part_findings(
    generation: Generation, subset: Subset, count: int | None, workers: int
) -> Iterator[Iterator[Finding]]:
    """Begin `check_parts`, in several processes if that pays off; what they find is waited for when read."""
    if workers < 2 or count is not None or len(subset.all_positions) < _WORTH_IT:
        yield check_parts(generation, subset, count)
        return
    # Spawned: a fork would inherit the threads and connections of this one half-way.
    context = multiprocessing.get_context("spawn")
    shared = _Verified(generation.folder, generation.manifest, dict(generation.stamps))
    with ProcessPoolExecutor(workers, context, _share, (shared,)) as pool:
        told = [pool.submit(_look, generation.manifest.parts[number].name) for number in subset.parts]
        yield (finding for one in told for finding in one.result())


_shared: list[_Verified] = []
_opened: list[Generation] = []


def _share(shared: _Verified) -> None:
    _shared[:] = [shared]


def _look(name: str) -> list[Finding]:
    (shared,) = _shared
    try:
        if not _opened:
            generation = Generation.open(
                shared.folder, shared.manifest, Disk(), ExitStack(), shared.stamps, spare=True
            )
            _opened.append(generation)
    except (TrichDanError, OSError) as error:  # changed since it was verified
        return [Finding("documents", f"cannot be read ({error})")]
    return list(check_parts(_opened[0], Subset.of(_opened[0], [name]), None))
