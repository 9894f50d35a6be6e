"""The sending policy: every fault at every piece, and a thousand random schedules (N1, N2)."""

# ruff: noqa: S311 - seeded, so that a failure comes again
import asyncio
import json
import logging
import random
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.telegram.messages.pieces import Piece
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.calls import Clock, Place
from bot.telegram.transport.faults import LONGEST_WAIT, POLICY, Fault
from bot.telegram.transport.plainer import Edit
from bot.telegram.transport.sender import Sender
from bot.telegram.transport.throttle import GROUP, OVERALL, PRIVATE, AskingLimit, Bucket, Buckets, Rate
from tests.bot.scripted import Reply, says, scripted_bot

Outcome = Reply | aiohttp.ClientError
NOWHERE = aiohttp.client_reqrep.ConnectionKey("api.telegram.org", 443, True, True, None, None, None)


def failure(code: int, description: str, **parameters: int) -> Reply:
    """Make a refusal as the Bot API sends it."""
    body = {"ok": False, "error_code": code, "description": description}
    return says(body | ({"parameters": parameters} if parameters else {}), code)


@dataclass
class Chat:
    """What arrived at the other end, what happens to each call, and a clock that waiting moves."""

    decide: Callable[[str], tuple[Outcome | None, bool]]
    arrived: list[str] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    time: float = 1000.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.waits.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    async def handle(self, method: str, params: dict[str, Any]) -> Reply:
        """Serve one call: deliver it or not, and answer or not."""
        text = str(params.get("text", params.get("message_id", method)))
        self.attempts.append(text)
        reply, delivered = self.decide(text)
        if delivered:
            self.arrived.append(text)
        if isinstance(reply, aiohttp.ClientError):
            raise reply
        if reply is not None:
            return reply
        chat = {"id": 5, "type": "private"}
        number = len(self.arrived)
        result = {"message_id": number, "date": 1, "chat": chat, "text": text}
        return says({"ok": True, "result": result})

    def sender(self, stop: Callable[[], None] = lambda: None) -> Sender:
        """Make a sender that talks to this chat through the real library."""
        return Sender(
            TelegramApi(*scripted_bot(lambda method, params: self.handle(method, params))),
            stop,
            Clock(lambda: self.time, self.sleep),
        )


PIECES = tuple(Piece(text) for text in ("một", "hai", "ba"))


@dataclass(frozen=True)
class Row:
    """One row of the written table: what comes back, how often a piece is tried, what follows."""

    reply: Callable[[], Outcome]
    attempts: int
    least_wait: float = 0.0
    others: bool = True
    stops: bool = False


TABLE = {
    "429 for 1 s": Row(lambda: failure(429, "Too Many Requests", retry_after=1), 5, 4.0),
    "429 for 30 s": Row(lambda: failure(429, "Too Many Requests", retry_after=30), 5, 120.0),
    "429 for 3600 s": Row(lambda: failure(429, "Too Many Requests", retry_after=3600), 1),
    "429 without time": Row(lambda: failure(429, "Too Many Requests"), 5, 4.0),
    "400 parse": Row(lambda: failure(400, "Bad Request: can't parse entities"), 2),
    "400 too long": Row(lambda: failure(400, "Bad Request: message is too long"), 1),
    "401": Row(lambda: failure(401, "Unauthorized"), 1, stops=True),
    "403": Row(lambda: failure(403, "Forbidden: bot was blocked by the user"), 1, others=False),
    "409": Row(lambda: failure(409, "Conflict"), 1),
    "500": Row(lambda: failure(500, "Internal Server Error"), 1),
    "502": Row(lambda: Reply(502, b"<html>Bad Gateway</html>"), 1),
    "no JSON": Row(lambda: Reply(200, b"surprise"), 1),
    "connect timeout": Row(lambda: aiohttp.ConnectionTimeoutError("https://api.telegram.org"), 3),
    "connect error": Row(lambda: aiohttp.ClientConnectorError(NOWHERE, OSError("refused")), 3),
    "read timeout": Row(lambda: aiohttp.SocketTimeoutError(), 1),
    "cut": Row(lambda: aiohttp.ServerDisconnectedError(), 1),
    "proxy refuses": Row(lambda: aiohttp.ClientHttpProxyError(None, (), status=407), 3),  # type: ignore[arg-type]  # it does not look
}


