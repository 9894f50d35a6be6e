"""Where a message goes, what is done before it is sent, and by which clock. No I/O here."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass

# Called before anything leaves: from here on the update that a task works on must not be begun again.
before_sending: ContextVar[Callable[[], None] | None] = ContextVar("before_sending", default=None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a chat, a topic of it, and the message that it answers."""

    chat: int
    reply_to: int | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and waiting; tests substitute their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
