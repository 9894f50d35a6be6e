"""Who else may write the file of settings: whoever does decides what the program does."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line

import os
import stat
from pathlib import Path

SYSTEM = 0
"""The user who may change everything anyway."""


def exposed(path: Path) -> str | None:
    """Return one sentence that warns of a file of settings that others can change; None where they cannot.

    The folder counts as well: who can write there puts another file in its place, unless it is one like
    `/tmp`, in which everybody keeps their own.
    """
    try:
        file, folder = path.stat(), path.resolve().parent.stat()
    except OSError:  # there is none, or it cannot be read, which the settings will tell
        return None
    if not stat.S_ISREG(file.st_mode):
        return None
    home = path.resolve().parent
    if file.st_mode & stat.S_IWOTH:
        message = f"Everybody on this machine can change {path}, and so what this program does; run `chmod o-w {path}`."
    elif folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        message = f"Everybody on this machine can replace {path}, and so change what this program does; run `chmod o-w {home}`."
    elif file.st_uid not in (os.geteuid(), SYSTEM):
        message = f"{path} belongs to another user, who decides what this program does; if that is not wanted, remove it."
    else:
        return None
    return message
