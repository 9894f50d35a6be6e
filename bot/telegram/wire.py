"""HTTP to the Bot API, and the library's client on top of it."""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.telegram.faults import Flood
from bot.telegram.settings import TelegramSettings


class Wire(HTTPXRequest):
    """HTTP, with "too many requests" raised here: the base class makes a network error of some of it.

    Requests beyond `at_once` wait outside of the connection pool, where waiting would cost time that grows
    with the square of their number.
    """

    def __init__(self, at_once: int = 8, **kwargs: Any) -> None:  # noqa: ANN401 - passed through
        super().__init__(connection_pool_size=at_once, **kwargs)
        self._room = asyncio.Semaphore(at_once)

    @property
    def crowded(self) -> bool:
        """Whether requests are waiting for each other."""
        return self._room.locked()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed through
        """Perform the request; see the base class."""
        async with self._room:
            code, payload = await super().do_request(*args, **kwargs)
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flood(_told_to_wait(payload))
        return code, payload


def _told_to_wait(payload: bytes) -> int:
    """Read from a refusal how many seconds to wait; 1 where it does not say."""
    try:
        return max(int(json.loads(payload)["parameters"]["retry_after"]), 1)
    except (ValueError, KeyError, TypeError):
        return 1


class QuietBot(Bot):
    """A bot whose repr does not carry its token."""

    def __repr__(self) -> str:
        return "QuietBot(…)"

    __str__ = __repr__


def make_bot(settings: TelegramSettings, wire: Wire, polling: Wire) -> Bot:
    """Return the client of the library."""
    base = settings.api_url.rstrip("/")
    return QuietBot(
        token=settings.secret_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=wire,
        get_updates_request=polling,
    )
