"""Threads for the work that would block the event loop; a stuck one cannot hold up the end of the process."""

import asyncio
import contextlib
import math
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

T = TypeVar("T")
_STOP: Final = None
_LONG_S: Final = 0.2


class Workers:
    """A few daemon threads and a bounded line in front of them.

    `concurrent.futures` joins its threads when the interpreter ends, so that one hanging question would keep
    the process from ending; these are left behind.
    """

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = threads
        self._most = threads + most_waiting
        self._taken = 0
        self._turns = _Turns()
        for number in range(threads):
            threading.Thread(target=self._work, name=f"answering-{number}", daemon=True).start()

    @property
    def full(self) -> bool:
        """Whether a further job would have to wait too long."""
        return self._taken >= self._most

    async def run(self, job: Callable[[], T]) -> T:
        """Run a job in a thread and return its outcome; cancelling stops the waiting, not the job."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()
        self._taken += 1

        def settle(result: T | None, error: BaseException | None) -> None:
            self._taken -= 1
            if outcome.done():
                return
            if error is not None:
                outcome.set_exception(error)
            else:
                outcome.set_result(result)  # type: ignore[arg-type]  # None only where T allows it

        def carry_out() -> None:
            if outcome.cancelled():
                result: Any = None
                error: BaseException | None = None
            else:
                result, error = _outcome(job)
            try:
                loop.call_soon_threadsafe(settle, result, error)
            except RuntimeError:
                return  # the loop has ended; nobody waits

        self._jobs.put(carry_out)
        return await outcome

    def close(self) -> None:
        """Let idle threads end; busy ones end with the process."""
        for _ in range(self._threads):
            self._jobs.put(_STOP)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not _STOP:
            with self._turns.one():
                job()


class _Turns:
    """One job computes at a time: several would only take the interpreter from each other, and from the loop.

    A job that goes on for longer than `_LONG_S` waits for something else, or hangs: it holds nobody up.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._begun: dict[object, float] = {}

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        me = object()
        with self._changed:
            while (wait := max(self._begun.values(), default=-math.inf) + _LONG_S - time.monotonic()) > 0:
                self._changed.wait(wait)
            self._begun[me] = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                del self._begun[me]
                self._changed.notify()


def _outcome(job: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return job(), None
    except BaseException as error:
        return None, error
