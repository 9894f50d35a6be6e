"""Giving memory back: done where the C library can, and no matter where it cannot."""

import ctypes
import subprocess
import sys

import pytest

from bot.system.process import be_modest, be_sparing, give_back


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


@pytest.mark.parametrize(
    ("left", "status"), [("", 5), ("threading.Thread(target=lambda: time.sleep(60), daemon=True).start()", 4)]
)
def test_a_thread_that_is_left_behind_does_not_end_the_process(left: str, status: int) -> None:
    """What was written is there, and the status is the one that was meant; without one the end is as ever."""
    code = (
        f"import sys, threading, time\nfrom bot.system.process import end_past_threads\n{left}\n"
        "print('written')\nend_past_threads(4)\nsys.exit(5)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout) == (status, "written\n")
