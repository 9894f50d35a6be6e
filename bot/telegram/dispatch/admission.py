"""Before anything begins: whether an update is ours, in time, allowed, not too fast, and has room.

A flood costs no more than this. However somebody asks, by a message, an edit, a button or inline, it counts
for the person and for the chat.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.telegram.handlers import admitting, inline
from bot.telegram.handlers.chatter import Chatter, Work
from bot.telegram.messages.keyboards import ASKING, read
from bot.telegram.services import Services
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.calls import Place
from bot.telegram.transport.throttle import AskingLimit
from bot.telegram.updates.values import Incoming, Membership, Moved, Press, Search, Written

_LOG: Final = logging.getLogger(__name__)

_PRESSES: Final = 3
_REFUSAL_EVERY_S: Final = 600.0
_CROWDED_EVERY_S: Final = 60.0


@dataclass(slots=True)
class Crowd:
    """How much is under way, for each person and in each group.

    Attributes:
        of_person: Most from one person: as much as they may ask at once.
        of_group: Most in one group: more would take over a minute to send.
    """

    of_person: int = 10
    of_group: int = 10
    _counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    def full(self, incoming: Incoming) -> bool:
        """Tell whether there is no room for more of this person, or in this group."""
        most = {"person": self.of_person, "group": self.of_group}
        return any(self._counts[key] >= most[key[0]] for key in _belongs_to(incoming))

    def enter(self, incoming: Incoming) -> None:
        """Count what begins."""
        self._counts.update(_belongs_to(incoming))

    def leave(self, incoming: Incoming) -> None:
        """Forget what has ended."""
        for key in _belongs_to(incoming):
            self._counts[key] -= 1
            if self._counts[key] <= 0:
                del self._counts[key]


def _belongs_to(incoming: Incoming) -> tuple[tuple[str, int], ...]:
    person, chat = incoming.person.id, None if isinstance(incoming, Search) else incoming.chat
    mine = ("person", person)
    return (mine,) if chat is None or chat == person else (mine, ("group", chat))


@dataclass(slots=True)
class Admission:
    """Decides what happens to an update, by rates and by what is under way."""

    services: Services
    clock: Callable[[], float] = time.monotonic
    crowd: Crowd = field(default_factory=Crowd)
    _settings: TelegramSettings = field(init=False)
    _asked: AskingLimit = field(init=False)
    _pressed: AskingLimit = field(init=False)
    _searched: AskingLimit = field(init=False)
    _refused: AskingLimit = field(init=False)
    _crowded: AskingLimit = field(default_factory=lambda: AskingLimit(60))
    _chatter: Chatter = field(init=False)

    def __post_init__(self) -> None:
        self._chatter = Chatter(self.services)
        self._take_up_settings()

    def _take_up_settings(self) -> None:
        """Begin to count by the limits of the settings; whom they refuse now is told so again."""
        self._settings = self.services.settings
        self._asked = AskingLimit(self._settings.per_minute)
        self._pressed, self._searched = (AskingLimit(self._settings.per_minute * _PRESSES) for _ in range(2))
        self._refused = AskingLimit(60)

    def admit(self, incoming: Incoming, work: Work) -> Work | None:
        """Return the work if it may begin, else what is said instead, or None for nothing."""
        if self._settings is not self.services.settings:  # they were read again
            self._take_up_settings()
        if isinstance(incoming, Written):
            return self._admit_written(incoming, work)
        if isinstance(incoming, Press):
            return self._admit_press(incoming, work)
        if isinstance(incoming, Search):
            return self._admit_search(incoming, work)
        if isinstance(incoming, Moved):
            return work
        return self._admit_membership(incoming, work)

    def _admit_written(self, written: Written, work: Work) -> Work | None:
        services, person = self.services, written.person.id
        if not self._ours(written):
            return None
        if not written.edited:
            services.heard(written.chat, written.message)
        now = self.clock()
        place = Place(written.chat, written.message if not written.private else None, written.thread)
        if not services.access.may_ask(person, written.chat):
            if not self._refused.tell(written.chat, now, 5.0 if written.private else _REFUSAL_EVERY_S):
                return None
            return lambda: admitting.refuse(services, written)
        # An owner may send a whole folder at once; its files are read one after the other.
        if written.attached is not None and services.access.owner(person):
            return work
        if (beside := self._chatter.beside(written, now)) is not None:
            return beside.work
        return self._admit_question(written, place, work)

    def _admit_question(self, written: Written, place: Place, work: Work) -> Work | None:
        services, person, now = self.services, written.person.id, self.clock()
        texts = services.texts_for(written.person)
        wait = self._asked.refused(person, now)
        if wait is not None:
            if not self._asked.tell(person, now):
                return None
            return lambda: services.say(place, texts.too_many.format(seconds=max(round(wait), 1)))
        if self.crowd.full(written):
            if not self._crowded.tell(written.chat, now, _CROWDED_EVERY_S):
                return None
            return lambda: services.say(place, texts.busy)
        return work

    def _ours(self, written: Written) -> bool:
        """Tell whether a message asks for an answer, and still does."""
        if not written.addressed or (written.text is None and written.edited):
            return False
        if written.edited and written.command not in (None, "ask"):
            return False
        if time.time() - written.at > self.services.settings.max_age_s:
            _LOG.info("a message older than %.0f s was passed over", self.services.settings.max_age_s)
            return False
        return True

    def _admit_press(self, press: Press, work: Work) -> Work | None:
        services, now, person = self.services, self.clock(), press.person.id
        texts = services.texts_for(press.person)
        data = read(press.data)
        wait = self._pressed.refused(person, now)
        if wait is None and data is not None and data.verb in ASKING:
            wait = self._asked.refused(person, now)
        if wait is not None:
            said = texts.too_many.format(seconds=max(round(wait), 1))
        elif not services.access.may_ask(person, press.chat):
            text = services.access.refusal(texts, person, press.chat or person)
            return lambda: services.sender.answer_callback(press.query, text, alert=True)
        elif self.crowd.full(press):
            said = texts.busy
        else:
            if press.chat is not None:
                services.sender.heard(press.chat)
            return work
        if not self._pressed.tell(person, now, 1.0):
            return None
        return lambda: services.sender.answer_callback(press.query, said)

    def _admit_search(self, search: Search, work: Work) -> Work | None:
        now, person = self.clock(), search.person.id
        if self._searched.refused(person, now) is None and not self.crowd.full(search):
            return work
        if not self._searched.tell(person, now, 1.0):
            return None
        return lambda: inline.nothing(self.services, search, self.services.texts_for(search.person).busy)

    def _admit_membership(self, change: Membership, work: Work) -> Work | None:
        if change.private or not change.present or change.before or self.crowd.full(change):
            return None
        return work if self._pressed.refused(change.person.id, self.clock()) is None else None
