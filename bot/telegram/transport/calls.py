"""The calls that are sent under the policy, where a message goes, and by which clock. No I/O here."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.telegram.messages.keyboards import Keyboard
from bot.telegram.messages.pieces import Piece
from bot.telegram.transport.api import InlineResult

# Called before anything leaves: from here on the update that a task works on must not be begun again.
before_sending: ContextVar[Callable[[], None] | None] = ContextVar("before_sending", default=None)


class Api(Protocol):
    """The calls that are sent under the policy; `TelegramApi` makes them."""

    @property
    def crowded(self) -> bool:
        """Whether requests are waiting for each other."""

    async def send(
        self, chat: int, piece: Piece, keyboard: Keyboard, reply_to: int | None, thread: int | None
    ) -> int:
        """Send a message and return its id."""

    async def edit(self, chat: int, message: int, piece: Piece, keyboard: Keyboard) -> None:
        """Change a message."""

    async def edit_keyboard(self, chat: int, message: int, keyboard: Keyboard) -> None:
        """Change a keyboard."""

    async def delete(self, chat: int, message: int) -> None:
        """Delete a message."""

    async def typing(self, chat: int, thread: int | None) -> None:
        """Show that the bot is at work."""

    async def react(self, chat: int, message: int, sign: str) -> None:
        """Set a reaction below a message."""

    async def answer_callback(self, query: str, text: str | None, alert: bool) -> None:
        """End the spinner of a button."""

    async def answer_inline(
        self,
        query: str,
        results: list[InlineResult],
        cache_s: int,
        personal: bool,
        button: tuple[str, str] | None,
    ) -> None:
        """Show inline results."""

    async def fetch(self, file: str, path: Path) -> None:
        """Fetch a file that was sent to the bot."""


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
