"""Watching files and folders; the only door to watchfiles."""

from collections.abc import Iterator, Sequence
from pathlib import Path

_QUIET_MS = 1_500  # who copies a folder is given so long to end


def changes(paths: Sequence[Path]) -> Iterator[None]:
    """Yield at once, and then whenever something in `paths` was made, changed or removed, until Ctrl-C."""
    from watchfiles import watch

    yield
    for _ in watch(*paths, step=_QUIET_MS, debounce=20 * _QUIET_MS, raise_interrupt=True):
        yield
