"""Our values as calls of the Bot API: the one place that makes requests of python-telegram-bot."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.messages.entities import Entity
from bot.telegram.messages.keyboards import Button, Keyboard
from bot.telegram.messages.pieces import Piece
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.faults import Garbled, LocalFileUnreadable
from bot.telegram.transport.http import Wire, make_bot, proxy_for, refuse_public

UPDATES: Final = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
POLL_S: Final = 25
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One quote among the results of an inline query; the id has 1 to 64 bytes."""

    id: str
    title: str
    description: str
    piece: Piece
    keyboard: Keyboard


class TelegramApi:
    """The calls that the bot makes; every one may raise a `telegram.error.TelegramError`."""

    def __init__(self, bot: Bot, wire: Wire, polling: Wire) -> None:
        self.bot = bot
        self._wire = wire
        self._polling = polling

    @property
    def crowded(self) -> bool:
        """Whether requests are waiting for each other."""
        return self._wire.crowded

    async def send(
        self, chat: int, piece: Piece, keyboard: Keyboard, reply_to: int | None, thread: int | None
    ) -> int:
        """Send a message and return its id."""
        reply = {"message_id": reply_to, "allow_sending_without_reply": True} if reply_to else None
        message = await self._call(
            "sendMessage",
            chat_id=chat,
            message_thread_id=thread,
            reply_parameters=reply,
            **_shown(piece, keyboard),
        )
        return int(message["message_id"])

    async def edit(self, chat: int, message: int, piece: Piece, keyboard: Keyboard) -> None:
        """Change text and keyboard of a message."""
        await self._call("editMessageText", chat_id=chat, message_id=message, **_shown(piece, keyboard))

    async def edit_keyboard(self, chat: int, message: int, keyboard: Keyboard) -> None:
        """Change the keyboard of a message."""
        await self.bot.edit_message_reply_markup(
            chat_id=chat, message_id=message, reply_markup=_markup(keyboard)
        )

    async def delete(self, chat: int, message: int) -> None:
        """Delete a message."""
        await self.bot.delete_message(chat, message)

    async def typing(self, chat: int, thread: int | None) -> None:
        """Show that the bot is at work, for up to five seconds."""
        await self.bot.send_chat_action(chat, "typing", message_thread_id=thread)

    async def react(self, chat: int, message: int, sign: str) -> None:
        """Set a reaction below a message; a bot has one for each."""
        reaction = [{"type": "emoji", "emoji": sign}]
        await self._call("setMessageReaction", chat_id=chat, message_id=message, reaction=reaction)

    async def answer_callback(self, query: str, text: str | None, alert: bool) -> None:
        """End the spinner of a pressed button."""
        await self.bot.answer_callback_query(query, text=text and text[:200], show_alert=alert)

    async def answer_inline(
        self,
        query: str,
        results: list[InlineResult],
        cache_s: int,
        personal: bool,
        button: tuple[str, str] | None,
    ) -> None:
        """Show the results of an inline query; `button` is a text and a start parameter."""
        await self.bot.answer_inline_query(
            query,
            [
                InlineQueryResultArticle(
                    result.id,
                    result.title,
                    InputTextMessageContent(
                        result.piece.text,
                        entities=_entities(result.piece.entities),
                        link_preview_options=_NO_PREVIEW,
                    ),
                    reply_markup=_markup(result.keyboard),
                    description=result.description,
                )
                for result in results
            ],
            cache_time=cache_s,
            is_personal=personal,
            button=InlineQueryResultsButton(button[0], start_parameter=button[1]) if button else None,
        )

    async def fetch(self, file: str, path: Path) -> None:
        """Fetch a file; a Bot API server on this machine gives its path instead of its bytes."""
        found = await self._call("getFile", file_id=file)
        place = str(found["file_path"])
        if place.startswith("/"):
            await asyncio.to_thread(_copy, place, path)
            return
        content = await self._wire.retrieve(f"{self.bot.base_file_url}/{quote(place)}")
        await asyncio.to_thread(path.write_bytes, content)

    async def set_commands(self, commands: dict[str, str], scope: str | int, language: str) -> None:
        """Publish a command list; the scope is "private", "group" or the id of one chat."""
        scopes: dict[str | int, BotCommandScope] = {
            "private": BotCommandScopeAllPrivateChats(),
            "group": BotCommandScopeAllGroupChats(),
        }
        await self.bot.set_my_commands(
            [BotCommand(name, text) for name, text in commands.items()],
            scope=scopes.get(scope) or BotCommandScopeChat(scope),
            language_code=language or None,
        )

    async def set_descriptions(self, long: str, short: str, language: str) -> None:
        """Publish what people read before they start the bot."""
        await self.bot.set_my_description(long, language_code=language or None)
        await self.bot.set_my_short_description(short, language_code=language or None)

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates, as Telegram sends them; asking with an offset confirms all below it."""
        found = await self._call(
            "getUpdates", self._polling, offset=offset, timeout=POLL_S, allowed_updates=UPDATES
        )
        if not isinstance(found, list):
            raise Garbled("an answer of another form")
        return found

    async def _call(self, method: str, wire: Wire | None = None, **parameters: Any) -> Any:  # noqa: ANN401 - JSON values have any type
        """Call a method with JSON values as they are, for what is done with every question.

        The classes of the library cost as much as the request: each entity and button would be one, and the
        answer, of which only the number is wanted, would become a message with all its entities again.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        data = RequestData([RequestParameter(name, value, None) for name, value in given.items()])
        try:
            return await (wire or self._wire).post(f"{self.bot.base_url}/{method}", data)
        except KeyError as error:
            raise Garbled("an answer without a result") from error


@contextlib.asynccontextmanager
async def connected(settings: TelegramSettings) -> AsyncIterator[TelegramApi]:
    """Make the client, with one pool for polling and another for the rest; close both at the end."""
    await refuse_public(settings.api_url)
    proxy = proxy_for(settings.api_url, settings.proxy.get_secret_value() if settings.proxy else None)
    wire, polling = Wire(proxy=proxy), Wire(1, read_s=POLL_S + 10, proxy=proxy)
    api = TelegramApi(make_bot(settings, wire, polling), wire, polling)
    # Initialising the bot itself would ask Telegram who we are, and fail where it is away.
    async with contextlib.AsyncExitStack() as stack:
        for each in (wire, polling):
            stack.push_async_callback(each.shutdown)
            await each.initialize()
        yield api


def _copy(place: str, path: Path) -> None:
    """Copy a file that a Bot API server on this machine has fetched."""
    if not os.access(place, os.R_OK):
        raise LocalFileUnreadable("no such file, or no right to read it")
    shutil.copyfile(place, path)


def _shown(piece: Piece, keyboard: Keyboard) -> dict[str, Any]:
    """Return the parameters that make up the look of a message."""
    entities = [
        {"type": e.kind, "offset": e.offset, "length": e.length} | ({"url": e.url} if e.url else {})
        for e in piece.entities
    ]
    markup = _markup(keyboard)
    return {
        "text": piece.text,
        "entities": entities or None,
        "reply_markup": markup and markup.to_dict(),
        "link_preview_options": {"is_disabled": True},
    }


def _entities(entities: tuple[Entity, ...]) -> list[MessageEntity] | None:
    return [MessageEntity(e.kind, e.offset, e.length, url=e.url) for e in entities] or None


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.text,
        url=button.url,
        callback_data=button.data,
        switch_inline_query=button.share,
        copy_text=CopyTextButton(button.copy) if button.copy else None,
    )
