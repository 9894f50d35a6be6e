"""One deadline for a whole fetch, enforced from outside the reading."""

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


class DeadlineExceededError(Exception):
    """It was not finished in time."""


class Deadline:
    """When a fetch has to be over, with all its requests.

    Args:
        seconds: From now on.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left; less than 0 where it has passed."""
        return self._end - time.monotonic()

    def put_off(self, seconds: float) -> None:
        """Grant more time, for a pause that somebody else asks for."""
        self._end += seconds

    def require(self, work: Callable[[], Result]) -> Result:
        """Return what `work` does, or raise what it raises, unless that takes too long.

        It runs in a thread of its own, which is waited for no longer than the deadline, whatever it does: the
        look-up of a name cannot be ended from outside, nor can a loop that reads a byte now and then. What is
        late is left to end by itself, and its result is lost.

        Raises:
            DeadlineExceededError: It took too long.
        """
        outcome: Future[Result] = Future()

        def run() -> None:
            try:
                outcome.set_result(work())
            except BaseException as error:
                outcome.set_exception(error)

        if self.left() <= 0:
            raise DeadlineExceededError
        Thread(target=run, name="fetch", daemon=True).start()
        wait([outcome], timeout=max(0.0, self.left()))
        if not outcome.done():
            raise DeadlineExceededError
        return outcome.result()
