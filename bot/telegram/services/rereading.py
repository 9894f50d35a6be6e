"""Settings that are read again while the bot runs."""

import logging
from dataclasses import replace
from typing import Final

from bot.telegram.access import Access
from bot.telegram.services.recent_answers import RecentAnswers
from bot.telegram.services.services import Services
from bot.telegram.telegram_settings import OF_THE_START

_LOG: Final = logging.getLogger(__name__)


def reread_settings(services: Services) -> bool:
    """Take up what the settings say now; tell whether another generation answers. Blocks: for a worker.

    What `OF_THE_START` names is that of the start, and whom owners have let in stays in.

    Raises:
        TrichDanError: They cannot be used, or the collection cannot be opened by them; the former hold.
    """
    if services.reread is None:
        return False
    told, now = services.reread(), services.settings
    fresh = services.live.refresh(anew=True)
    services.recent = RecentAnswers()  # by the former settings
    services.settings = replace(told, **{name: getattr(now, name) for name in OF_THE_START})
    services.access = replace(Access.of(services.settings), guests=services.access.guests)
    services.unanswered.keep(told.unanswered_days, told.unanswered_names)
    _LOG.info("settings read again: %d owners, %d allowed", len(told.owners), len(told.allowed))
    return fresh
