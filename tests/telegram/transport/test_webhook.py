"""Updates over a webhook: the flow behind a proxy, and what the listener refuses (S5)."""

import asyncio
import hmac
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.telegram.telegram_settings import TelegramSettings, Webhook
from bot.telegram.transport.webhook import Listener
from index.errors import SettingsError
from tests.telegram.conftest import somebody
from tests.telegram.process import BotProcess
from tests.telegram.server import TOKEN, Loopback
from tests.telegram.test_flows import AID, covered

SECRET = "s" * 40
HEADER = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"
JSON = "Content-Type: application/json"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_whole_way_over_a_webhook(tmp_path: Path) -> None:
    """Set with secret and kinds of updates; questions, duplicates and a restart behave as with polling."""
    port = free_port()
    env = {
        "TRICHDAN_TELEGRAM_WEBHOOK_URL": "https://bot.example/telegram",
        "TRICHDAN_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TRICHDAN_TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
    }
    with (
        Loopback(webhook_to=f"http://127.0.0.1:{port}/telegram") as server,
        BotProcess(server, tmp_path, env) as bot,
    ):
        assert server.webhook["secret_token"] == SECRET
        assert "callback_query" in server.webhook["allowed_updates"]
        asked = server.says(somebody(), AID)
        assert covered(server.answer_to(asked), "blockquote")[0].startswith("Mỹ")
        server.push({"update_id": 1000, "message": asked})
        again = server.says(somebody(), AID)
        server.answer_to(again)
        assert len(server.sent(asked["chat"]["id"])) == 1
        assert set(server.webhook_replies) == {200}
        assert bot.stop()[0] == 0
        assert SECRET not in bot.log()
        waiting = server.says(somebody(), AID)
        bot.start()
        server.answer_to(waiting)
        assert server.polls == []


