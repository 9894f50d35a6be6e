"""Settings that are read again while the bot runs."""

import logging
from dataclasses import replace
from typing import Final

from bot.telegram.access import Access
from bot.telegram.services.services import Services
from bot.telegram.telegram_settings import OF_THE_START

_LOG: Final = logging.getLogger(__name__)


def reread_settings(services: Services) -> None:
    """Take up what the settings say now of access and limits; blocks, so it is run in a worker.

    Token, server, webhook and folders are those of the start, and whom owners have let in stays in.

    Raises:
        SettingsError: They cannot be used; the former hold.
    """
    if services.reread is None:
        return
    told, now = services.reread(), services.settings
    services.settings = replace(told, **{name: getattr(now, name) for name in OF_THE_START})
    services.access = replace(Access.of(services.settings), guests=services.access.guests)
    _LOG.info("settings read again: %d owners, %d allowed", len(told.owners), len(told.allowed))
