"""Two bots with one token, in a time that the test moves: the newer stays, and somebody always fetches."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.memory.state import State
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.polling import Conflict, Poller
from tests.bot.scripted import Reply, says, scripted_bot


class _Selector(selectors.SelectSelector):
    """Waits for nothing: the time that would be waited has passed at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    """A loop whose clock is what was waited for."""

    def __init__(self) -> None:
        self._moved = _Selector()
        super().__init__(self._moved)

    def time(self) -> float:
        return self._moved.now


@dataclass
class _Telegram:
    """What Telegram does with getUpdates: a new request ends the one that waits.

    Client.cpp (fail_query_conflict): the second refusal within three seconds comes three seconds late.
    """

    pending: list[dict[str, Any]] = field(default_factory=list)
    _waits: "asyncio.Future[bool] | None" = None
    _next_refusal: float = 0.0

    def arrive(self, number: int) -> None:
        self.pending.append({"update_id": number, "message": {"message_id": number}})
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(True)

    async def answer(self, method: str, params: dict[str, Any]) -> Reply:
        assert method == "getUpdates"
        loop = asyncio.get_running_loop()
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(False)
        self.pending = [each for each in self.pending if each["update_id"] >= params.get("offset", 0)]
        if not self.pending:
            mine: asyncio.Future[bool] = loop.create_future()
            self._waits = mine
            try:
                more = await asyncio.wait_for(mine, params["timeout"])
            except TimeoutError:
                more = True
            if not more:
                late = loop.time() < self._next_refusal
                self._next_refusal = max(self._next_refusal, loop.time() + 3.0)
                await asyncio.sleep(3.0 if late else 0.0)
                return says({"ok": False, "error_code": 409, "description": "Conflict: terminated"}, 409)
        return says({"ok": True, "result": self.pending})


@dataclass
class _Bot:
    """One of the two, with what it got and when it gave way."""

    telegram: _Telegram
    folder: Path
    got: dict[int, float] = field(default_factory=dict)
    gave_way: float | None = None

    async def live(self) -> None:
        loop = asyncio.get_running_loop()

        async def hand_on(update: dict[str, Any]) -> None:
            self.got.setdefault(update["update_id"], loop.time())

        self.folder.mkdir()
        state = State(self.folder / "state.sqlite")
        try:
            api = TelegramApi(*scripted_bot(self.telegram.answer))
            await Poller(api, state, hand_on, 35.0).run()
        except Conflict:
            self.gave_way = loop.time()
        finally:
            state.close()


def in_moved_time(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run something on a clock that jumps to what is waited for."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(main())


def one_after_another(folder: Path, between: float, head_start: float) -> tuple[_Bot, _Bot, dict[int, float]]:
    """Start a bot, later a second, and live on for 50 s; a question comes every `between` seconds."""
    telegram = _Telegram()
    old, new = _Bot(telegram, folder / "old"), _Bot(telegram, folder / "new")
    asked: dict[int, float] = {}

    async def ask() -> None:
        loop = asyncio.get_running_loop()
        while True:
            number = len(asked) + 1
            asked[number] = loop.time()
            telegram.arrive(number)
            await asyncio.sleep(between)

    async def main() -> None:
        tasks = [asyncio.create_task(old.live()), asyncio.create_task(ask())]
        await asyncio.sleep(head_start)
        tasks.append(asyncio.create_task(new.live()))
        await asyncio.sleep(50.0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    in_moved_time(main)
    return old, new, asked


@pytest.mark.parametrize("between", [0.7, 1.3, 2.9, 4.3, 1000.0])
@pytest.mark.parametrize("head_start", [41.03, 42.51])
def test_the_newer_stays_however_many_questions_come(
    tmp_path: Path, between: float, head_start: float
) -> None:
    """The older ends within ten seconds, the newer never, and no question waits for either."""
    old, new, asked = one_after_another(tmp_path, between, head_start)
    assert new.gave_way is None
    assert old.gave_way is not None
    assert old.gave_way - head_start <= 10.0
    waited = [min(old.got.get(n, 999.0), new.got.get(n, 999.0)) - at for n, at in asked.items()]
    assert max(waited) < 1.0


def test_of_two_that_start_at_once_one_stays(tmp_path: Path) -> None:
    """Neither has been there before; within a minute one gives way, and meanwhile nobody waits."""
    old, new, asked = one_after_another(tmp_path, 1.0, 0.01)
    assert [bot.gave_way is None for bot in (old, new)].count(True) == 1
    waited = [min(old.got.get(n, 999.0), new.got.get(n, 999.0)) - at for n, at in asked.items()]
    assert max(waited) < 1.0
