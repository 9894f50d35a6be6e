"""Many at once: time to the answer, fairness in a flood, rates, and memory (N7)."""

import json
import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.telegram.conftest import somebody
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.strict import Json
from tests.telegram.test_flows import AID
from tests.telegram.world import Person, group

ROOT = Path(__file__).resolve().parents[2]
REAL = ("-c", "from bot.cli import main; main()", "bot")

needs_model = pytest.mark.skipif(
    not (ROOT / "index" / "model").exists(), reason="the bundled encoder is not in this checkout"
)


def ask_all(bot: BotProcess, texts: list[str]) -> list[float]:
    """Let as many new people ask at the same moment; return how long each waited, in seconds."""
    server = bot.server
    updates: list[Json] = [
        server.world.update("message", server.world.said(somebody(), text)) for text in texts
    ]
    first = len(server.calls)
    started = time.monotonic()
    server.push(*updates)
    chats = {update["message"]["chat"]["id"] for update in updates}
    calls = server.wait(
        lambda call: call.method == "sendMessage" and call.code == 200 and call.params["chat_id"] in chats,
        count=len(texts),
        since=first,
        timeout=60,
    )
    assert {call.params["chat_id"] for call in calls} == chats
    return sorted(call.at - started for call in calls)


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 stay below."""
    return statistics.quantiles(times, n=100)[94]


def tell(text: str) -> None:
    """Write a figure of a slow test."""
    sys.stdout.write(f"{text}\n")


def sample_questions() -> list[str]:
    """Read the questions about the sample collection, each another one."""
    names = ("questions.jsonl", "questions-hard.jsonl")
    lines = [line for name in names for line in (ROOT / "seeds" / name).read_text("utf-8").splitlines()]
    return list(dict.fromkeys(json.loads(line)["question"] for line in lines))


@pytest.mark.slow
def test_a_hundred_people_at_once(tmp_path: Path) -> None:
    """All are answered, 95 of 100 within a second; the small collection, so the time is the front end's."""
    with Loopback() as server, BotProcess(server, tmp_path) as bot:
        ask_all(bot, [AID])
        for _ in range(3):
            times = ask_all(bot, [f"{AID} {i}" for i in range(100)])
            tell(f"median {statistics.median(times):.2f} s, p95 {p95(times):.2f} s, last {times[-1]:.2f} s")
            assert p95(times) < 1
            time.sleep(4)  # until the burst of the overall rate is full again
        assert server.refusals() == []


@pytest.mark.slow
@needs_model
def test_a_hundred_people_at_once_over_the_sample(tmp_path: Path) -> None:
    """The same with the real answerer over the sample collection, each with another question."""
    env = {"PYTHONWARNINGS": "default"}
    with Loopback() as server, BotProcess(server, tmp_path, env, command=REAL) as bot:
        questions = sample_questions()
        ask_all(bot, questions[:5])
        time.sleep(3)
        for i in range(3):
            times = ask_all(bot, (questions * 2)[100 * i : 100 * i + 100])
            tell(f"median {statistics.median(times):.2f} s, p95 {p95(times):.2f} s, last {times[-1]:.2f} s")
            assert p95(times) < 3
            time.sleep(4)


@pytest.mark.slow
@needs_model
@pytest.mark.parametrize(("reader", "most"), [("on", 280), ("off", 170)])
def test_memory_when_idle(tmp_path: Path, reader: str, most: int) -> None:
    """So much is resident at most over the sample collection, once it is built; torch is not there."""
    with Loopback() as server:
        environment = {"PYTHONWARNINGS": "default", "TRICHDAN_READER": reader}
        bot = BotProcess(server, tmp_path, environment, command=REAL)
        for _ in range(2):  # the first start builds
            with bot:
                time.sleep(12)  # what building and opening took is given back every five seconds
                idle = bot.resident_mib()
                assert "torch" not in Path(f"/proc/{bot.process.pid}/maps").read_text("utf-8")
                assert bot.stop()[0] == 0
            tell(f"idle: {idle:.0f} MiB resident")
            assert idle <= most


