"""What the Bot API is asked for, parameter by parameter: replies, threads, keyboards, formatting."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.telegram.messages.entities import Entity
from bot.telegram.messages.keyboards import Button, Keyboard
from bot.telegram.messages.pieces import Piece
from bot.telegram.transport.api import InlineResult, TelegramApi
from bot.telegram.transport.calls import Place
from bot.telegram.transport.plainer import Edit
from bot.telegram.transport.retry import who_am_i
from bot.telegram.transport.sender import Sender
from bot.telegram.updates.values import Me
from tests.bot.scripted import Reply, says, scripted_bot

KEYBOARD: Keyboard = (
    (Button("Thêm", data="m:1"), Button("Mở", url="https://example.org/")),
    (),
    (Button("Chia sẻ", share="NATO"), Button("Chép", copy="câu")),
)
ROWS = [
    [{"text": "Thêm", "callback_data": "m:1"}, {"text": "Mở", "url": "https://example.org/"}],
    [{"text": "Chia sẻ", "switch_inline_query": "NATO"}, {"text": "Chép", "copy_text": {"text": "câu"}}],
]
BOLD = Piece("NATO họp", (Entity("bold", 0, 4), Entity("text_link", 5, 3, "https://example.org/")))
ENTITIES = [
    {"type": "bold", "offset": 0, "length": 4},
    {"type": "text_link", "offset": 5, "length": 3, "url": "https://example.org/"},
]


class Recorder:
    """Takes every call and remembers its parameters."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def handle(self, method: str, params: dict[str, Any]) -> Reply:
        """Remember a call and answer it."""
        self.calls.append((method, params))
        chat = {"id": 5, "type": "private"}
        return says(
            {"ok": True, "result": {"message_id": len(self.calls), "date": 1, "chat": chat, "text": "x"}}
        )

    def sender(self) -> Sender:
        """Make a sender that talks to this through the real library."""
        return Sender(TelegramApi(*scripted_bot(self.handle)), lambda: None)


