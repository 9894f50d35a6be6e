"""Fetching updates while something else answers in Telegram's place, or nothing does."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.memory.state import State
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.polling import Poller
from tests.bot.scripted import Reply, says, scripted_bot

UPDATE = {"update_id": 7, "message": {"message_id": 1}}
NESTED = b'{"ok": true, "result": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


class _EnoughError(Exception):
    """The poller has waited as often as the test wants."""


def polled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, replies: list[Reply], waits: int
) -> tuple[list[float], list[dict[str, Any]]]:
    """Poll, the last reply again and again, until it has waited so often; return waits and updates."""
    waited: list[float] = []
    got: list[dict[str, Any]] = []

    async def handle(method: str, params: dict[str, Any]) -> Reply:
        assert method == "getUpdates"
        return replies.pop(0) if len(replies) > 1 else replies[0]

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == waits:
            raise _EnoughError

    async def hand_on(update: dict[str, Any]) -> None:
        got.append(update)

    async def main() -> None:
        poller = Poller(TelegramApi(*scripted_bot(handle)), State(folder / "state.sqlite"), hand_on, 5.0)
        with monkeypatch.context() as patched, pytest.raises(_EnoughError):
            patched.setattr(asyncio, "sleep", sleep)
            await poller.run()

    asyncio.run(main())
    return waited, got


@pytest.mark.parametrize(
    "reply",
    [
        b"<html>Sign in to the network</html>",
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"ok": true, "result": {}}',
        NESTED,
    ],
)
def test_what_is_no_answer_of_telegram_is_asked_ever_more_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, reply: bytes
) -> None:
    """The log says that something else answers, and how often; the waits grow to five minutes."""
    caplog.set_level(logging.INFO, "bot.telegram")
    waited, got = polled(tmp_path, monkeypatch, [Reply(200, reply)], 40)
    assert got == []
    assert waited == sorted(waited)
    assert (waited[0], waited[-1]) == (0.5, 300.0)
    sentences = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(sentences) == 40
    assert "no JSON of the Bot API (failure 40): see to TRICHDAN_TELEGRAM_API_URL" in sentences[-1]
    assert "could not be fetched" not in caplog.text


def test_a_network_that_is_down_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is asked every half a minute at last; a page of an error is no portal."""
    waited, _ = polled(tmp_path, monkeypatch, [Reply(502, b"<html>Bad Gateway</html>")], 40)
    assert waited[-1] == 30.0
    assert caplog.text.count("could not be fetched (perhaps delivered)") == 40
    assert "no JSON" not in caplog.text


def test_updates_arrive_once_telegram_answers_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """None is lost, and the waits begin anew."""
    caplog.set_level(logging.INFO, "bot.telegram")
    portal = Reply(200, b"portal")
    replies = [portal, portal, says({"ok": True, "result": [UPDATE]}), portal]
    waited, got = polled(tmp_path, monkeypatch, replies, 3)
    assert got == json.loads(json.dumps([UPDATE]))
    assert waited == [0.5, 0.75, 0.5]
    assert "updates are arriving again" in caplog.text
