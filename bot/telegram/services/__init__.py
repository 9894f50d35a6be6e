"""What every handler needs, in one value, and what they do alike."""

from bot.telegram.services.failures import LOG, log_failure
from bot.telegram.services.portrait import Portrait
from bot.telegram.services.services import STEP, TOP, LaidOutAnswer, Services

__all__ = ["LOG", "STEP", "TOP", "LaidOutAnswer", "Portrait", "Services", "log_failure"]