def shown(params: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters that say something."""
    return {name: value for name, value in params.items() if value is not None}


def test_each_piece_carries_its_own() -> None:
    """The first one replies, the last one has the keyboard, all are in the thread and show no preview."""
    seen = Recorder()
    place = Place(5, reply_to=77, thread=9)
    ids = asyncio.run(seen.sender().send(place, (Piece("một"), Piece("hai"), BOLD), KEYBOARD))
    assert ids == [1, 2, 3]
    assert {method for method, _ in seen.calls} == {"sendMessage"}
    every = {"chat_id": 5, "message_thread_id": 9, "link_preview_options": {"is_disabled": True}}
    assert [shown(params) for _, params in seen.calls] == [
        every | {"text": "một", "reply_parameters": {"message_id": 77, "allow_sending_without_reply": True}},
        every | {"text": "hai"},
        every | {"text": "NATO họp", "entities": ENTITIES, "reply_markup": {"inline_keyboard": ROWS}},
    ]


def test_a_message_is_changed_as_it_is_sent() -> None:
    """With formatting and keyboard, in its place; without a keyboard none is asked for."""
    seen = Recorder()
    assert asyncio.run(seen.sender().edit(5, 8, BOLD, KEYBOARD)) is Edit.DONE
    assert asyncio.run(seen.sender().edit(5, 9, Piece("hai"))) is Edit.DONE
    assert [method for method, _ in seen.calls] == ["editMessageText"] * 2
    every = {"chat_id": 5, "link_preview_options": {"is_disabled": True}}
    markup = {"inline_keyboard": ROWS}
    assert [shown(params) for _, params in seen.calls] == [
        every | {"message_id": 8, "text": "NATO họp", "entities": ENTITIES, "reply_markup": markup},
        every | {"message_id": 9, "text": "hai"},
    ]


RESULT = InlineResult("1", "Tên", "Tả", BOLD, KEYBOARD)
SHOWN = {
    "type": "article", "id": "1", "title": "Tên", "description": "Tả",
    "input_message_content": {
        "message_text": "NATO họp", "entities": ENTITIES, "link_preview_options": {"is_disabled": True},
    },
    "reply_markup": {"inline_keyboard": ROWS},
}  # fmt: skip
OTHERS: dict[str, tuple[Callable[[Sender], Awaitable[object]], str, dict[str, Any]]] = {
    "keyboard": (
        lambda sender: sender.edit_keyboard(5, 8, KEYBOARD), "editMessageReplyMarkup",
        {"chat_id": 5, "message_id": 8, "reply_markup": {"inline_keyboard": ROWS}},
    ),
    "deletion": (lambda sender: sender.delete(5, 8), "deleteMessage", {"chat_id": 5, "message_id": 8}),
    "reaction": (
        lambda sender: sender.react(5, 8, "👌"), "setMessageReaction",
        {"chat_id": 5, "message_id": 8, "reaction": [{"type": "emoji", "emoji": "👌"}]},
    ),
    "typing": (
        lambda sender: sender.typing(Place(5, thread=9)), "sendChatAction",
        {"chat_id": 5, "message_thread_id": 9, "action": "typing"},
    ),
    "press": (
        lambda sender: sender.answer_callback("q", "x" * 201, alert=True), "answerCallbackQuery",
        {"callback_query_id": "q", "text": "x" * 200, "show_alert": True},
    ),
    "press without words": (
        lambda sender: sender.answer_callback("q"), "answerCallbackQuery",
        {"callback_query_id": "q", "show_alert": False},
    ),
    "inline": (
        lambda sender: sender.answer_inline("q", [RESULT], cache_s=7, personal=True, button=("Mở", "s")),
        "answerInlineQuery",
        {"inline_query_id": "q", "results": [SHOWN], "cache_time": 7, "is_personal": True,
         "button": {"text": "Mở", "start_parameter": "s"}},
    ),
    "inline without results": (
        lambda sender: sender.answer_inline("q", [], cache_s=0, personal=False), "answerInlineQuery",
        {"inline_query_id": "q", "results": [], "cache_time": 0, "is_personal": False},
    ),
    "commands of private chats": (
        lambda sender: sender.api.set_commands({"ask": "Hỏi", "help": "Giúp"}, "private", "vi"),
        "setMyCommands",
        {"commands": [{"command": "ask", "description": "Hỏi"}, {"command": "help", "description": "Giúp"}],
         "scope": {"type": "all_private_chats"}, "language_code": "vi"},
    ),
    "commands of groups": (
        lambda sender: sender.api.set_commands({"ask": "Ask"}, "group", ""), "setMyCommands",
        {"commands": [{"command": "ask", "description": "Ask"}], "scope": {"type": "all_group_chats"}},
    ),
    "commands of one chat": (
        lambda sender: sender.api.set_commands({}, -100, "vi"), "setMyCommands",
        {"commands": [], "scope": {"type": "chat", "chat_id": -100}, "language_code": "vi"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", OTHERS)
def test_each_call_says_what_it_was_given(what: str) -> None:
    """All of it, and nothing else."""
    call, method, parameters = OTHERS[what]
    seen = Recorder()

    async def main() -> None:
        await call(seen.sender())

    asyncio.run(main())
    ((called, given),) = seen.calls
    assert (called, json.loads(json.dumps(shown(given)))) == (method, parameters)


def test_the_bot_knows_itself() -> None:
    """By number, name, and whether it answers inline."""

    async def handle(_: str, __: dict[str, Any]) -> Reply:
        user = {"id": 7, "is_bot": True, "first_name": "B", "username": "b", "supports_inline_queries": True}
        return says({"ok": True, "result": user})

    assert asyncio.run(who_am_i(TelegramApi(*scripted_bot(handle)))) == Me(7, "b", True)
