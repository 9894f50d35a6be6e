"""Files and folders that hold what people asked: for their owner's eyes only, from before the first byte."""

import os
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077


def private_folder(path: Path) -> None:
    """Make a folder private to its owner, whether or not it exists."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & _OTHERS:
        path.chmod(0o700)


def private_file(path: Path, flags: int = os.O_WRONLY) -> int:
    """Open a file that only its owner may read, making it where there is none; return its descriptor.

    `flags` are those of `os.open`.
    """
    descriptor = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.fstat(descriptor).st_mode & _OTHERS:
        os.fchmod(descriptor, 0o600)
    return descriptor
