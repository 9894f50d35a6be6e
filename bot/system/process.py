"""What the process is to the system: its exit status, its memory, its threads."""

import contextlib
import ctypes
import logging
import os
import sys
import threading
from enum import IntEnum
from typing import Final

_MMAP_THRESHOLD: Final = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
_ARENA_MAX: Final = -8  # M_ARENA_MAX
_ARENAS: Final = 2
_LARGE: Final = 1 << 20
_PARTING_S: Final = 0.1


class Exit(IntEnum):
    """What the exit status tells a script or a supervisor."""

    DONE = 0
    FAULT = 1
    MISUSE = 2
    """A question, an option or a setting that cannot be used; for the bot also a token that was withdrawn."""
    NOT_FOUND = 3
    CONFLICT = 4
    """Another process polls Telegram with the same token."""
    INTERRUPTED = 130
    BROKEN_PIPE = 141


def be_modest() -> None:
    """Let threads share their heaps: by default each has one of its own, and what it frees stays there."""
    _ask_glibc("mallopt", _ARENA_MAX, _ARENAS)


def be_sparing() -> None:
    """Also return large blocks to the system as soon as they are freed, for work that briefly takes many.

    By default the library begins to keep them, and fragmented between small blocks they stay for good.
    """
    be_modest()
    _ask_glibc("mallopt", _MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Return freed memory to the system: reading a tokenizer or building an index needs much only briefly."""
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(name: str, *numbers: int) -> None:
    # Other C libraries have neither function, and need neither.
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), name)(*numbers)


def end_past_threads(status: int) -> None:
    """End the process at once where threads are left behind; without any, do nothing.

    A thread inside a library while the interpreter shuts down makes the library abort.
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_PARTING_S)
    if threading.active_count() > 1:
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_ASKED_FOR: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def one_thread_a_product() -> None:
    """Let OpenBLAS work in the thread that calls it, if the environment does not say otherwise.

    The products of one question are small. With one thread per core most of them wait, in a loop that keeps
    the core from other questions. Encoders of torch have threads of their own.
    """
    if not any(name in os.environ for name in _ASKED_FOR):
        os.environ[_ASKED_FOR[0]] = "1"
