"""From an update to its handler: who may, how fast, in which order, and for how long."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final

from bot.telegram import asking, buttons, commands, inline, library
from bot.telegram.desk import LOG, Desk, log_failure
from bot.telegram.incoming import Incoming, Json, Membership, Press, Search, Written, read
from bot.telegram.sender import Place, before_sending
from bot.telegram.throttle import AskingLimit
from index.errors import TrichDanError

_AT_ONCE: Final = 256
_SENDING_S: Final = 180.0
_PRESSES: Final = 3
_REFUSAL_EVERY_S: Final = 600.0


class Once:
    """Do something at the first call only."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action: Callable[[], None] | None = action

    def __call__(self) -> None:
        """Do it, unless it is done."""
        action, self._action = self._action, None
        if action is not None:
            action()


@dataclass(slots=True)
class Dispatcher:
    """Run a handler for each update, many at once; what one person asks in a chat stays in order."""

    desk: Desk
    clock: Callable[[], float] = time.monotonic
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _lines: dict[object, tuple[asyncio.Lock, int]] = field(default_factory=dict)
    _typing: inline.Typing = field(default_factory=inline.Typing)
    _asked: AskingLimit = field(init=False)
    _pressed: AskingLimit = field(init=False)
    _refused: AskingLimit = field(default_factory=lambda: AskingLimit(60))

    def __post_init__(self) -> None:
        self._asked = AskingLimit(self.desk.settings.per_minute)
        self._pressed = AskingLimit(self.desk.settings.per_minute * _PRESSES)

    async def put(self, update: Json) -> None:
        """Begin an update, or wait until there is room for it."""
        number: int = update["update_id"]
        incoming = self._read(update)
        work = self._admit(incoming) if incoming is not None else None
        if work is None or incoming is None:
            self.desk.state.inbox.begun(number)
            return
        await self._slots.acquire()
        task = asyncio.create_task(self._run(number, _line(incoming), work))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _read(self, update: Json) -> Incoming | None:
        try:
            return read(update, self.desk.me)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            log_failure("an update that cannot be read was passed over", error)
            return None

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._slots.release()

    async def close(self, grace_s: float) -> None:
        """Let what has begun come to its end, for a few seconds; what waits is left for the next start."""
        for task in list(self._tasks):
            if task.get_name() == "waiting":
                task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            if late:
                LOG.warning("%d questions were abandoned", len(late))
                await asyncio.wait(late, timeout=1.0)

    # Before anything begins: is it ours, in time, allowed, and not too fast?

    def _admit(self, incoming: Incoming) -> Callable[[], Coroutine[Any, Any, None]] | None:
        """Return what is to be done; None for nothing. A flood costs no more than this."""
        if isinstance(incoming, Written):
            return self._admit_written(incoming)
        if isinstance(incoming, Press):
            return self._admit_press(incoming)
        if isinstance(incoming, Search):
            return lambda: inline.search(self.desk, self._typing, incoming)
        return lambda: self._membership(incoming)

    def _admit_written(self, written: Written) -> Callable[[], Coroutine[Any, Any, None]] | None:
        desk, person = self.desk, written.person.id
        if not written.addressed or (written.text is None and written.edited):
            return None
        if written.edited and written.command not in (None, "ask"):
            return None
        if time.time() - written.at > desk.settings.max_age_s:
            LOG.info("a message older than %.0f s was passed over", desk.settings.max_age_s)
            return None
        if not written.edited:
            desk.heard(written.chat, written.message)
        now = self.clock()
        place = Place(written.chat, written.message if not written.private else None, written.thread)
        if not desk.access.may_ask(person, written.chat):
            if not self._refused.tell(written.chat, now, 5.0 if written.private else _REFUSAL_EVERY_S):
                return None
            text = desk.access.refusal(desk.texts_for(written.person), person, written.chat)
            return lambda: desk.say(place, text)
        # An owner may send a whole folder at once; its files are read one after the other.
        sends = written.attached is not None and desk.access.owner(person)
        wait = None if sends else self._asked.refused(person, now)
        if wait is not None:
            if not self._asked.tell(person, now):
                return None
            texts = desk.texts_for(written.person)
            return lambda: desk.say(place, texts.too_many.format(seconds=max(round(wait), 1)))
        return lambda: self._written(written, place)

    def _admit_press(self, press: Press) -> Callable[[], Coroutine[Any, Any, None]] | None:
        desk, now = self.desk, self.clock()
        if not desk.access.may_ask(press.person.id, press.chat):
            text = desk.access.refusal(
                desk.texts_for(press.person), press.person.id, press.chat or press.person.id
            )
            return lambda: desk.sender.answer_callback(press.query, text, alert=True)
        wait = self._pressed.refused(press.person.id, now)
        if wait is not None:
            if not self._pressed.tell(press.person.id, now, 1.0):
                return None
            texts = desk.texts_for(press.person)
            said = texts.too_many.format(seconds=max(round(wait), 1))
            return lambda: desk.sender.answer_callback(press.query, said)
        if press.chat is not None:
            desk.sender.heard(press.chat)
        return lambda: buttons.press(desk, press)

    # The work.

    async def _run(self, update: int, line: object, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this is a task
        task.set_name("waiting")
        async with self._in_line(line):
            task.set_name("working")
            if self.desk.state.inbox.attempt(update):
                begun = Once(lambda: self.desk.state.inbox.begun(update))
                before_sending.set(begun)
                await self._carry_out(work)
                begun()
            else:
                LOG.error("an update that ended the process twice was passed over")
                self.desk.state.inbox.begun(update)

    async def _carry_out(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            async with asyncio.timeout(self.desk.settings.limit_s + _SENDING_S):
                await work()
        except TimeoutError:
            LOG.error("a handler was given up after its time")
        except Exception as error:
            log_failure("a handler failed", error)

    @contextlib.asynccontextmanager
    async def _in_line(self, key: object) -> AsyncIterator[None]:
        """Take turns with whatever has the same key."""
        if key is None:
            yield
            return
        lock, users = self._lines.get(key, (None, 0))
        lock = lock or asyncio.Lock()
        self._lines[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            _, users = self._lines[key]
            if users == 1:
                del self._lines[key]
            else:
                self._lines[key] = (lock, users - 1)

    async def _written(self, written: Written, place: Place) -> None:
        desk = self.desk
        if written.attached is not None:
            await library.receive(desk, written, written.attached)
        elif written.text is None:
            await desk.say(place, desk.texts_for(written.person).only_text)
        elif written.command is not None:
            try:
                await commands.command(desk, written)
            except TrichDanError as error:
                LOG.error("a command could not be carried out: %s", error)
                await desk.say(place, desk.texts_for(written.person).no_collection)
        elif written.text:
            await asking.ask(desk, written, written.text)
        else:
            texts = desk.texts_for(written.person)
            await desk.say(place, texts.group_welcome.format(bot=desk.me.username))

    async def _membership(self, change: Membership) -> None:
        """Say hello to a group, or whose list it has to be put on."""
        desk = self.desk
        if change.private or not change.present or change.before:
            return
        texts = desk.texts_for(change.person)
        if desk.access.may_ask(change.person.id, change.chat):
            text = texts.group_welcome.format(bot=desk.me.username)
        else:
            text = desk.access.refusal(texts, change.person.id, change.chat)
        await desk.say(Place(change.chat), text)


def _line(incoming: Incoming) -> object:
    """Return what an update has to take turns with: a person's questions in a chat, one message's buttons.

    Files that were sent together wait for each other instead.
    """
    if isinstance(incoming, Written) and incoming.attached is not None and incoming.attached.album:
        return None
    if isinstance(incoming, Written) and incoming.command in (None, "ask"):
        return ("asks", incoming.chat, incoming.person.id)
    if isinstance(incoming, Press):
        return ("presses", incoming.chat, incoming.message)
    return None
