"""The other end of the bot's requests, in the same process: what arrives is scripted, the library is real."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import aiohttp

from bot.telegram.transport.http import QuietBot, Wire
from tests.telegram.server import TOKEN


@dataclass(frozen=True)
class Reply:
    """What a server answers."""

    status: int
    body: bytes

    async def read(self) -> bytes:
        """Return the body."""
        return self.body


def says(content: object, status: int = 200) -> Reply:
    """Answer with JSON."""
    return Reply(status, json.dumps(content).encode())


Handle = Callable[[str, dict[str, Any]], Awaitable[Reply]]


@dataclass(frozen=True)
class _Session:
    """Stands for `aiohttp.ClientSession`."""

    handle: Handle

    @asynccontextmanager
    async def request(self, method: str, url: str, **given: Any) -> AsyncIterator[Reply]:  # noqa: ANN401
        assert method == "POST"
        yield await self.handle(url.rsplit("/", 1)[1], given["json"] or {})

    async def close(self) -> None:
        """Do nothing."""


class ScriptedWire(Wire):
    """A wire whose requests are answered by a function, which may raise aiohttp's errors."""

    def __init__(self, handle: Handle) -> None:
        super().__init__()
        self._handle = handle

    def open_session(self) -> aiohttp.ClientSession:
        """Return the function as a session."""
        return cast("aiohttp.ClientSession", _Session(self._handle))


def scripted_bot(handle: Handle) -> tuple[QuietBot, ScriptedWire, ScriptedWire]:
    """Make the library's client with its two wires."""
    wires = ScriptedWire(handle), ScriptedWire(handle)
    return QuietBot(TOKEN, request=wires[0], get_updates_request=wires[1]), *wires
