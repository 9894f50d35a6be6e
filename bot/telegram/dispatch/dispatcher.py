"""From an update to its handler: in which order, for how long, and what is skipped."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.telegram.dispatch.admission import Admission
from bot.telegram.handlers import admitting, buttons, commands, inline, moving, questions, uploads
from bot.telegram.handlers.chatter import Work
from bot.telegram.services import Services, log_failure
from bot.telegram.transport.calls import Place, before_sending
from bot.telegram.updates.reading import read
from bot.telegram.updates.values import Incoming, Json, Membership, Moved, Press, Search, Written
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from index.errors import TrichDanError

_LOG: Final = logging.getLogger(__name__)

_SENDING_S: Final = 180.0


class Once:
    """Do something on the first call only."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action: Callable[[], None] | None = action

    def __call__(self) -> None:
        """Do it, unless it has been done."""
        action, self._action = self._action, None
        if action is not None:
            action()


@dataclass(slots=True)
class Dispatcher:
    """Run a handler for each update, many at once; what one person asks in a chat stays in order."""

    services: Services
    _admission: Admission = field(init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _lines: dict[object, tuple[asyncio.Lock, int]] = field(default_factory=dict)
    _typing: inline.Typing = field(default_factory=inline.Typing)

    def __post_init__(self) -> None:
        self._admission = Admission(self.services)

    async def put(self, update: Json) -> None:
        """Begin an update, or wait until there is room for it."""
        number: int = update["update_id"]
        inbox, begun = self.services.state.inbox, None
        # Reading and admitting are a try, too: what ends the process there would do so at every start.
        if inbox.attempt(number):
            begun = self._consider(update)
            inbox.withdraw(number)
        else:
            _LOG.error("an update that ended the process twice was passed over")
        if begun is None:
            inbox.begun(number)
            return
        incoming, work = begun
        crowd = self._admission.crowd
        crowd.enter(incoming)
        try:
            task = await self.services.sender.slots.start(self._run(number, _line(incoming), work))
        except BaseException:
            crowd.leave(incoming)
            raise
        self._tasks.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, incoming))

    def _consider(self, update: Json) -> tuple[Incoming, Work] | None:
        """Return what an update says and what is to be done about it; None for nothing."""
        try:
            incoming = _followed(read(update, self.services.me), self.services.moved)
            work = incoming and self._admission.admit(incoming, self._handler(incoming))
            return (incoming, work) if incoming and work else None
        except Exception as error:
            log_failure("an update that cannot be read was passed over", error)
            return None

    def _handler(self, incoming: Incoming) -> Work:
        if isinstance(incoming, Written):
            return lambda: self._written(incoming)
        if isinstance(incoming, Press):
            return lambda: buttons.press(self.services, incoming)
        if isinstance(incoming, Search):
            return lambda: inline.search(self.services, self._typing, incoming)
        if isinstance(incoming, Moved):
            return lambda: moving.follow(self.services, incoming.old, incoming.chat, incoming.person.name)
        return lambda: self._membership(incoming)

    def _ended(self, task: asyncio.Task[None], incoming: Incoming) -> None:
        self._tasks.discard(task)
        self._admission.crowd.leave(incoming)

    async def close(self, grace_s: float) -> None:
        """Let what has begun finish, for a few seconds; what is waiting is left for the next start."""
        for task in list(self._tasks):
            if task.get_name() == "waiting":
                task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            if late:
                _LOG.warning("%d questions were abandoned", len(late))
                await asyncio.wait(late, timeout=1.0)

    async def _run(self, update: int, line: object, work: Work) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this is a task
        task.set_name("waiting")
        async with self._in_line(line):
            task.set_name("working")
            if self.services.state.inbox.attempt(update):
                begun = Once(lambda: self.services.state.inbox.begun(update))
                before_sending.set(begun)
                await self._carry_out(work)
                begun()
            else:
                _LOG.error("an update that ended the process twice was passed over")
                self.services.state.inbox.begun(update)

    async def _carry_out(self, work: Work) -> None:
        try:
            async with asyncio.timeout(self.services.settings.limit_s + _SENDING_S):
                await work()
        except TimeoutError:
            _LOG.error("a handler was given up after its time")
        except Exception as error:
            log_failure("a handler failed", error)

    @contextlib.asynccontextmanager
    async def _in_line(self, key: object) -> AsyncIterator[None]:
        """Take turns with everything that has the same key."""
        if key is None:
            yield
            return
        lock, users = self._lines.get(key, (None, 0))
        lock = lock or asyncio.Lock()
        self._lines[key] = (lock, users + 1)
        try:
            async with contextlib.AsyncExitStack() as stack:
                if lock.locked():
                    async with self.services.sender.slots.given_back():
                        await stack.enter_async_context(lock)
                else:
                    await stack.enter_async_context(lock)
                yield
        finally:
            _, users = self._lines[key]
            if users == 1:
                del self._lines[key]
            else:
                self._lines[key] = (lock, users - 1)

    async def _written(self, written: Written) -> None:
        services = self.services
        place = Place(written.chat, written.message if not written.private else None, written.thread)
        if written.attached is not None:
            await uploads.receive(services, written, written.attached)
        elif written.command is not None:
            try:
                await commands.command(services, written)
            except TrichDanError as error:
                _LOG.error("a command could not be carried out: %s", translate(error, ENGLISH))
                await services.say(place, services.texts_for(written.person).no_collection)
        elif written.text:
            await questions.ask(services, written, written.text)
        else:
            texts = services.texts_for(written.person)
            await services.say(place, texts.group_welcome.format(bot=services.me.username))

    async def _membership(self, change: Membership) -> None:
        """Say hello to a group, or whose list it has to be put on."""
        services = self.services
        texts = services.texts_for(change.person)
        if services.access.may_ask(change.person.id, change.chat):
            await services.say(Place(change.chat), texts.group_welcome.format(bot=services.me.username))
        else:
            await admitting.refuse(services, change)


def _followed(incoming: Incoming | None, moved: Mapping[int, int]) -> Incoming | None:
    """Return what was done in a group under the new number that the group has by now."""
    if isinstance(incoming, Written) and incoming.chat in moved:
        return replace(incoming, chat=moved[incoming.chat], reply_to=None)
    if isinstance(incoming, Press) and incoming.chat is not None and incoming.chat in moved:
        return replace(incoming, chat=moved[incoming.chat], moved=True)
    return incoming


def _line(incoming: Incoming) -> object:
    """Return what an update has to take turns with: a person's questions in a chat, one message's buttons.

    Files that were sent together wait for each other instead, and things without words for what has them.
    """
    if isinstance(incoming, Written) and incoming.text is None and (incoming.album or not incoming.attached):
        return None
    if isinstance(incoming, Written) and incoming.command in (None, "ask"):
        return ("asks", incoming.chat, incoming.person.id)
    if isinstance(incoming, Press):
        return ("presses", incoming.chat, incoming.message)
    return None
