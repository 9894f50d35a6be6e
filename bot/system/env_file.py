"""Who else can write the file of settings, and so decide what the program does."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line

import os
import stat
from pathlib import Path

from index.errors import Message

SYSTEM = 0
"""The user who may change everything anyway."""


def exposed(path: Path) -> Message | None:
    """Return a sentence that warns of a file of settings that others can change; None where they cannot.

    The folder counts too: anyone who can write there can replace the file, except in one like `/tmp`, where
    only owners can remove files.
    """
    try:
        file, folder = path.stat(), path.resolve().parent.stat()
    except OSError:  # there is none, or it cannot be read, which loading the settings reports
        return None
    if not stat.S_ISREG(file.st_mode):
        return None
    home = path.resolve().parent
    if file.st_mode & stat.S_IWOTH:
        return Message(
            "Everybody on this machine can change {name}, and so what this program does; run {command}.",
            name=path,
            command=f"`chmod o-w {path}`",
        )
    if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        return Message(
            "Everybody on this machine can replace {name}, and so change what this program does; run {command}.",
            name=path,
            command=f"`chmod o-w {home}`",
        )
    if file.st_uid not in (os.geteuid(), SYSTEM):
        return Message(
            "{name} belongs to another user, who decides what this program does; if that is not wanted, remove it.",
            name=path,
        )
    return None
