"""Landlock, by its three system calls: a process opens only what is beneath some folders."""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_CREATE: Final = 444  # the same numbers on every architecture
_ADD: Final = 445
_RESTRICT: Final = 446
_VERSION_ONLY: Final = 1
_PATH_BENEATH: Final = 1
_O_PATH: Final = 0o10000000

_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
# How many bits of rights each version of the interface knows, from the first version on.
_RIGHTS_OF_FILES: Final = (13, 14, 15, 15, 16)
_RIGHTS_OF_NETS_SINCE: Final = 4  # connect and bind, of TCP
_SCOPES_SINCE: Final = 6  # signals, and sockets without a name in the file system
_BOTH: Final = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("nets", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def allow_only(folders: Iterable[Path]) -> None:
    """Restrict this process, for good, to reading what is beneath some folders, without connecting.

    `PR_SET_NO_NEW_PRIVS` has to be set.

    Raises:
        OSError: The kernel does not offer it, or refuses.
    """
    version = _call(_CREATE, None, 0, _VERSION_ONLY)
    rights = _RIGHTS_OF_FILES[min(version, len(_RIGHTS_OF_FILES)) - 1]
    rules = _Ruleset(
        (1 << rights) - 1,
        _BOTH if version >= _RIGHTS_OF_NETS_SINCE else 0,
        _BOTH if version >= _SCOPES_SINCE else 0,
    )
    size = 24 if version >= _SCOPES_SINCE else 16 if version >= _RIGHTS_OF_NETS_SINCE else 8
    ruleset = _call(_CREATE, ctypes.byref(rules), size, 0)
    try:
        for folder in folders:
            _allow(ruleset, folder)
        _call(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, folder: Path) -> None:
    try:
        opened = os.open(folder, _O_PATH | os.O_CLOEXEC | os.O_DIRECTORY)
    except OSError:  # it is not there, so nothing of it is needed
        return
    try:
        rule = _Beneath(_READ_FILE | _READ_FOLDER, opened)
        _call(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    longs = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    done = int(libc.syscall(ctypes.c_long(number), *longs))
    if done < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return done
