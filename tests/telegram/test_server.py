"""The loopback server refuses what Telegram refuses; otherwise the tests on it would prove nothing."""

import ast
import json
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.telegram.server import TOKEN, Loopback
from tests.telegram.world import Person

LAN = Person(5)
BUTTON = {"text": "x", "callback_data": "d"}


def call(server: Loopback, method: str, token: str = TOKEN, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Call a method as any client would, JSON inside form fields."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    reply = httpx.post(f"{server.url}/bot{token}/{method}", data=form, timeout=30)
    data: dict[str, Any] = reply.json()
    assert data["ok"] == (reply.status_code == 200)
    return data


def bold(offset: int, length: int, kind: str = "bold") -> dict[str, Any]:
    """Make an entity."""
    return {"type": kind, "offset": offset, "length": length}


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    """Make a keyboard of one row."""
    return {"inline_keyboard": [list(buttons)]}


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("sendMassage", {}),
    ("sendMessage", {"text": "x"}),
    ("sendMessage", {"chat_id": 5, "text": ""}),
    ("sendMessage", {"chat_id": 5, "text": "x" * 4097}),
    ("sendMessage", {"chat_id": 5, "text": "😀" * 2049}),
    ("sendMessage", {"chat_id": 5, "text": " x"}),
    ("sendMessage", {"chat_id": 5, "text": "x", "colour": "red"}),
    ("sendMessage", {"chat_id": 5, "text": "x", "parse_mode": "HTML"}),
    ("sendMessage", {"chat_id": 6, "text": "x"}),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_parameters": {"message_id": 99}}),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_parameters": {"message": 99}}),
    ("sendMessage", {"chat_id": 5, "text": "abc", "entities": [bold(0, 4)]}),
    ("sendMessage", {"chat_id": 5, "text": "abc", "entities": [bold(-1, 2)]}),
    ("sendMessage", {"chat_id": 5, "text": "abc", "entities": [bold(0, 0)]}),
    ("sendMessage", {"chat_id": 5, "text": "a😀c", "entities": [bold(0, 2)]}),
    ("sendMessage", {"chat_id": 5, "text": "abc", "entities": [bold(0, 2), bold(1, 2)]}),
    (
        "sendMessage",
        {"chat_id": 5, "text": "abc", "entities": [bold(0, 3, "blockquote"), bold(0, 2, "blockquote")]},
    ),
    ("sendMessage", {"chat_id": 5, "text": "abc", "entities": [bold(0, 2, "text_link")]}),
    ("sendMessage", {"chat_id": 5, "text": "x" * 300, "entities": [bold(i, 1) for i in range(101)]}),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": keyboard()}),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": keyboard({"text": "x"})}),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": keyboard(BUTTON | {"url": "https://a.b"})}),
    (
        "sendMessage",
        {"chat_id": 5, "text": "x", "reply_markup": keyboard(BUTTON | {"callback_data": "đ" * 33})},
    ),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": keyboard(BUTTON | {"callback_data": ""})}),
    ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": "{no json"}),
    ("editMessageText", {"text": "x"}),
    ("editMessageText", {"chat_id": 5, "message_id": 99, "text": "x"}),
    ("editMessageText", {"chat_id": 5, "message_id": 1, "text": "not the bot's"}),
    ("deleteMessage", {"chat_id": 5, "message_id": 99}),
    ("answerCallbackQuery", {"callback_query_id": "made up"}),
    ("answerCallbackQuery", {"callback_query_id": "x", "text": "y" * 201}),
    ("answerInlineQuery", {"inline_query_id": "made up", "results": []}),
    ("sendChatAction", {"chat_id": 5, "action": "dancing"}),
    ("setMyCommands", {"commands": [{"command": "Big", "description": "x"}]}),
    ("setMyCommands", {"commands": [{"command": "ask", "description": ""}]}),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}),
    ("setMyDescription", {"description": "x" * 513}),
    ("setMyShortDescription", {"short_description": "x" * 121}),
    ("setWebhook", {"url": "http://plain.example"}),
    ("setWebhook", {"url": "https://a.example", "secret_token": "with space"}),
]


@pytest.mark.parametrize(("method", "params"), REFUSED)
def test_malformed_calls_are_refused(method: str, params: dict[str, Any]) -> None:
    """Unknown methods and parameters, missing ones, lengths, entities, keyboards: each gets a 400 or 404."""
    with Loopback() as server:
        server.says(LAN, "chào")
        data = call(server, method, **params)
        assert data["error_code"] == (404 if method == "sendMassage" else 400), data
        assert not server.sent(5)


def test_a_good_message_is_sent_changed_and_not_changed_twice() -> None:
    """The same call is accepted once and then "not modified"."""
    with Loopback() as server:
        server.says(LAN, "chào")
        sent = call(
            server,
            "sendMessage",
            chat_id=5,
            text="a😀c",
            entities=[bold(1, 2)],
            reply_markup=keyboard(BUTTON),
        )
        number = sent["result"]["message_id"]
        assert sent["result"]["date"] < 1 << 34, "seconds, not milliseconds"
        assert call(server, "editMessageText", chat_id=5, message_id=number, text="b")["ok"]
        again = call(server, "editMessageText", chat_id=5, message_id=number, text="b")
        assert "not modified" in again["description"]


def test_updates_stay_until_they_are_confirmed() -> None:
    """Without an offset they come again; a higher offset confirms them."""
    with Loopback() as server:
        server.says(LAN, "một")
        server.says(LAN, "hai")
        first = call(server, "getUpdates", timeout=0)["result"]
        assert [u["message"]["text"] for u in first] == ["một", "hai"]
        assert call(server, "getUpdates", timeout=0)["result"] == first
        rest = call(server, "getUpdates", offset=first[0]["update_id"] + 1)["result"]
        assert [u["message"]["text"] for u in rest] == ["hai"]
        assert call(server, "getUpdates", offset=rest[0]["update_id"] + 1)["result"] == []


def test_a_second_poller_ends_the_first() -> None:
    """The older poll gets 409, as does any poll while a webhook is set; a wrong token gets 401."""
    with Loopback() as server:
        replies: list[dict[str, Any]] = []
        first = threading.Thread(target=lambda: replies.append(call(server, "getUpdates", timeout=20)))
        first.start()
        while not server.polls:
            time.sleep(0.01)
        call(server, "getUpdates")
        first.join(5)
        assert replies[0]["error_code"] == 409
        call(server, "setWebhook", url="https://bot.example/x")
        assert call(server, "getUpdates")["error_code"] == 409
        assert call(server, "getMe", token="1:wrong")["error_code"] == 401  # noqa: S106 - a wrong one


SOURCES = ("Bot API", "Client.cpp", "td/telegram/", "core.telegram.org")


@pytest.mark.parametrize("name", ["strict", "world", "server"])
def test_every_rule_names_its_source(name: str) -> None:
    """A function that refuses something says in its docstring where that stands."""
    tree = ast.parse(Path(__file__).with_name(f"{name}.py").read_text("utf-8"))
    refusing = [
        function
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and getattr(node.exc.func, "id", "") in ("bad", "Refused")
            for node in ast.walk(function)
        )
    ]
    assert len(refusing) >= 3
    silent = [
        each.name for each in refusing if not any(s in (ast.get_docstring(each) or "") for s in SOURCES)
    ]
    assert silent == []
