"""Stamps of verified files, so that not every start reads every byte again.

A file is recognised by its size, times, inode and device. What changes bytes without touching any of these, a
failing disk above all, is found by `trichdan index check`, which reads everything.
"""

import json
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from index.disk import Disk, Stamp

SUFFIX = ".verified"
_LIMIT = 1 << 24
SETTLED_NS = 2_000_000_000
"""Minimum age of the last change of a file: a second change within the clock's resolution would not show."""


def recall(disk: Disk, path: Path) -> dict[str, Stamp]:
    """Return what was remembered, nothing where it is damaged or was never written."""
    try:
        told = json.loads(disk.read(path, _LIMIT))
        found = {name: Stamp(*numbers) for name, numbers in told.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return found


def remember(
    disk: Disk, path: Path, stamps: Mapping[str, Stamp], hidden: str, settled: int = SETTLED_NS
) -> None:
    """Keep the stamps of files that have just been verified; a folder that cannot be written keeps none."""
    before = time.time_ns() - settled
    old = {name: stamp for name, stamp in stamps.items() if max(stamp.modified, stamp.changed) <= before}
    if not old:
        return
    new = path.with_name(f"{hidden}verified-{secrets.token_hex(4)}")
    with suppress(OSError):
        disk.write(new, json.dumps(old).encode())
        disk.rename(new, path)
