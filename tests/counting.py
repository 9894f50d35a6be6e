"""How much work a text makes: counted calls, which no busy machine changes."""

import sys
from collections.abc import Callable
from types import FrameType


def repeated(unit: str, length: int) -> str:
    """Return the unit over and over, to a length."""
    return (unit * (length // len(unit) + 1))[:length]


def calls(work: Callable[[str], object], text: str) -> int:
    """Return how many function calls, of Python and of C, some work takes."""
    count = 0

    def tally(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return count