class Running:
    """A listener on its own loop, and what it handed on."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.port = free_port()
        self.room = True

    async def hand_on(self, update: dict[str, Any]) -> bool:
        """Take an update."""
        self.taken.append(update)
        return self.room

    async def exchange(self, data: bytes, *, body_after: float = 0, rest: bytes = b"") -> int:
        """Send bytes as they are; return the status of the reply, 0 for none."""
        settings = Webhook("https://bot.example/hook", SecretStr(SECRET), port=self.port)
        listener = Listener(settings, self.hand_on)
        server = await listener.start()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(data)
            if rest:
                await asyncio.sleep(body_after)
                writer.write(rest)
            try:
                line = await asyncio.wait_for(reader.readline(), 20)
            except ConnectionResetError:
                line = b""
            writer.close()
            return int(line.split()[1]) if line else 0
        finally:
            server.close()
            await listener.close()


@pytest.fixture
def running() -> Iterator[Running]:
    """Make a listener."""
    yield Running()


def request(
    body: bytes, *headers: str, method: str = "POST", path: str = "/hook", length: int | None = None
) -> bytes:
    """Write an HTTP request."""
    size = len(body) if length is None else length
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Content-Length: {size}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


GOOD = json.dumps({"update_id": 7}).encode()
LARGE = 1 << 20
CASES: list[tuple[str, bytes, int]] = [
    ("right", request(GOOD, HEADER, JSON), 200),
    ("right, with charset", request(GOOD, HEADER, "Content-Type: application/json; charset=utf-8"), 200),
    ("right, header in capitals", request(GOOD, HEADER.upper().replace("S" * 40, SECRET), JSON), 200),
    ("no secret", request(GOOD, JSON), 403),
    ("wrong secret", request(GOOD, "X-Telegram-Bot-Api-Secret-Token: " + "t" * 40, JSON), 403),
    ("prefix of the secret", request(GOOD, HEADER[:-1], JSON), 403),
    ("longer secret", request(GOOD, HEADER + "s", JSON), 403),
    ("empty secret", request(GOOD, "X-Telegram-Bot-Api-Secret-Token:", JSON), 403),
    ("secret not ASCII", request(GOOD, "X-Telegram-Bot-Api-Secret-Token: é" + "s" * 39, JSON), 403),
    ("secret twice", request(GOOD, HEADER, HEADER, JSON), 403),
    ("secret and a wrong one", request(GOOD, HEADER, HEADER + "x", JSON), 403),
    ("secret in another header", request(GOOD, f"Authorization: {SECRET}", JSON), 403),
    ("GET", request(b"", HEADER, JSON, method="GET"), 405),
    ("PUT", request(GOOD, HEADER, JSON, method="PUT"), 405),
    ("DELETE without secret", request(b"", method="DELETE"), 403),
    ("other path", request(GOOD, HEADER, JSON, path="/other"), 404),
    ("path above", request(GOOD, HEADER, JSON, path="/hook/../hook"), 404),
    ("no content type", request(GOOD, HEADER), 415),
    ("form", request(GOOD, HEADER, "Content-Type: application/x-www-form-urlencoded"), 415),
    ("two content types", request(GOOD, HEADER, JSON, "Content-Type: text/plain"), 415),
    ("empty body", request(b"", HEADER, JSON), 400),
    ("1 MiB and one byte", request(b"", HEADER, JSON, length=LARGE + 1), 413),
    ("60 MiB", request(b"", HEADER, JSON, length=60 << 20), 413),
    ("60 MiB without secret", request(b"", JSON, length=60 << 20), 403),
    ("broken JSON", request(b'{"update_id": 7', HEADER, JSON), 400),
    ("broken UTF-8", request(b'{"update_id": 7, "x": "\xff"}', HEADER, JSON), 400),
    ("100,000 deep", request(b"[" * 100_000, HEADER, JSON), 400),
    ("a list", request(b"[]", HEADER, JSON), 400),
    ("null", request(b"null", HEADER, JSON), 400),
    ("no number", request(b'{"message": {}}', HEADER, JSON), 400),
    ("number as text", request(b'{"update_id": "7"}', HEADER, JSON), 400),
    ("number too large", request(b'{"update_id": 1e400}', HEADER, JSON), 400),
    ("unknown kind", request(b'{"update_id": 8, "moon": {}}', HEADER, JSON), 200),
    ("no HTTP", b"\x16\x03\x01 hello\r\n\r\n", 400),
    ("endless header", b"POST /hook HTTP/1.1\r\nX: " + b"a" * 40_000, 431),
    ("two lengths", request(GOOD, HEADER, JSON, "Content-Length: 1"), 400),
]


@pytest.mark.parametrize(("name", "data", "status"), CASES, ids=[case[0] for case in CASES])
def test_the_listener_is_strict(running: Running, name: str, data: bytes, status: int) -> None:
    """S5: only the right secret reaches the handler, nothing gets a 5xx, large bodies are refused unread."""
    started = time.monotonic()
    assert asyncio.run(running.exchange(data)) == status
    assert len(running.taken) == (status == 200)
    assert time.monotonic() - started < 5


def test_a_body_in_chunks_is_bounded_too(running: Running) -> None:
    """Without a length, reading ends at a mebibyte."""
    head = (
        f"POST /hook HTTP/1.1\r\nHost: x\r\n{HEADER}\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    )
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    assert asyncio.run(running.exchange(head + chunk * 17)) == 413
    assert running.taken == []


def test_a_slow_body_is_given_up(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends a byte a minute does not hold a connection for ever."""
    monkeypatch.setattr("bot.telegram.transport.webhook._BODY_S", 0.3)
    data = request(GOOD[:5], HEADER, JSON, length=len(GOOD))
    assert asyncio.run(running.exchange(data, body_after=1, rest=GOOD[5:])) == 408


def test_no_room_is_said_so_that_telegram_comes_again(running: Running) -> None:
    """A full line is answered with 429, not with a loss."""
    running.room = False
    assert asyncio.run(running.exchange(request(GOOD, HEADER, JSON))) == 429


@pytest.mark.parametrize("secret", ["", "short", "x" * 31, "x" * 257, "ü" * 40, TOKEN])
def test_a_weak_secret_is_refused_at_the_start(secret: str, tmp_path: Path) -> None:
    """At least 32 characters of the allowed ones, and never the token."""
    with pytest.raises(SettingsError, match="SECRET"):
        TelegramSettings(SecretStr(TOKEN), tmp_path, webhook=Webhook("https://a.b/c", SecretStr(secret)))


def test_a_webhook_is_https(tmp_path: Path) -> None:
    """Telegram calls nothing else."""
    with pytest.raises(SettingsError, match="https"):
        Webhook("http://a.b/c", SecretStr(SECRET))


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_a_port_that_nobody_can_listen_on_is_refused_at_the_start(port: int) -> None:
    """With the name of the setting, not with a traceback when the listening begins."""
    with pytest.raises(SettingsError, match="WEBHOOK_LISTEN must name a port from 1 to 65535"):
        Webhook("https://a.b/c", SecretStr(SECRET), port=port)


