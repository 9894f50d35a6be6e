"""Watching files and folders; the only door to watchfiles."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_QUIET_MS = 1_500  # time for a copied folder to be complete


def changes(paths: Sequence[Path]) -> Iterator[None]:
    """Yield at once, and then whenever something in `paths` was made, changed or removed, until Ctrl-C.

    What is removed as a whole and put back, like a disk or a file saved by many editors, is watched again.
    Changes made while a change is being handled are not missed.
    """
    changed = True
    while True:
        held = _held(paths)
        for told in _watched([path for path, identity in zip(paths, held, strict=True) if identity]):
            if told or changed:
                yield
            changed = _held(paths) != held
            if changed:
                break


def _watched(paths: Sequence[Path]) -> Iterator[bool]:
    """Yield repeatedly whether something has changed; endless."""
    from watchfiles import watch

    try:
        while not paths:
            time.sleep(_QUIET_MS / 1_000)
            yield False
        for told in watch(
            *paths,
            step=_QUIET_MS,
            debounce=20 * _QUIET_MS,
            rust_timeout=_QUIET_MS,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            yield bool(told)
    except FileNotFoundError:  # gone since it was seen
        yield False


def _held(paths: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Return what is at each path, None for nothing."""
    return [_identity(path) for path in paths]


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
