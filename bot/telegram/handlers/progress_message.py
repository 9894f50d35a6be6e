"""The one message that shows an owner the progress of a change, and how it ended."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from bot.telegram.messages.keyboards import NO_KEYBOARD, Keyboard
from bot.telegram.messages.pieces import plain
from bot.telegram.services import Services
from bot.telegram.transport.calls import Place
from bot.telegram.transport.plainer import Edit
from bot.texts.telegram import TelegramTexts

_EDIT_EVERY_S: Final = 2.0


@dataclass(slots=True)
class ProgressMessage:
    """The message; edited no more often than a person may be written to.

    It is recorded while the change runs, so that the next start can end it if this process cannot.
    """

    services: Services
    place: Place
    message: int | None
    texts: TelegramTexts
    what: str
    _shown: str = ""
    _at: float = 0.0
    _latest: str = ""
    _editing: asyncio.Task[None] | None = field(default=None)

    def keep(self) -> None:
        """Record that it has no end yet."""
        if self.message is not None:
            self.services.state.keep_note(self.place.chat, self.message, self.what, self.texts.code)

    def tell(self, stage: str, share: float) -> None:
        """Show a stage, soon."""
        name = self.texts.feed_stages.get(stage, stage)
        part = f" {100 * share:.0f} %" if share else ""
        self._latest = self.texts.feed_going.format(what=self.what, stage=name + part)
        if self._editing is None or self._editing.done():
            self._editing = asyncio.create_task(self._edit_soon())

    async def _edit_soon(self) -> None:
        while self._latest != self._shown:  # there may be progress while the edit was on its way
            await asyncio.sleep(max(self._at + _EDIT_EVERY_S - time.monotonic(), 0.0))
            await self._edit(self._latest)

    async def _edit(self, text: str, keyboard: Keyboard = NO_KEYBOARD) -> bool:
        self._at = time.monotonic()
        if text == self._shown:
            return True
        self._shown = text
        if self.message is None:
            return False
        edit = self.services.sender.edit(self.place.chat, self.message, plain(text)[0], keyboard)
        return await edit is Edit.DONE

    async def end(self, text: str) -> None:
        """Show the outcome in place of the progress; as a new message if that one is gone."""
        if self._editing is not None:
            self._editing.cancel()
            await asyncio.gather(self._editing, return_exceptions=True)
        pieces = plain(text)
        if len(pieces) > 1 or not await self._edit(pieces[0].text):
            await self.services.sender.send(self.place, pieces)
        if self.message is not None:
            self.services.state.drop_note(self.place.chat, self.message)


async def end_left(services: Services) -> None:
    """End the messages of a killed process: whether their changes were made is unknown."""
    for chat, message, what, language in services.state.notes():
        texts = services.texts[language]
        await ProgressMessage(services, Place(chat), message, texts, what).end(
            texts.feed_killed.format(what=what)
        )