@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize("name", TABLE)
def test_each_fault_is_met_as_the_table_says(name: str, place: int, caplog: pytest.LogCaptureFixture) -> None:
    """N1: attempts, waits, and what becomes of the other pieces, for a fault that stays."""
    row = TABLE[name]
    bad = PIECES[place].text
    chat = Chat(lambda text: (row.reply(), False) if text == bad else (None, True))
    stopped: list[bool] = []
    sender = chat.sender(lambda: stopped.append(True))
    with caplog.at_level(logging.WARNING):
        ids = asyncio.run(sender.send(Place(5), PIECES))
    assert chat.attempts.count(bad) == row.attempts
    assert sum(chat.waits) >= row.least_wait
    expected = [p.text for i, p in enumerate(PIECES) if i != place and (row.others or i < place)]
    assert chat.arrived == expected
    assert [number is None for number in ids] == [p.text not in expected for p in PIECES]
    assert bool(stopped) == row.stops
    assert sender.silenced(5) == (not row.others)
    lost = [record for record in caplog.records if "lost after" in record.message]
    assert len(lost) == 3 - len(expected)


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.attempts > 1])
def test_a_fault_that_passes_costs_time_and_nothing_else(name: str) -> None:
    """What can be sent again arrives once, in its order, and not before the stated time."""
    row = TABLE[name]
    left = [row.reply()]
    chat = Chat(lambda text: (left.pop(), False) if text == "hai" and left else (None, True))
    ids = asyncio.run(chat.sender().send(Place(5), PIECES))
    assert chat.arrived == ["một", "hai", "ba"]
    assert None not in ids
    assert sum(chat.waits) >= (30 if "30" in name else 0.5)


@pytest.mark.parametrize("seeds", range(0, 1000, 100))
@pytest.mark.slow
def test_random_schedules(seeds: int, caplog: pytest.LogCaptureFixture) -> None:
    """N2: nothing arrives twice or out of order, and each loss is logged once (10 x 100)."""
    for seed in range(seeds, seeds + 100):
        check_schedule(random.Random(seed), caplog)


def test_some_random_schedules(caplog: pytest.LogCaptureFixture) -> None:
    """The first sixty of the thousand, at every commit."""
    for seed in range(60):
        check_schedule(random.Random(seed), caplog)


def check_schedule(draw: random.Random, caplog: pytest.LogCaptureFixture) -> None:
    """Send five pieces through random faults, some of which strike after the delivery."""
    ambiguous = {"500", "502", "no JSON", "read timeout", "cut"}

    def decide(text: str) -> tuple[Outcome | None, bool]:
        if draw.random() < 0.5:
            return None, True
        name = draw.choice(list(TABLE))
        return TABLE[name].reply(), name in ambiguous and draw.random() < 0.5

    caplog.clear()
    chat = Chat(decide)
    pieces = tuple(Piece(str(i)) for i in range(5))

    async def send() -> list[int | None]:
        async with asyncio.timeout(5):
            return await chat.sender().send(Place(5), pieces)

    with caplog.at_level(logging.WARNING):
        ids = asyncio.run(send())
    assert len(ids) == 5
    assert chat.arrived == sorted(set(chat.arrived)), "twice, or out of order"
    known = [piece.text for piece, number in zip(pieces, ids, strict=True) if number is not None]
    assert set(known) <= set(chat.arrived)
    lost = [record for record in caplog.records if "lost after" in record.message]
    assert len(lost) == ids.count(None)


def test_edits_may_be_repeated() -> None:
    """A change may be tried again after an ambiguous failure; "not modified" is success."""
    left: list[Outcome] = [aiohttp.SocketTimeoutError(), failure(502, "Bad Gateway")]
    chat = Chat(lambda text: (left.pop(0), True) if left else (None, True))
    assert asyncio.run(chat.sender().edit(5, 1, PIECES[0])) is Edit.DONE
    assert len(chat.attempts) == 3
    same = Chat(lambda text: (failure(400, "Bad Request: message is not modified: same"), False))
    assert asyncio.run(same.sender().edit(5, 1, PIECES[0])) is Edit.DONE
    gone = Chat(lambda text: (failure(400, "Bad Request: message to edit not found"), False))
    assert asyncio.run(gone.sender().edit(5, 1, PIECES[0])) is Edit.GONE


SMALL: dict[str, Callable[[Sender], Coroutine[Any, Any, bool | None]]] = {
    "keyboard": lambda sender: sender.edit_keyboard(5, 8, ()),
    "delete": lambda sender: sender.delete(5, 8),
    "callback": lambda sender: sender.answer_callback("q"),
}


@pytest.mark.parametrize("what", SMALL)
def test_a_small_change_says_whether_it_succeeded(what: str, caplog: pytest.LogCaptureFixture) -> None:
    """True after three attempts of which the last succeeds, False after one that cannot; None for a press.

    The log names what was lost. A refusal silences the chat, where there is one.
    """
    left: list[Outcome] = [aiohttp.SocketTimeoutError(), failure(502, "Bad Gateway")]
    chat = Chat(lambda text: (left.pop(0), True) if left else (None, True))
    succeeded = asyncio.run(SMALL[what](chat.sender()))
    assert (succeeded, len(chat.attempts)) == (None if what == "callback" else True, 3)
    chat = Chat(lambda text: (failure(403, "Forbidden: bot was blocked by the user"), False))
    sender = chat.sender()
    with caplog.at_level(logging.WARNING):
        succeeded = asyncio.run(SMALL[what](sender))
    assert (succeeded, len(chat.attempts)) == (None if what == "callback" else False, 1)
    assert [record.message.partition(" after")[0] for record in caplog.records] == [f"{what} lost"]
    assert sender.silenced(5) == (what != "callback")


