"""What ends the process while an update is read or admitted is passed over at the third start."""

import asyncio
from pathlib import Path
from typing import cast

import pytest
from pydantic import SecretStr

from bot.telegram.dispatch import dispatcher
from bot.telegram.dispatch.dispatcher import Dispatcher
from bot.telegram.memory.state import State
from bot.telegram.services import Services
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.sender import Sender
from bot.telegram.updates.values import Incoming, Json, Me
from tests.telegram.server import TOKEN


class Killed(BaseException):
    """Stands for whatever ends a process: nothing in between may catch it."""


class _Desk:
    """What a dispatcher needs of a desk until something is begun."""

    me = Me(7, "trichdan_bot")

    def __init__(self, folder: Path) -> None:
        self.settings = TelegramSettings(SecretStr(TOKEN), folder, open_access=True)
        self.state = State(folder / "state.sqlite")
        self.sender = Sender(cast("TelegramApi", None))


def begin(folder: Path, update: Json) -> Services:
    """Start, take up what waits and the update, and end; return the desk, whose file is closed."""
    services = cast("Services", _Desk(folder))
    services.state.inbox.arrived(update["update_id"], update)

    async def scene() -> None:
        begun = Dispatcher(services)
        for waiting in services.state.inbox.waiting():
            await begun.put(waiting)

    try:
        asyncio.run(scene())
    finally:
        services.state.close()
    return services


def test_what_ends_the_process_while_it_is_read_does_so_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third start passes it over, and the fourth finds nothing waiting."""
    read = 0

    def deadly(update: Json, me: Me) -> Incoming | None:
        nonlocal read
        read += 1
        raise Killed

    monkeypatch.setattr(dispatcher, "read", deadly)
    for _ in range(2):
        with pytest.raises(Killed):
            begin(tmp_path, {"update_id": 1})
    begin(tmp_path, {"update_id": 1})
    begin(tmp_path, {"update_id": 1})
    assert read == 2


@pytest.mark.parametrize(
    "error", [OverflowError, UnicodeEncodeError("utf-8", "x", 0, 1, "no"), MemoryError, KeyError]
)
def test_what_fails_while_it_is_read_is_passed_over_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever it raises; what comes behind it is read."""
    seen = []

    def failing(update: Json, me: Me) -> Incoming | None:
        seen.append(update["update_id"])
        if update["update_id"] == 1:
            raise error
        return None

    monkeypatch.setattr(dispatcher, "read", failing)
    begin(tmp_path, {"update_id": 1})
    begin(tmp_path, {"update_id": 2})
    assert seen == [1, 2]
