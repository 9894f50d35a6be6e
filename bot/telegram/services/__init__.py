"""What every handler needs, in one value, and what they do alike."""

from bot.telegram.services.failures import log_failure
from bot.telegram.services.laid_out import COLLECTION, ONLY_QUOTES, STEP, TOP, LaidOutAnswer
from bot.telegram.services.portrait import Portrait
from bot.telegram.services.services import Services

__all__ = [
    "COLLECTION", "ONLY_QUOTES", "STEP", "TOP", "LaidOutAnswer", "Portrait", "Services", "log_failure",
]  # fmt: skip
