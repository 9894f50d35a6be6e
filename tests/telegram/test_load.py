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
from tests.telegram.world import Person

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
            assert p95(times) < 1
            time.sleep(4)


@pytest.mark.slow
@needs_model
def test_memory_when_idle(tmp_path: Path) -> None:
    """At most 160 MiB resident over the sample collection, once it is built; torch is not there."""
    with Loopback() as server:
        bot = BotProcess(server, tmp_path, {"PYTHONWARNINGS": "default"}, command=REAL)
        for _ in range(2):  # the first start builds
            with bot:
                time.sleep(4)
                idle = bot.resident_mib()
                assert "torch" not in Path(f"/proc/{bot.process.pid}/maps").read_text("utf-8")
                assert bot.stop()[0] == 0
            tell(f"idle: {idle:.0f} MiB resident")
            assert idle <= 160


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
