"""Threads for the work that would block the event loop; a stuck one cannot hold up the end of the process."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final, TypeVar

T = TypeVar("T")
_GRACE_S: Final = 2.0
_LONG_S: Final = 0.2


class Workers:
    """A few daemon threads and a bounded line in front of them; used from one event loop.

    One thread computes, and goes on with the next job by itself: several would only take the interpreter from
    each other, and from the loop. Where a job takes longer than `_LONG_S`, it waits for something or hangs,
    and another thread goes on beside it.

    `concurrent.futures` joins its threads when the interpreter ends, so that one hanging question would keep
    the process from ending; these are left behind.
    """

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._most = threads + most_waiting
        self._taken = 0
        self._ended = False
        self._jobs: deque[Callable[[], None]] = deque()
        self._begun: dict[threading.Thread, float] = {}
        self._changed = threading.Condition()
        self._looking: asyncio.TimerHandle | None = None
        self._threads = [
            threading.Thread(target=self._work, name=f"answering-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def full(self) -> bool:
        """Whether a further job would have to wait too long."""
        return self._taken >= self._most

    @property
    def waiting(self) -> int:
        """How many jobs wait for a thread."""
        return len(self._jobs)

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

        with self._changed:
            self._jobs.append(carry_out)
            self._see_to_it(loop)
        return await outcome

    @property
    def ended(self) -> bool:
        """Whether the end has begun: a long job may stop where it is."""
        return self._ended

    def close(self, grace_s: float = _GRACE_S) -> None:
        """Let threads end; what is busy for longer than a moment ends with the process.

        A library that computes while the process ends takes it down with a signal, so it is waited for.
        """
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        if self._looking is not None:
            self._looking.cancel()
        until = time.monotonic() + grace_s
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0.0))

    def _see_to_it(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wake a thread unless one computes, and look again later whether it still does."""
        if self._may_begin():
            self._changed.notify()
        if self._looking is None:
            self._looking = loop.call_later(_LONG_S, self._look_again, loop)

    def _look_again(self, loop: asyncio.AbstractEventLoop) -> None:
        self._looking = None
        with self._changed:
            if self._jobs:
                self._see_to_it(loop)

    def _may_begin(self) -> bool:
        """Tell whether something is to be done and nobody but stuck threads is at it."""
        newest = max(self._begun.values(), default=float("-inf"))
        return bool(self._jobs) and newest < time.monotonic() - _LONG_S

    def _work(self) -> None:
        me = threading.current_thread()
        while True:
            with self._changed:
                self._begun.pop(me, None)
                self._changed.wait_for(lambda: self._ended or self._may_begin())
                if self._ended:
                    return
                job = self._jobs.popleft()
                self._begun[me] = time.monotonic()
            job()


def _outcome(job: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return job(), None
    except BaseException as error:
        return None, error