@pytest.mark.parametrize(
    "url", ["https://a.b:99999/c", "https://a.b:x/c", "https://[/c", "https:///c", "https://a.b:0"]
)
def test_an_address_that_nobody_can_call_is_refused(url: str) -> None:
    """Telegram would only say so later."""
    with pytest.raises(SettingsError, match="WEBHOOK_URL must name a host"):
        Webhook(url, SecretStr(SECRET))


def test_telegram_calls_four_ports(tmp_path: Path) -> None:
    """A Bot API server of one's own calls any."""
    other = Webhook("https://a.b:9000/c", SecretStr(SECRET))
    with pytest.raises(SettingsError, match="443, 80, 88 or 8443"):
        TelegramSettings(SecretStr(TOKEN), tmp_path, webhook=other)
    assert TelegramSettings(
        SecretStr(TOKEN), tmp_path, api_url="http://127.0.0.1:8081", webhook=other
    ).webhook
    for port in ("", ":443", ":8443"):
        usual = Webhook(f"https://a.b{port}/c", SecretStr(SECRET))
        assert TelegramSettings(SecretStr(TOKEN), tmp_path, webhook=usual).webhook is usual


@pytest.mark.parametrize("right", [True, False])
def test_the_secret_is_compared_in_constant_time(
    running: Running, monkeypatch: pytest.MonkeyPatch, right: bool
) -> None:
    """Whatever `hmac.compare_digest` says of both counts, and nothing else looks at them."""
    compared = []

    def watched(one: bytes, other: bytes) -> bool:
        compared.append((bytes(one), bytes(other)))
        return right

    monkeypatch.setattr(hmac, "compare_digest", watched)
    given = "t" * 40 if right else SECRET
    data = request(GOOD, f"X-Telegram-Bot-Api-Secret-Token: {given}", JSON)
    assert asyncio.run(running.exchange(data)) == (200 if right else 403)
    assert compared == [(given.encode(), SECRET.encode())]


def test_silent_connections_make_room(running: Running) -> None:
    """Hundreds that say nothing, or half a request, neither keep Telegram out nor end its own connection."""

    async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(request(GOOD, HEADER, JSON))
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 4)
        return head.split()[1]

    async def scene() -> None:
        settings = Webhook("https://bot.example/hook", SecretStr(SECRET), port=running.port)
        listener = Listener(settings, running.hand_on)
        server = await listener.start()
        idle = []
        try:
            known = await asyncio.open_connection("127.0.0.1", running.port)
            assert await ask(*known) == b"200"
            for number in range(250):
                idle.append(await asyncio.open_connection("127.0.0.1", running.port))
                idle[-1][1].write(b"POST /hook HTTP/1.1\r\nHost: x\r\n" if number % 2 else b"")
            fresh = await asyncio.open_connection("127.0.0.1", running.port)
            idle.append(fresh)
            assert await ask(*fresh) == b"200"
            assert await ask(*known) == b"200"
            assert len(listener._open) <= 100
            known[1].close()
        finally:
            for _, writer in idle:
                writer.close()
            server.close()
            await listener.close()

    asyncio.run(scene())
    assert len(running.taken) == 3


def test_whoever_has_not_shown_the_secret_is_not_waited_for(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first head has to come within seconds, however slowly it trickles in."""
    monkeypatch.setattr("bot.telegram.transport.webhook._HEAD_S", 0.3)
    whole = request(GOOD, HEADER, JSON)
    assert asyncio.run(running.exchange(whole[:30], body_after=1, rest=whole[30:])) == 0
    assert running.taken == []


def test_a_connection_that_ended_takes_no_place(running: Running) -> None:
    """Refused, broken off or closed: each is forgotten, and told that it is closed where it can be."""

    async def scene() -> None:
        settings = Webhook("https://bot.example/hook", SecretStr(SECRET), port=running.port)
        listener = Listener(settings, running.hand_on)
        server = await listener.start()
        try:
            for data, closes in (
                (request(GOOD, JSON), True),
                (request(GOOD, HEADER, JSON), False),
                (b"\x16\x03\x01 hello\r\n\r\n", True),
                (request(GOOD, HEADER, JSON)[:40], None),
            ):
                reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
                writer.write(data)
                if closes is not None:
                    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 4)
                    assert (b"\r\nconnection: close\r\n" in head.lower()) is closes
                writer.close()
            for _ in range(400):
                if not listener._open:
                    break
                await asyncio.sleep(0.01)
            assert not listener._open
        finally:
            server.close()
            await listener.close()

    asyncio.run(scene())
