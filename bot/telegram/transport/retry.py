"""Calls that are repeated until Telegram answers; at the start, and before updates arrive."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from telegram.error import TelegramError

from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.api import TelegramApi, connected
from bot.telegram.transport.faults import Fault, classify, pause
from bot.telegram.transport.polling import TokenRefused
from bot.telegram.updates.values import Me

_LOG: Final = logging.getLogger(__name__)

T = TypeVar("T")
_SHORTEST_S: Final = 0.5
_LONGEST_S: Final = 30.0
_MOST_DOUBLED: Final = 8
_AWAY: Final = (
    "Telegram cannot be reached (%s), next try in %.1f s; if this goes on, see to the network, HTTPS_PROXY "
    "and TRICHDAN_TELEGRAM_API_URL"
)


async def until_done(call: Callable[[], Awaitable[T]]) -> T:
    """Repeat a harmless call until it succeeds, backing off.

    Raises:
        TokenRefused: It never will.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return await call()
        except TelegramError as error:
            fault = classify(error)
            if fault is Fault.TOKEN:
                raise TokenRefused from None
            wait = pause(fault, error, min(attempt, _MOST_DOUBLED))
            wait = min(max(wait, _SHORTEST_S), _LONGEST_S)
            _LOG.warning(_AWAY, fault, wait)
            await asyncio.sleep(wait)


async def who_am_i(api: TelegramApi) -> Me:
    """Ask who we are, again and again while Telegram is away.

    Raises:
        TokenRefused: The token is not accepted.
    """
    user = await until_done(api.bot.get_me)
    return Me(user.id, user.username or "", bool(user.supports_inline_queries))


async def tried_once(settings: TelegramSettings) -> Me | Fault:
    """Ask once who we are, and return why that did not work where it did not."""
    async with connected(settings) as api:
        try:
            user = await api.bot.get_me()
        except TelegramError as error:
            return classify(error)
    return Me(user.id, user.username or "", bool(user.supports_inline_queries))
