"""Sending: the policy of `faults` carried out, with Telegram's rates kept and nothing delivered twice."""

import logging
from collections.abc import Awaitable, Callable, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from telegram.error import ChatMigrated, TelegramError

from bot.system.latest import Latest
from bot.telegram.messages.keyboards import NO_KEYBOARD, Keyboard
from bot.telegram.messages.pieces import Piece
from bot.telegram.monitoring.tally import Tally
from bot.telegram.transport.api import InlineResult, TelegramApi
from bot.telegram.transport.calls import Clock, Place, before_sending
from bot.telegram.transport.faults import (
    LONGEST_WAIT,
    PLAINER,
    POLICY,
    After,
    Fault,
    classify,
    pause,
    refusal,
)
from bot.telegram.transport.plainer import Edit, plainer, plainer_result
from bot.telegram.transport.slots import Slots
from bot.telegram.transport.throttle import GROUP, OVERALL, PRIVATE, Bucket, Buckets

T = TypeVar("T")
_LOG: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class Sender:
    """Send, edit and answer under the policy.

    `stop` is called when the token is refused, `moved_to` with the old and the new number of a group that
    became a supergroup; `slots` are those that updates are worked on in.
    """

    api: TelegramApi
    stop: Callable[[], None] = lambda: None
    clock: Clock = field(default_factory=Clock)
    tally: Tally = field(default_factory=Tally)
    slots: Slots = field(default_factory=Slots)
    moved_to: Callable[[int, int], None] = lambda old, new: None
    _silenced: Latest[int, None] = field(default_factory=Latest)
    _moved: dict[int, int] = field(default_factory=dict)
    _overall: Bucket = field(default_factory=lambda: Bucket(OVERALL))
    _chats: Buckets = field(default_factory=Buckets)

    async def send(
        self, place: Place, pieces: tuple[Piece, ...], keyboard: Keyboard = NO_KEYBOARD
    ) -> list[int | None]:
        """Send the pieces in order, the keyboard with the last; None stands for a piece that was lost."""
        ids: list[int | None] = []
        for number, piece in enumerate(pieces, 1):
            buttons = keyboard if number == len(pieces) else NO_KEYBOARD
            reply_to = place.reply_to if number == 1 else None
            ids.append(await self._send_one(place, piece, buttons, reply_to))
        return ids

    async def _send_one(
        self, place: Place, piece: Piece, keyboard: Keyboard, reply_to: int | None
    ) -> int | None:
        if self.silenced(place.chat):
            _LOG.warning("send lost after 0 attempts: the chat is silenced")
            return None

        async def call(without: Set[Fault]) -> int:
            chat = self._moved.get(place.chat, place.chat)
            await self._in_turn(chat)
            moved = chat != place.chat  # where the numbers of messages and topics mean others
            thread = None if moved or Fault.THREAD in without else place.thread
            answers = None if moved else reply_to
            return await self.api.send(chat, *plainer(piece, keyboard, without), answers, thread)

        fault, result = await self._carry_out(call, place.chat, "send", repeatable=False)
        return result if fault is None else None

    async def edit(self, chat: int, message: int, piece: Piece, keyboard: Keyboard = NO_KEYBOARD) -> Edit:
        """Change a message; one that is the same already is done."""

        async def call(without: Set[Fault]) -> None:
            await self.api.edit(chat, message, *plainer(piece, keyboard, without))

        fault, _ = await self._carry_out(call, chat, "edit", repeatable=True)
        return Edit.DONE if fault is None else Edit.GONE if fault in (Fault.GONE, Fault.MOVED) else Edit.LOST

    async def edit_keyboard(self, chat: int, message: int, keyboard: Keyboard) -> bool:
        """Change a keyboard; False when that did not succeed."""
        return await self._change(chat, "keyboard", lambda: self.api.edit_keyboard(chat, message, keyboard))

    async def delete(self, chat: int, message: int) -> bool:
        """Delete a message; False when that did not succeed."""
        return await self._change(chat, "delete", lambda: self.api.delete(chat, message))

    async def answer_callback(self, query: str, text: str | None = None, *, alert: bool = False) -> None:
        """End the waiting of a button; a press too old to be answered is no matter."""
        await self._change(None, "callback", lambda: self.api.answer_callback(query, text, alert))

    async def answer_inline(
        self,
        query: str,
        results: list[InlineResult],
        *,
        cache_s: int,
        personal: bool,
        button: tuple[str, str] | None = None,
    ) -> None:
        """Show the results of an inline query."""

        async def call(without: Set[Fault]) -> None:
            shown = [plainer_result(result, without) for result in results]
            await self.api.answer_inline(query, shown, cache_s, personal, button)

        await self._carry_out(call, None, "inline", repeatable=True)

    async def typing(self, place: Place) -> None:
        """Show that the bot is at work; never tried twice, and not while answers wait to be sent."""
        if self.silenced(place.chat) or self.api.crowded:
            return
        try:
            await self.api.typing(place.chat, place.thread)
        except TelegramError as error:
            _LOG.debug("typing: %s", classify(error))

    async def react(self, chat: int, message: int, sign: str) -> None:
        """Set a reaction below a message; a chat that allows none is no matter."""
        if self.silenced(chat):
            return
        try:
            await self.api.react(chat, message, sign)
        except TelegramError as error:
            _LOG.debug("reaction: %s", classify(error))

    async def fetch(self, file: str, path: Path) -> None:
        """Fetch a file that was sent to the bot; every error is the caller's."""
        await self.api.fetch(file, path)

    def silenced(self, chat: int) -> bool:
        """Tell whether a chat has refused us and has not written since."""
        return chat in self._silenced

    def heard(self, chat: int) -> None:
        """Note that a chat wrote: it may be answered again."""
        self._silenced.pop(chat, None)

    async def _change(self, chat: int | None, what: str, call: Callable[[], Awaitable[None]]) -> bool:
        return (await self._carry_out(lambda _: call(), chat, what, repeatable=True))[0] is None

    async def _in_turn(self, chat: int) -> None:
        """Wait for this chat's turn, then for the bot's."""
        now = self.clock.now()
        if (wait := self._chats.of(chat, PRIVATE if chat > 0 else GROUP, now).wait(now)) > 0:
            await self._pause(wait)
        if (wait := self._overall.wait(self.clock.now())) > 0:
            await self.clock.sleep(wait)

    async def _carry_out(
        self, call: Callable[[Set[Fault]], Awaitable[T]], chat: int | None, what: str, *, repeatable: bool
    ) -> tuple[Fault | None, T | None]:
        """Try as often as the policy allows, without refused parts; return why it failed, and the result."""
        if (commit := before_sending.get()) is not None:
            commit()
        attempt = 0
        without: set[Fault] = set()
        while True:
            attempt += 1
            try:
                return None, await call(without)
            except TelegramError as error:
                self.tally.faults[fault := classify(error)] += 1
                rule = POLICY[fault]
                if isinstance(error, ChatMigrated) and chat is not None:
                    self._moved[chat] = error.new_chat_id
                    self.moved_to(chat, error.new_chat_id)
                if rule.success:
                    return None, None
                if fault in PLAINER and fault not in without:
                    _LOG.warning("%s: %s, sent once more without: %s", what, fault, refusal(error))
                    without.add(fault)
                    attempt -= 1
                    continue
                wait = pause(fault, error, attempt)
                most = rule.edits if repeatable else rule.sends
                if fault in without or attempt >= most or wait > LONGEST_WAIT:
                    self._give_up(fault, rule.after, chat, what, attempt + len(without), refusal(error))
                    return fault, None
                if isinstance(error, ChatMigrated) and chat is not None:
                    continue
                _LOG.info("%s: %s, attempt %d, waiting %.1f s", what, fault, attempt, wait)
            await self._pause(wait)

    async def _pause(self, seconds: float) -> None:
        """Let a chat's time pass; meanwhile others may use the slot."""
        async with self.slots.given_back():
            await self.clock.sleep(seconds)

    def _give_up(
        self, fault: Fault, after: After, chat: int | None, what: str, attempts: int, said: str
    ) -> None:
        """Say once what was lost, and act on what that means for the rest."""
        _LOG.warning("%s lost after %d attempts: %s%s", what, attempts, fault, said and f": {said}")
        if after is After.SILENCE and chat is not None:
            self._silenced[chat] = None
        elif after is After.STOP:
            self.stop()