@pytest.mark.slow
def test_a_flood_costs_the_others_little(tmp_path: Path) -> None:
    """N7: 1,000 messages of one person in ten seconds, 100 others one each: told once, rates held."""
    with Loopback() as server, BotProcess(server, tmp_path) as bot:
        ask_all(bot, [AID])
        idle_times = [t for i in range(100) for t in ask_all(bot, [f"{AID} {i}"])]
        memory = bot.resident_mib()
        flooder, started, busy_times = Person(3), time.monotonic(), []
        flood = [server.world.said(flooder, f"{AID} {i}") for i in range(1000)]
        for i in range(100):
            server.push(*(server.world.update("message", m) for m in flood[10 * i : 10 * i + 10]))
            busy_times += ask_all(bot, [f"{AID} {i}"])
            time.sleep(max(started + 0.1 * (i + 1) - time.monotonic(), 0))
        tell(
            f"others' p95: idle {1000 * p95(idle_times):.0f} ms, in the flood {1000 * p95(busy_times):.0f} ms"
        )
        tell(f"memory: {memory:.0f} MiB, after the flood {bot.resident_mib():.0f} MiB")
        server.wait(
            lambda c: c.params.get("chat_id") == flooder.id and "nhanh quá" in c.params["text"], timeout=30
        )
        mine = server.sent(flooder.id)
        told = [message for message in mine if "nhanh quá" in message["text"]]
        assert len(told) == 1
        assert len(mine) <= 16
        assert bot.resident_mib() < memory + 50
        assert p95(sorted(busy_times)) < max(2 * p95(sorted(idle_times)), 0.05)
        sends = [call for call in server.calls if call.method == "sendMessage"]
        to_flooder = [call.at for call in sends if call.params["chat_id"] == flooder.id]
        gaps = [later - earlier for earlier, later in pairwise(to_flooder)]
        assert min(gaps) > 0.9, "one a second to one chat"
        for call in sends:
            assert sum(call.at <= other.at < call.at + 10 for other in sends) <= 390


CROWDED = group(-77)
# As much in a moment as somebody can do in some minutes, or with several accounts.
FASTER = {"TRICHDAN_TELEGRAM_PER_MINUTE": "600"}


def many_in_one_group(server: Loopback) -> list[Json]:
    """Return what 30 people ask in one group, each within their limits: more than there are slots."""
    people = [somebody() for _ in range(30)]
    said = [server.world.said(person, f"/ask {AID} {i}", CROWDED) for i in range(10) for person in people]
    return [server.world.update("message", message) for message in said]


def one_in_every_way(server: Loopback, welcome: Json) -> list[Json]:
    """Return what one person can do: ask and edit in a group, press examples there, type inline."""
    flooder, world = somebody(), server.world
    updates = []
    for i in range(100):
        message = world.said(flooder, f"/ask {AID} {i}", CROWDED)
        updates += [
            world.update("message", message),
            world.update("callback_query", world.pressed(flooder, welcome, example_of(welcome))),
            world.update("edited_message", world.edited(message, f"/ask {AID} {i}?")),
            world.update("inline_query", world.searched(flooder, f"{AID} {i}")),
        ]
    return updates


def example_of(welcome: Json) -> str:
    """Return the data of the first example button."""
    data: str = welcome["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    return data


def welcomed(bot: BotProcess) -> Json:
    """Let the bot greet the group and return the message with the examples."""
    bot.until(lambda: "the collection is about" in bot.log())
    return bot.server.now(bot.server.answer_to(bot.server.says(somebody(), "/start@trichdan_bot", CROWDED)))


@pytest.mark.parametrize("shape", ["many", "one"])
def test_a_crowded_group_holds_up_nobody_else(tmp_path: Path, shape: str) -> None:
    """A private question among a flood of a group is answered, and the group still is, at its own pace."""
    with Loopback() as server, BotProcess(server, tmp_path, FASTER if shape == "one" else {}) as bot:
        welcome = welcomed(bot)
        flood = many_in_one_group(server) if shape == "many" else one_in_every_way(server, welcome)
        server.push(*flood)
        asked = server.says(somebody(), AID)
        answer = server.answer_to(asked)
        assert "Mỹ viện trợ 275 triệu" in answer["text"]
        there = server.sent(CROWDED["id"])
        assert 2 <= len(there) <= 8, "five at once, then one in four seconds"
        assert bot.stop()[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["many", "one"])
def test_how_long_others_wait_beside_a_crowded_group(tmp_path: Path, shape: str) -> None:
    """A minute of either flood: 95 of 100 others are answered within two seconds."""
    with Loopback() as server, BotProcess(server, tmp_path, FASTER if shape == "one" else {}) as bot:
        welcome = welcomed(bot)
        times: list[float] = []
        for second in range(60):
            if second % 5 == 0:
                flood = many_in_one_group(server) if shape == "many" else one_in_every_way(server, welcome)
                server.push(*flood)
            times += ask_all(bot, [f"{AID} {second} {i}" for i in range(2)])
            time.sleep(0.9)
        tell(f"{shape}: others' median {statistics.median(times):.3f} s, p95 {p95(sorted(times)):.3f} s")
        tell(f"the longest {max(times):.3f} s; {bot.resident_mib():.0f} MiB")
        assert p95(sorted(times)) < 2
