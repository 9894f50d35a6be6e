"""Health, readiness and figures of a running bot, and settings that are read again while it runs."""

import contextlib
import json
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.telegram.collection.live import LiveGeneration
from bot.telegram.monitoring.monitor import Monitor, serve
from bot.telegram.monitoring.tally import BOUNDS_S, Durations, Tally
from bot.telegram.telegram_settings import TelegramSettings
from bot.texts.telegram import languages
from index.errors import SettingsError, TrichDanError
from tests.telegram.conftest import OWNER
from tests.telegram.fake import FakeStore
from tests.telegram.process import BotProcess
from tests.telegram.server import TOKEN, Loopback, Trouble
from tests.telegram.test_flows import AID
from tests.telegram.transport.test_webhook import free_port
from tests.telegram.world import Person, group

VI = languages()["vi"]


def told(port: int, path: str) -> tuple[int, str]:
    """Ask the bot and return status and body."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def figures(port: int) -> dict[tuple[str, str], float]:
    """Return each figure by its name and its first label."""
    families = text_string_to_metric_families(told(port, "/metrics")[1])
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in families
        for sample in family.samples
        if "le" not in sample.labels
    }


def test_a_running_bot_is_watched(server: Loopback, tmp_path: Path, lan: Person) -> None:
    """It is healthy and ready; what was asked, how long it took and what failed is counted."""
    port = free_port()
    with BotProcess(server, tmp_path, {"TRICHDAN_MONITOR_LISTEN": f"127.0.0.1:{port}"}) as bot:
        bot.until(lambda: "the collection is about" in bot.log())
        assert [told(port, path) for path in ("/healthz", "/readyz")] == [(200, "ok\n")] * 2
        assert told(port, "/other")[0] == 404
        server.answer_to(server.says(lan, AID))
        server.troubles.append(Trouble("sendMessage", 429, retry_after=1))
        server.answer_to(server.says(lan, "mặt trăng màu gì"))
        bot.until(lambda: figures(port).get(("trichdan_stage_seconds_count", "send")) == 2)
        now = figures(port)
        assert now["trichdan_questions_total", "found"] == now["trichdan_questions_total", "not_found"] == 1
        assert now["trichdan_telegram_errors_total", "told to wait"] == 1
        assert now["trichdan_generation_info", "g1"] == 1
        assert now["trichdan_documents", ""] == 5
        assert now["trichdan_queue", ""] == 0
        assert 0 <= now["trichdan_generation_age_seconds", ""] < 60
        assert AID not in told(port, "/metrics")[1]
        assert bot.stop()[0] == 0


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_a_port_that_nobody_can_listen_on_is_refused_at_the_start(tmp_path: Path, port: int) -> None:
    """With the name of the setting, before Telegram is asked for anything."""
    with pytest.raises(SettingsError, match="MONITOR_LISTEN must name a port from 1 to 65535"):
        TelegramSettings(SecretStr(TOKEN), tmp_path, monitor=("127.0.0.1", port))


def test_silent_connections_keep_nobody_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """As many as like to come: who asks is answered, few of them stay, and nothing is written of it."""
    store = FakeStore(tmp_path / "CURRENT")
    monitor = Monitor(LiveGeneration(store.open, store.current), Tally(), lambda: 0)
    port = free_port()
    end = serve(monitor, "127.0.0.1", port)
    try:
        with contextlib.ExitStack() as held:
            silent = [held.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(100)]
            assert told(port, "/healthz") == (200, "ok\n")
            for each in silent[:60]:
                each.settimeout(10)
                assert each.recv(1) == b""
    finally:
        end()
    assert capfd.readouterr() == ("", "")


def test_settings_are_read_again(server: Loopback, tmp_path: Path, lan: Person) -> None:
    """A hang-up ends nothing: who may ask is read again, as by an owner's /reload."""
    env = {"TRICHDAN_ACCESS": "", "TRICHDAN_OWNERS": str(OWNER)}
    with BotProcess(server, tmp_path, env) as bot:
        assert VI.not_allowed.format(user=lan.id) in server.answer_to(server.says(lan, AID))["text"]
        chat = group(-2)
        assert (
            VI.not_allowed_group.format(chat=-2)
            in server.answer_to(server.says(lan, f"/ask {AID}", chat))["text"]
        )
        (tmp_path / "owners").write_text(f"{OWNER},{lan.id}")
        bot.process.send_signal(signal.SIGHUP)
        bot.until(lambda: "settings read again: 2 owners" in bot.log())
        assert "Ukraine" in server.answer_to(server.says(lan, AID))["text"]
        # What was refused a moment ago is told so again, as an owner who is new has to be asked.
        assert (
            VI.not_allowed_group.format(chat=-2)
            in server.answer_to(server.says(Person(77), f"/ask {AID}", chat))["text"]
        )
        (tmp_path / "owners").write_text(str(OWNER))
        server.answer_to(server.says(Person(OWNER), "/reload"))
        assert "1 owners" in bot.log()
        refused = server.answer_to(server.says(lan, f"/ask {AID}", group(-1)))["text"]
        assert VI.not_allowed_group.format(chat=-1) in refused


