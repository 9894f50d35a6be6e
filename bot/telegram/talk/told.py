"""What has been said in a talk, so that it is not said again in the same one. Pure except for its clock."""

import time
from collections.abc import Callable
from typing import Final

from bot.system.latest import Latest

TALK_S: Final = 1800.0


class Told:
    """The things said to each person in each chat; a talk ends half an hour after the last of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at: Latest[tuple[int, int, str], float] = Latest()

    def knows(self, chat: int, person: int, what: str) -> bool:
        """Tell whether something has been said in this talk; that keeps it said."""
        at = self._at.get((chat, person, what))
        if at is None or self._clock() - at > TALK_S:
            return False
        self.note(chat, person, what)
        return True

    def note(self, chat: int, person: int, what: str) -> None:
        """Note that something is said now."""
        self._at[chat, person, what] = self._clock()
