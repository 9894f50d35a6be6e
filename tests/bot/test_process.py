"""Giving memory back: done where the C library can, and no matter where it cannot."""

import ctypes

import pytest

from bot.process import be_modest, be_sparing, give_back


def test_memory_is_given_back() -> None:
    """The C library of this machine is asked, and says nothing."""
    be_modest()
    be_sparing()
    give_back()


@pytest.mark.parametrize("library", [object(), None])
def test_other_libraries_are_left_alone(library: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such function, or no library to ask, nothing happens."""

    def open_library(_: object) -> object:
        if library is None:
            raise OSError
        return library

    monkeypatch.setattr(ctypes, "CDLL", open_library)
    be_modest()
    be_sparing()
    give_back()