def test_limits_are_read_again(server: Loopback, tmp_path: Path) -> None:
    """How often one may ask, and what is kept of what found nothing, are those of the settings now."""
    owner, nothing = Person(OWNER), "mặt trăng màu gì"
    log = tmp_path / "telegram" / "unanswered.jsonl"
    with BotProcess(server, tmp_path, {"TRICHDAN_OWNERS": str(OWNER)}) as bot:
        server.answer_to(server.says(owner, nothing))
        bot.until(log.exists)
        (tmp_path / "per_minute").write_text("1")
        (tmp_path / "names").write_text("true")
        bot.process.send_signal(signal.SIGHUP)
        bot.until(lambda: "settings read again" in bot.log())
        server.answer_to(server.says(owner, f"{nothing} vậy"))
        said = server.answer_to(server.says(owner, AID))["text"]
        assert said.startswith(VI.too_many.split("{")[0])
        bot.until(lambda: log.read_text("utf-8").count("\n") == 2)
        assert ["name" in json.loads(line) for line in log.read_text("utf-8").splitlines()] == [False, True]
        assert bot.stop()[0] == 0


class Clock:
    """A clock that stands where it is put."""

    now = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Make a clock."""
    return Clock()


def test_a_silent_loop_is_told(tmp_path: Path, clock: Clock) -> None:
    """After half a minute the process is no longer called healthy, nor ready; a beat mends it."""
    store = FakeStore(tmp_path / "CURRENT")
    monitor = Monitor(LiveGeneration(store.open, store.current), Tally(), lambda: 0, clock)
    monitor.live.load()
    assert (monitor.health(), monitor.readiness()) == (None, None)
    clock.now += 31
    assert monitor.health() == "the event loop is silent for 31 s" == monitor.readiness()
    monitor.beat()
    assert monitor.health() is None


def test_a_collection_that_cannot_be_asked_is_not_ready(tmp_path: Path, clock: Clock) -> None:
    """None is open, or it fails; asked anew every ten seconds, so that watching costs little."""
    store = FakeStore(tmp_path / "CURRENT")
    monitor = Monitor(LiveGeneration(store.open, store.current), Tally(), lambda: 0, clock)
    assert monitor.readiness() == "No collection is open."
    monitor.live.load()
    assert monitor.readiness() == "No collection is open."
    clock.now += 11
    assert monitor.readiness() is None
    with monitor.live.reading() as live:

        def failing(*_: object, **__: object) -> None:
            raise TrichDanError("The disk is gone.")

        object.__setattr__(live.answerer, "answer", failing)
    clock.now += 11
    assert monitor.readiness() == "The disk is gone."


def test_durations_by_their_bounds() -> None:
    """Each counts below the least bound that it stays within; what is longer than all has a place too."""
    durations = Durations()
    for seconds in (0.005, 0.006, 31.0):
        durations.add(seconds)
    assert (durations.counts[0], durations.counts[1], durations.counts[len(BOUNDS_S)]) == (1, 1, 1)
    assert durations.total_s == pytest.approx(31.011)