def test_a_silenced_chat_is_answered_again_once_it_writes() -> None:
    """403 silences that chat only, and only until it is heard of."""
    replies: list[Outcome | None] = [failure(403, "Forbidden: bot was blocked by the user")]
    chat = Chat(lambda text: (replies.pop(), False) if replies else (None, True))
    sender = chat.sender()

    async def talk() -> None:
        assert await sender.send(Place(5), PIECES[:1]) == [None]
        assert await sender.send(Place(6), PIECES[:1]) == [1]
        assert await sender.send(Place(5), PIECES[:1]) == [None]
        sender.heard(5)
        assert await sender.send(Place(5), PIECES[:1]) == [2]

    asyncio.run(talk())


def test_a_group_that_moved_is_followed() -> None:
    """The new id is used for the piece that met it and for those after."""
    seen: list[int] = []

    async def handle(method: str, params: dict[str, Any]) -> Reply:
        chat_id = params["chat_id"]
        seen.append(chat_id)
        if chat_id == -5:
            return failure(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
        message = {
            "message_id": len(seen),
            "date": 1,
            "chat": {"id": -100, "type": "supergroup"},
            "text": "x",
        }
        return says({"ok": True, "result": message})

    chat = Chat(lambda text: (None, True))
    chat.handle = handle  # type: ignore[method-assign]
    assert None not in asyncio.run(chat.sender().send(Place(-5), PIECES))
    assert seen == [-5, -100, -100, -100]


def test_the_policy_says_something_about_every_fault() -> None:
    """A new kind of fault cannot be forgotten in the table; nothing uncertain is sent twice."""
    assert set(POLICY) == set(Fault)
    assert POLICY[Fault.AMBIGUOUS].sends == POLICY[Fault.MALFORMED].sends == 1
    assert LONGEST_WAIT == 60


@pytest.mark.parametrize(
    ("rate", "calls", "window", "most"),
    [(PRIVATE, 50, 1.0, 1), (GROUP, 100, 60.0, 20), (OVERALL, 2000, 10.0, 390)],
)
def test_rates_hold_in_every_window(rate: Rate, calls: int, window: float, most: int) -> None:
    """One a second to a person, 20 a minute to a group, and overall 30 a second beyond the first burst."""
    bucket, now, times = Bucket(rate), 0.0, []
    for _ in range(calls):
        now += bucket.wait(now)
        times.append(now)
    assert (
        max(sum(t <= other < t + window - 1e-6 for other in times) for t in times[:: len(times) // 50])
        <= most
    )


def test_pieces_to_one_chat_are_a_second_apart() -> None:
    """The rate of Telegram for one chat is kept without being told."""
    chat = Chat(lambda text: (None, True))
    asyncio.run(chat.sender().send(Place(5), PIECES))
    assert chat.waits == [pytest.approx(1.0), pytest.approx(1.0)]


def test_idle_buckets_are_forgotten() -> None:
    """Memory is bounded, however many people come."""
    buckets = Buckets(most=100)
    for key in range(10_000):
        buckets.of(key, PRIVATE, float(key)).wait(float(key))
    assert len(buckets._buckets) <= 101


def test_whoever_asks_too_fast_is_told_once() -> None:
    """Twenty a minute with a burst of ten; the refusal says when, and is said once in half a minute."""
    limit = AskingLimit(20)
    allowed = sum(limit.refused(1, 0.0) is None for _ in range(1000))
    assert allowed == 10
    wait = limit.refused(1, 0.0)
    assert wait is not None
    assert 0 < wait <= 3
    assert [limit.tell(1, now) for now in (0.0, 1.0, 29.0, 31.0)] == [True, False, False, True]
    assert limit.refused(2, 0.0) is None, "others are not held up"
    assert limit.refused(1, 3.1) is None


def test_the_table_in_the_docs_is_the_policy() -> None:
    """Every fault stands in the written table with its number of attempts."""
    from pathlib import Path

    text = (Path(__file__).parents[3] / "docs" / "telegram.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \| ", text, re.MULTILINE))
    assert {str(fault): rule.sends for fault, rule in POLICY.items()} == {k: int(v) for k, v in rows.items()}
    assert json.dumps(rows)
