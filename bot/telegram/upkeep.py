"""What a running bot does beside answering: new generations and settings, old memories, being watched."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from typing import Final

from bot.system.process import give_back
from bot.telegram.greeting import say_hello
from bot.telegram.monitoring.monitor import Monitor, serve
from bot.telegram.services import Services
from bot.telegram.services.rereading import reread_settings
from bot.telegram.telegram_settings import TelegramSettings
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from index.errors import SettingsError, TrichDanError

_LOG: Final = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 5.0
_TIDY_EVERY_S: Final = 6 * 3600.0


@contextlib.contextmanager
def monitored(monitor: Monitor, settings: TelegramSettings) -> Iterator[None]:
    """Tell health and figures while the body runs, where the settings say at which address."""
    if settings.monitor is None:
        yield
        return
    try:
        end = serve(monitor, *settings.monitor)
    except SettingsError as error:  # the bot answers all the same; who watches it will notice
        _LOG.error("%s", error)
        yield
        return
    try:
        yield
    finally:
        end()


async def keep_up(services: Services, monitor: Monitor, hung_up: asyncio.Event) -> None:
    """Look every few seconds for a new generation, at a signal for settings; tidy up a few times a day."""
    loop, tidied = asyncio.get_running_loop(), float("-inf")
    while True:
        monitor.beat()
        if hung_up.is_set():
            hung_up.clear()
            await _reread(services)
        await _renew(services)
        await services.workers.run(give_back)  # what reading took for the last questions
        if loop.time() - tidied > _TIDY_EVERY_S:
            tidied = loop.time()
            services.state.tidy(services.settings.memory_days)
            await services.workers.run(services.unanswered.forget_old)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hung_up.wait(), _LOOK_EVERY_S)


async def _reread(services: Services) -> None:
    try:
        await services.workers.run(lambda: reread_settings(services))
    except TrichDanError as error:
        _LOG.error("the settings stay as they were: %s", translate(error, ENGLISH))


async def _renew(services: Services) -> None:
    live = services.live
    try:
        if not live.loaded:
            await services.workers.run(live.load)
            say_hello(services)
        else:
            await services.workers.run(live.refresh)
        await services.workers.run(services.paint)
    except TrichDanError as error:
        _LOG.log(logging.ERROR if live.loaded else logging.DEBUG, "%s", translate(error, ENGLISH))
    except Exception:
        _LOG.exception("looking for a new generation failed")
