"""What is said at startup: the owner's line in the log, and commands and descriptions for Telegram."""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from telegram.error import TelegramError

from bot.telegram.services import Services
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.calls import Place
from bot.telegram.transport.faults import classify

_LOG: Final = logging.getLogger(__name__)


def say_hello(services: Services) -> None:
    """Log the start-up line: everything an owner wants to see, and never the token."""
    settings = services.settings
    mode = "webhook" if settings.webhook else "polling"
    access = (
        "open" if settings.open_access else f"{len(settings.owners)} owners, {len(settings.allowed)} allowed"
    )
    server = urlsplit(settings.api_url).netloc
    if not services.live.loaded:
        _LOG.info("@%s: no collection yet; access: %s; %s at %s", services.me.username, access, mode, server)
        return
    with services.live.reading() as live:
        generation = live.generation
        _LOG.info(
            "@%s: encoder %s; documents %d, sentences %d, newest %s; access: %s; %s at %s",
            services.me.username,
            live.encoder,
            generation.documents,
            generation.sentences,
            generation.newest or "unknown",
            access,
            mode,
            server,
        )


async def publish(api: TelegramApi, services: Services) -> None:
    """Tell Telegram the commands and descriptions, per language; what fails is retried at the next start."""
    for code, texts in services.texts.items():
        language = "" if code == "en" else code
        calls = [
            api.set_commands(dict(texts.commands), "private", language),
            api.set_commands({name: texts.commands[name] for name in ("ask", "help")}, "group", language),
            api.set_descriptions(texts.description, texts.short_description, language),
        ]
        for owner in sorted(services.settings.owners):
            calls.append(api.set_commands(dict(texts.commands) | dict(texts.owner_commands), owner, language))
        for call in calls:
            try:
                await call
            except TelegramError as error:
                _LOG.debug("commands: %s", classify(error))


def tell_of_damage(services: Services) -> None:
    """Tell the owners that the bot's memory was damaged: at the start, and whenever it is found to be."""
    telling: set[asyncio.Task[None]] = set()

    async def tell() -> None:
        for owner in sorted(services.settings.owners):
            await services.say(
                Place(owner), services.texts[services.state.language(owner) or "vi"].memory_lost
            )

    def begin() -> None:
        task = asyncio.get_running_loop().create_task(tell())
        telling.add(task)
        task.add_done_callback(telling.discard)

    services.state.when_damaged(begin)
    if services.state.damages:
        begin()
