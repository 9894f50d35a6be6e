"""What a process that reads hostile files gives up for good, as far as the kernel allows without privileges.

Each measure stands alone, so that where one is refused the others hold.
"""

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Final

from index.sources.containment.children import LIBRARIES
from index.sources.containment.landlock import allow_only
from index.sources.containment.seccomp import refuse_the_rest

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_CAPBSET_DROP: Final = 24
_PR_SET_NO_NEW_PRIVS: Final = 38
_CAPABILITIES: Final = 64
_CAPABILITY_VERSION: Final = 0x20080522
_NEW_USER: Final = 0x10000000
# Others' mounts, names of the machine, messages and memory shared, control groups, and the network.
_NEW_OTHERS: Final = 0x00020000 | 0x04000000 | 0x08000000 | 0x02000000 | 0x40000000
_SYSTEM_LIBRARIES: Final = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
_OPEN_FILES: Final = 64


def contain(memory: int, seconds: int) -> tuple[str, ...]:
    """Give up what reading does not need; return the names, for people, of what could not be given up.

    The limits on memory (bytes), processor time, file sizes, processes and open files are hard. Afterwards
    the process can open libraries for reading and nothing else, has no network, and can neither change a
    file nor reach another process.
    """
    refused = [name for name, measure in _measures(memory, seconds) if not _holds(measure)]
    return tuple(refused)


def _measures(memory: int, seconds: int) -> list[tuple[str, Callable[[], None]]]:
    limits = [("limits", lambda: _limit(memory, seconds))]
    if sys.platform != "linux":
        return [*limits, ("every other protection (it is not Linux)", _refuse)]
    return [
        *limits,
        ("no new privileges", lambda: _prctl(_PR_SET_NO_NEW_PRIVS, 1)),
        ("an end with the program", lambda: _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)),
        ("memory of its own", lambda: _prctl(_PR_SET_DUMPABLE, 0)),
        ("namespaces", _part),
        ("no capabilities", _drop_capabilities),
        ("Landlock", lambda: allow_only(_libraries())),
        ("seccomp", refuse_the_rest),
    ]


def _holds(measure: Callable[[], None]) -> bool:
    try:
        measure()
    except (OSError, ValueError, AttributeError):
        return False
    return True


def _refuse() -> None:
    raise OSError


def _limit(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        hard = resource.getrlimit(what)[1]
        held = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (held, held))


def _libraries() -> list[Path]:
    """Return the folders of Python, of its libraries, of the system's, and of this package."""
    package = Path(__file__).resolve().parents[2]
    standard = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    installed = [entry for entry in sys.path if Path(entry).name in (*LIBRARIES, "lib-dynload")]
    named = [*standard, *installed, *_SYSTEM_LIBRARIES, f"{sys.base_prefix}/lib"]
    return [package, *(Path(name) for name in dict.fromkeys(named))]


def _part() -> None:
    """Go into namespaces of its own; a first one of users is what lets anybody make the others."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USER | _NEW_OTHERS) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def _drop_capabilities() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for number in range(_CAPABILITIES):  # those that there are: of others it is said that they are not
        libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0)
    none = (ctypes.c_uint32 * 6)()
    if libc.capset(ctypes.byref(_Header(_CAPABILITY_VERSION, 0)), ctypes.byref(none)) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
