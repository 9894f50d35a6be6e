"""Signs that the bot is at work while somebody waits: "typing", and a sentence when it takes long."""

import asyncio
from typing import Final, Self

from bot.telegram.messages.pieces import plain
from bot.telegram.transport.calls import Place
from bot.telegram.transport.sender import Sender

_TYPING_AFTER_S: Final = 0.4
_TYPING_EVERY_S: Final = 4.5


class Waiting:
    """Show the signs while the body runs; `note` is the message that asked for patience, if one was sent.

    Typing starts a moment late: most answers arrive before anybody could see it, and each sign is a request
    that delays the answers of others.
    """

    def __init__(self, sender: Sender, place: Place, slow_s: float, sentence: str | None) -> None:
        self.note: int | None = None
        self._sender = sender
        self._place = place
        self._slow_s = slow_s
        self._sentence = sentence
        self._sending = False

    async def __aenter__(self) -> Self:
        self._typing = asyncio.create_task(self._type())
        self._noting = asyncio.create_task(self._say()) if self._sentence else None
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        self._typing.cancel()
        tasks: list[asyncio.Task[None]] = [self._typing]
        if self._noting is not None:
            # A note on its way is awaited: the answer replaces it, or it would stay forever.
            if kind is not None or not self._sending:
                self._noting.cancel()
            tasks.append(self._noting)
        async with self._sender.slots.given_back():
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _type(self) -> None:
        await asyncio.sleep(_TYPING_AFTER_S)
        while True:
            await self._sender.typing(self._place)
            await asyncio.sleep(_TYPING_EVERY_S)

    async def _say(self) -> None:
        await asyncio.sleep(self._slow_s)
        self._sending = True
        self.note = (await self._sender.send(self._place, plain(self._sentence or "")))[0]
