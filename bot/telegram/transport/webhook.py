"""The listening side of a webhook: a small, strict HTTP server for one path, one caller and one secret.

It stands behind a proxy that speaks https. Nothing of a body is read before the secret was right, and no more
than a mebibyte then; the secret is compared in constant time and never logged.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import h11

from bot.telegram.telegram_settings import Webhook
from bot.telegram.updates.reading import numbered

_LOG: Final = logging.getLogger(__name__)

_LARGEST: Final = 1 << 20
_BODY_S: Final = 10.0
_HEAD_S: Final = 5.0  # before the secret was right once
_IDLE_S: Final = 75.0
_MOST_CONNECTIONS: Final = 100
_MOST_HEADERS: Final = 16 << 10
_READ: Final = 1 << 16
_SECRET: Final = b"x-telegram-bot-api-secret-token"


class _Refused(Exception):  # noqa: N818 - says what is the case
    """The request gets this status and the connection ends."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(slots=True, eq=False)
class _Caller:
    """One connection: whether it has shown the secret, and since when nothing has been heard of it."""

    task: asyncio.Task[Any]
    trusted: bool = False
    silent_since: float | None = 0.0


@dataclass(slots=True)
class Listener:
    """Take updates over HTTP; each is handed on before it is acknowledged.

    Attributes:
        settings: Where to listen, the path and the secret.
        hand_on: Takes an update as Telegram sent it; False when there is no room, and Telegram tries later.

    """

    settings: Webhook
    hand_on: Callable[[dict[str, Any]], Awaitable[bool]]
    _open: set[_Caller] = field(default_factory=set)

    async def start(self) -> asyncio.Server:
        """Listen; beyond the bound, a silent connection makes room for a new one."""
        return await asyncio.start_server(
            self._connected, self.settings.host, self.settings.port, limit=_READ
        )

    async def close(self) -> None:
        """End what is still connected."""
        tasks = [caller.task for caller in self._open]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or not self._make_room():
            writer.close()
            return
        caller = _Caller(task)
        self._open.add(caller)
        try:
            await self._talk(caller, reader, writer)
        except (OSError, TimeoutError, asyncio.CancelledError, h11.RemoteProtocolError):
            pass  # the other side is gone, slow or no HTTP; there is nobody to tell
        except Exception:
            _LOG.exception("the webhook failed")
        finally:
            self._open.discard(caller)
            writer.close()

    def _make_room(self) -> bool:
        """Tell whether another connection may come, ending one that holds a place and says nothing.

        Those that never showed the secret go first, and of those the one that has been silent longest.
        """
        if len(self._open) < _MOST_CONNECTIONS:
            return True
        silent = [
            (each.trusted, each.silent_since, each) for each in self._open if each.silent_since is not None
        ]
        if not silent:
            return False
        caller = min(silent, key=lambda each: each[:2])[2]
        self._open.discard(caller)
        caller.task.cancel()
        return True

    async def _talk(
        self, caller: _Caller, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve the requests of one connection."""
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_MOST_HEADERS)
        while True:
            caller.silent_since = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(_IDLE_S if caller.trusted else _HEAD_S):
                    event = await _next(connection, reader)
                if not isinstance(event, h11.Request):
                    return
                self._check(event)
                caller.trusted, caller.silent_since = True, None
                status = await self._serve(connection, reader)
            except _Refused as refusal:
                await _reply(connection, writer, refusal.status, close=True)
                return
            except h11.RemoteProtocolError as error:
                status = HTTPStatus(error.error_status_hint)
                if connection.our_state in (h11.IDLE, h11.SEND_RESPONSE):
                    await _reply(connection, writer, status, close=True)
                return
            await _reply(connection, writer, status)
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return
            connection.start_next_cycle()

    async def _serve(self, connection: h11.Connection, reader: asyncio.StreamReader) -> HTTPStatus:
        try:
            async with asyncio.timeout(_BODY_S):
                body = await _body(connection, reader)
        except TimeoutError:
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT) from None
        try:
            update = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        if numbered(update) is None:
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.OK if await self.hand_on(update) else HTTPStatus.TOO_MANY_REQUESTS

    def _check(self, request: h11.Request) -> None:
        """Refuse whatever is not Telegram's call, before its body is read."""
        headers = [(name.lower(), value) for name, value in request.headers]
        given = [value for name, value in headers if name == _SECRET]
        wanted = self.settings.secret.get_secret_value().encode()
        if len(given) != 1 or not hmac.compare_digest(given[0], wanted):
            raise _Refused(HTTPStatus.FORBIDDEN)
        if request.target.split(b"?")[0] != (urlsplit(self.settings.url).path or "/").encode():
            raise _Refused(HTTPStatus.NOT_FOUND)
        if request.method != b"POST":
            raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED)
        kinds = [value.split(b";")[0].strip().lower() for name, value in headers if name == b"content-type"]
        if kinds != [b"application/json"]:
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        lengths = [value for name, value in headers if name == b"content-length"]
        if lengths and int(lengths[0]) > _LARGEST:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


async def _next(connection: h11.Connection, reader: asyncio.StreamReader) -> object:
    while True:
        event = connection.next_event()
        if event is not h11.NEED_DATA:
            return event
        connection.receive_data(await reader.read(_READ))


async def _body(connection: h11.Connection, reader: asyncio.StreamReader) -> bytes:
    parts, size = [], 0
    while isinstance(event := await _next(connection, reader), h11.Data):
        size += len(event.data)
        if size > _LARGEST:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        parts.append(bytes(event.data))
    if not isinstance(event, h11.EndOfMessage):
        raise ConnectionResetError
    return b"".join(parts)


async def _reply(
    connection: h11.Connection, writer: asyncio.StreamWriter, status: HTTPStatus, *, close: bool = False
) -> None:
    headers = [(b"Content-Length", b"0")] + ([(b"Connection", b"close")] if close else [])
    writer.write(connection.send(h11.Response(status_code=int(status), headers=headers)) or b"")
    writer.write(connection.send(h11.EndOfMessage()) or b"")
    async with asyncio.timeout(_BODY_S):
        await writer.drain()
