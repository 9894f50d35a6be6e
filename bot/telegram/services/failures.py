"""The log of the front end, and how an error that was not foreseen gets into it."""

import logging
import traceback
from pathlib import Path
from typing import Final

_LOG: Final = logging.getLogger(__name__)


def log_failure(what: str, error: BaseException) -> None:
    """Log an error we did not foresee: its kind and place, since its text may quote what somebody asked."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {Path(frame.filename).name}:{frame.lineno} ({frame.name})" for frame in last)
    _LOG.error("%s: %s%s", what, type(error).__name__, place)
    _LOG.debug("%s", what, exc_info=error)
