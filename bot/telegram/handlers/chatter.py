"""What is not a question: small talk, media, pieces of a paste; answered once, or by a reaction."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final

from bot.telegram.services import Services
from bot.telegram.talk.asking import asks
from bot.telegram.talk.pastes import Pastes
from bot.telegram.talk.small_talk import small_talk
from bot.telegram.talk.things import Things
from bot.telegram.transport.calls import Place
from bot.telegram.transport.throttle import AskingLimit
from bot.telegram.updates.values import Written

Work = Callable[[], Coroutine[Any, Any, None]]
# Telegram accepts these as reactions of a bot.
_SIGNS: Final = {
    "thanks": "🤗",
    "greeting": "🤗",
    "praise": "🙏",
    "blame": "😢",
    "laughter": "😁",
    "who": "🤗",
}
_ALBUM_S: Final = 1.0  # the messages of an album come one by one
_WORDLESS_EVERY_S: Final = 60.0
_TALK_S: Final = 1800.0


@dataclass(frozen=True, slots=True)
class Beside:
    """What is done about a message that is not a question; None for nothing."""

    work: Work | None = None


@dataclass(slots=True)
class Chatter:
    """Distinguishes questions from everything else, and remembers how that was answered."""

    services: Services
    _told: AskingLimit = field(default_factory=lambda: AskingLimit(60))
    _pastes: Pastes = field(default_factory=Pastes)
    _things: Things = field(default_factory=Things)

    def beside(self, written: Written, now: float) -> Beside | None:
        """Return what is done about anything but a question, a command or a file; None for these."""
        words = written.text
        first = self._things.come(written.chat, written.album, words=words is not None)
        if written.attached is not None or written.command is not None:
            return None
        if words is None:
            return self._wordless(written, now) if first else Beside()
        if not written.edited and self._pastes.continues(written.chat, written.person.id, words, written.at):
            return Beside()
        if (kind := small_talk(words)) is not None:
            return self._small_talk(written, kind, now)
        portrait = self.services.portrait
        names = portrait.subject.words if portrait else frozenset()
        return None if written.named or asks(words, names) else Beside()

    def _wordless(self, written: Written, now: float) -> Beside:
        """Say what can be read: once for several things, and not if another part of the album has text."""
        if not self._told.tell((written.chat, None), now, _WORDLESS_EVERY_S):
            return Beside()
        return Beside(lambda: self._say_what_is_read(written))

    async def _say_what_is_read(self, written: Written) -> None:
        services = self.services
        if written.album is not None:
            async with services.sender.slots.given_back():
                await asyncio.sleep(_ALBUM_S)
            if self._things.speaks(written.chat, written.album):
                return
        text = services.texts_for(written.person).only_text
        await services.say(Place(written.chat, None, written.thread), text)

    def _small_talk(self, written: Written, kind: str, now: float) -> Beside:
        """Answer with a sentence once per talk; after that, and where others read along, with a reaction."""
        services = self.services
        if written.edited or self._told.refused(written.person.id, now) is not None:
            return Beside()
        if written.private and self._told.tell((written.chat, kind), now, _TALK_S):
            text = services.texts_for(written.person).small_talk[kind]
            return Beside(lambda: services.say(Place(written.chat, None, written.thread), text))
        return Beside(lambda: services.sender.react(written.chat, written.message, _SIGNS[kind]))
