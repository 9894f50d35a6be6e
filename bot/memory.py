"""Memory that is free within the process and not yet for others; a matter of the C library."""

import contextlib
import ctypes
from typing import Final

_ARENA_MAX: Final = -8  # M_ARENA_MAX of glibc's malloc.h
_ARENAS: Final = 2


def be_modest() -> None:
    """Let threads share their heaps: by default each has one of its own, and what it frees stays there."""
    _ask_glibc("mallopt", _ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give back what was freed: reading a tokenizer or building an index takes much for a moment only."""
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(name: str, *numbers: int) -> None:
    # Other C libraries have neither function, and need neither.
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), name)(*numbers)
