"""What the Bot API is asked for, parameter by parameter: replies, threads, keyboards, formatting."""

import asyncio
from typing import Any

from bot.telegram.messages.entities import Entity
from bot.telegram.messages.keyboards import Button, Keyboard
from bot.telegram.messages.pieces import Piece
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.calls import Place
from bot.telegram.transport.plainer import Edit
from bot.telegram.transport.sender import Sender
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
