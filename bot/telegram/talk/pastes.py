"""A long text that Telegram cut into several messages is one text. Pure."""

from typing import Final

from bot.system.latest import Latest

_CUT_FROM: Final = 3_500  # clients cut at 4,096 characters, at a space before that
_TOGETHER_S: Final = 2.0


class Pastes:
    """Recognises the further pieces of a paste: what the same person sends right behind a full message."""

    def __init__(self) -> None:
        self._full: Latest[tuple[int, int], float] = Latest()

    def continues(self, chat: int, person: int, text: str, at: float) -> bool:
        """Tell whether a message goes on with the one before, and note whether it may be gone on with."""
        key = (chat, person)
        before = self._full.pop(key, None)
        goes_on = before is not None and 0 <= at - before <= _TOGETHER_S
        if len(text) >= _CUT_FROM:
            self._full[key] = at
        return goes_on
