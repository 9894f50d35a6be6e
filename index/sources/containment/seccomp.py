"""A filter of system calls, in the kernel's own machine language: what is not listed fails with EPERM.

Only what a single process needs to compute, to use the pipes that it has, and to load libraries: nothing that
opens a file for writing, connects, starts or signals a process, changes a file, or lifts a limit.
"""

import ctypes
import os
import platform
import struct
from typing import Final, NamedTuple


class _Machine(NamedTuple):
    """What a system call is called by, on one architecture.

    Attributes:
        audit: How the kernel names the architecture.
        allowed: Numbers of the calls that are allowed whatever their arguments.
        opening: Call → which of its arguments holds how a file is to be opened.
        limiting: The call that reads limits, or sets them where its third argument is given.
    """

    audit: int
    allowed: tuple[int, ...]
    opening: dict[int, int]
    limiting: int


_MACHINES: Final = {
    # read write close stat fstat lstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask
    # rt_sigreturn pread64 readv writev access sched_yield mremap madvise getpid exit uname getcwd readlink
    # gettimeofday getrlimit getrusage sysinfo times getuid getgid geteuid getegid getppid sigaltstack gettid
    # futex sched_getaffinity getdents64 set_tid_address clock_gettime clock_getres clock_nanosleep exit_group
    # newfstatat readlinkat faccessat set_robust_list getrandom statx rseq faccessat2 membarrier nanosleep
    "x86_64": _Machine(
        0xC000003E,
        (0, 1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 24, 25, 28, 39, 60, 63, 79, 89, 96,
         97, 98, 99, 100, 102, 104, 107, 108, 110, 131, 186, 202, 204, 217, 218, 228, 229, 230, 231,
         262, 267, 269, 273, 318, 332, 334, 439, 324, 35),
        {2: 1, 257: 2},
        302,
    ),
    "aarch64": _Machine(
        0xC00000B7,
        (63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 172, 93, 160, 17,
         169, 163, 165, 179, 153, 174, 176, 175, 177, 173, 132, 178, 98, 123, 61, 96, 113, 114, 115, 94,
         79, 78, 48, 99, 278, 291, 293, 439, 283, 101),
        {56: 2},
        261,
    ),
}  # fmt: skip

_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_LOAD: Final = 0x20  # a word of what the kernel tells of the call
_EQUAL: Final = 0x15
_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 1  # EPERM
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse_the_rest() -> None:
    """Restrict this process, for good, to the system calls that reading needs.

    `PR_SET_NO_NEW_PRIVS` has to be set.

    Raises:
        OSError: The kernel does not offer it, or the architecture is none that is known here.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(f"no list of system calls for {platform.machine()}")
    code = _program(machine)
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(code) // 8, code)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def _program(machine: _Machine) -> bytes:
    """Return the filter; jumps count instructions that are left out, if so and if not."""
    code = [
        _step(_LOAD, _ARCHITECTURE), _step(_EQUAL, machine.audit, 1, 0), _step(_RETURN, _REFUSE),
        _step(_LOAD, _NUMBER),
    ]  # fmt: skip
    for number in machine.allowed:
        code += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    for number, argument in machine.opening.items():
        code += [
            _step(_EQUAL, number, 0, 4), _step(_LOAD, _ARGUMENTS + 8 * argument),
            _step(_ANY_BIT, _WRITING, 0, 1), _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW),
        ]  # fmt: skip
    # Reading a limit gives no new one (third argument, two words) and is of no other process (the first).
    words = [_ARGUMENTS, _ARGUMENTS + 16, _ARGUMENTS + 20]
    code.append(_step(_EQUAL, machine.limiting, 0, 3 * len(words) + 1))
    for word in words:
        code += [_step(_LOAD, word), _step(_EQUAL, 0, 1, 0), _step(_RETURN, _REFUSE)]
    code += [_step(_RETURN, _ALLOW), _step(_RETURN, _REFUSE)]
    return b"".join(code)


def _step(operation: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("<HBBI", operation, if_so, if_not, value)
