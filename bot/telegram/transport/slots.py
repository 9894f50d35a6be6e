"""Room for a number of updates at once; one that waits for a chat or a person gives its place back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Final

_AT_ONCE: Final = 256
_MOST_OUTSIDE: Final = 2000


class Slots:
    """The slots that updates are worked on in, each held by a task; used from one event loop.

    A task that waits for a chat's turn, or for the update before its own, holds none: others could not begin.
    So that those are bounded, too, from `most_outside` on they keep their slots and the fetching waits.
    """

    def __init__(self, at_once: int = _AT_ONCE, most_outside: int = _MOST_OUTSIDE) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most_outside = most_outside
        self._outside = 0
        self._holding: set[asyncio.Task[Any]] = set()

    async def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin some work as a task with a slot, once there is one."""
        try:
            await self._free.acquire()
        except BaseException:
            work.close()
            raise
        task = asyncio.create_task(work)
        self._holding.add(task)
        task.add_done_callback(self._leave)
        return task

    @contextlib.asynccontextmanager
    async def given_back(self) -> AsyncIterator[None]:
        """Let others have the slot of this task while the body waits; afterwards take one again.

        A task that is cancelled while it waits ends without one. One that has none, as what a task begins on
        its side, just waits.
        """
        task = asyncio.current_task()
        if task is None or task not in self._holding or self._outside >= self._most_outside:
            yield
            return
        self._leave(task)
        self._outside += 1
        try:
            yield
        finally:
            self._outside -= 1
        await self._free.acquire()
        self._holding.add(task)

    def _leave(self, task: asyncio.Task[Any]) -> None:
        if task in self._holding:
            self._holding.discard(task)
            self._free.release()
