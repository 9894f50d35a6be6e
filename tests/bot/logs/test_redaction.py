"""The token shows nowhere (S1), and one event is one line (S13)."""

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.logs.logging_setup import PACKAGES, JsonFormatter, LineFormatter, LogFormat, install, log_loop_errors
from bot.logs.redaction import MASK, Redactor, one_line
from bot.telegram.telegram_settings import TelegramSettings, Webhook
from bot.telegram.transport.http import Wire, make_bot
from index.errors import SettingsError
from tests.bot.scripted import Reply, says, scripted_bot
from tests.telegram.server import TOKEN

LEVELS = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)
HALF = TOKEN.split(":")[1]


def leaks(text: str) -> list[str]:
    """Find the token in a text: whole, its secret half, or any twelve characters in a row of it."""
    return [TOKEN[i : i + 12] for i in range(len(TOKEN) - 11) if TOKEN[i : i + 12] in text]


def settings(folder: Path) -> TelegramSettings:
    """Make settings with the token."""
    return TelegramSettings(SecretStr(TOKEN), folder)


def talk(reply: Reply | Exception) -> None:
    """Call Telegram through the real library and log whatever comes of it."""

    async def handle(method: str, params: dict[str, Any]) -> Reply:
        if isinstance(reply, Exception):
            raise reply
        return reply

    async def call() -> None:
        bot, *_ = scripted_bot(handle)
        try:
            await bot.initialize()
        except Exception as error:
            logging.getLogger("trichdan").exception("failed: %r %s", error, error)
        logging.getLogger("x").info("%s %r", bot, bot)

    asyncio.run(call())


def by_httpx() -> None:
    """Call Telegram by httpx, which the library brings along and which logs every address."""

    async def call() -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"ok": True}))
        async with httpx.AsyncClient(transport=transport) as client:
            await client.post(f"https://api.telegram.org/bot{TOKEN}/getMe")

    asyncio.run(call())


def from_thread() -> None:
    """Let a thread die with the token in its error."""
    thread = threading.Thread(target=lambda: _raise(f"in a thread {TOKEN}"))
    thread.start()
    thread.join()


def _raise(text: str) -> None:
    raise RuntimeError(text)


def from_task() -> None:
    """Let a task die unnoticed with the token in its error."""

    async def main() -> None:
        log_loop_errors(asyncio.get_running_loop())
        task = asyncio.ensure_future(asyncio.to_thread(_raise, f"in a task {TOKEN}"))
        await asyncio.sleep(0.05)
        del task

    asyncio.run(main())


def uncaught() -> None:
    """Report an error as the interpreter does at its end."""
    try:
        _raise(f"uncaught https://api.telegram.org/bot{TOKEN}/getMe")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def show(*values: object) -> None:
    """Log values every way."""
    for value in values:
        logging.getLogger("some.library").error("%s | %r", value, value)


OK = says({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "x", "username": "y"}})
SURFACES: dict[str, Callable[[Path], None]] = {
    "start": lambda folder: talk(OK),
    "wrong token": lambda folder: talk(says({"ok": False, "description": f"Unauthorized {TOKEN}"}, 401)),
    "network error": lambda folder: talk(aiohttp.ClientOSError(f"cannot reach https://x/bot{TOKEN}/getMe")),
    "httpx": lambda folder: by_httpx(),
    "no JSON": lambda folder: talk(Reply(200, f"<html>{TOKEN}</html>".encode())),
    "proxy that quotes": lambda folder: talk(
        says({"ok": False, "description": f"bad gateway for /bot{TOKEN}"}, 502)
    ),
    "repr of settings": lambda folder: show(settings(folder), settings(folder).token, vars),
    "repr of the bot": lambda folder: show(make_bot(settings(folder), Wire(), Wire())),
    "percent arguments": lambda folder: logging.getLogger("a.b").warning("url %s", f"https://x/bot{TOKEN}/y"),
    "half of it": lambda folder: show(HALF, HALF[5:25], TOKEN[3:20], f"…{HALF[-13:]}"),
    "uncaught": lambda folder: uncaught(),
    "thread": lambda folder: from_thread(),
    "task": lambda folder: from_task(),
    "warning": lambda folder: warnings.warn(f"deprecated: {TOKEN}", UserWarning, stacklevel=1),
}


@pytest.fixture
def quiet() -> Iterator[None]:
    """Put logging and the hooks back as they were."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level, sys.excepthook, threading.excepthook, sys.unraisablehook
    names = (*PACKAGES, "telegram")
    levels = [logging.getLogger(name).level for name in names]
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level, sys.excepthook, threading.excepthook, sys.unraisablehook = kept
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)


def run_surface(surface: str, level: int, folder: Path, log_format: LogFormat = "text") -> str:
    """Exercise one surface and return everything that was written."""
    stream = io.StringIO()
    install(Redactor(TOKEN), level, stream, log_format)
    logging.getLogger("telegram").setLevel(logging.NOTSET)  # muted else; the redactor has to hold for it too
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        SURFACES[surface](folder)
    return stream.getvalue()


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("surface", SURFACES)
def test_the_token_shows_nowhere(
    surface: str, level: int, log_format: LogFormat, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """S1: 14 surfaces at 4 levels: no token, no half, no twelve characters of it, on any stream (112)."""
    written = run_surface(surface, level, tmp_path, log_format)
    out = capfd.readouterr()
    assert leaks(written + out.out + out.err) == []


SEEN_WITHOUT = {
    "start", "wrong token", "network error", "httpx", "no JSON", "proxy that quotes",
    "percent arguments", "half of it", "uncaught", "thread", "task", "warning", "repr of the bot",
}  # fmt: skip


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("surface", SURFACES)
def test_without_redaction_it_would_show(
    surface: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1, second pass: with the redactor taken out the same surfaces leak, so the first pass can see.

    What has no secret to give in the first place, by its own repr, stays clean.
    """
    monkeypatch.setattr(Redactor, "__call__", lambda self, text: text)
    written = run_surface(surface, logging.DEBUG, tmp_path)
    assert bool(leaks(written)) == (surface in SEEN_WITHOUT)


def test_settings_refuse_without_quoting(tmp_path: Path) -> None:
    """A malformed token, secret or address is refused in a sentence that does not carry it."""
    refused: tuple[Callable[[], object], ...] = (
        lambda: TelegramSettings(SecretStr(TOKEN[:12] + "!"), tmp_path),
        lambda: TelegramSettings(
            SecretStr(TOKEN), tmp_path, webhook=Webhook("https://a.b/c", SecretStr(HALF[:10]))
        ),
        lambda: TelegramSettings(SecretStr(TOKEN), tmp_path, api_url=f"http://evil.example/{TOKEN}"),
    )
    for make in refused:
        with pytest.raises(SettingsError) as caught:
            make()
        assert leaks(str(caught.value) + repr(caught.value)) == []


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("https://api.telegram.org", True), ("http://127.0.0.1:8081", True), ("http://[::1]:8081", True),
        ("http://localhost:1", True), ("http://10.0.0.1", True), ("http://8.8.8.8", False),
        ("http://botapi:8081", True),
        ("http://botapi.internal:8081", True), ("http://botapi.example:8081", False),
        ("http://api.telegram.org", False),
        ("http://127.0.0.1.example.org", False), ("ftp://127.0.0.1", False), ("https://u:p@x", False),
        ("https://", False), ("http://[bad", False), ("https://x/?a=b", False),
    ],
)  # fmt: skip
def test_the_token_goes_over_https_or_stays_here(url: str, usable: bool, tmp_path: Path) -> None:
    """Plain http is accepted for loopback addresses only."""
    if usable:
        assert TelegramSettings(SecretStr(TOKEN), tmp_path, api_url=url).api_url == url
        return
    with pytest.raises(SettingsError, match="API_URL"):
        TelegramSettings(SecretStr(TOKEN), tmp_path, api_url=url)


def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    """One sentence names BotFather and the variable."""
    for missing in (None, SecretStr(""), SecretStr("  ")):
        with pytest.raises(SettingsError, match=r"@BotFather.*TRICHDAN_TELEGRAM_TOKEN"):
            TelegramSettings(missing, tmp_path)


@given(st.text(max_size=60), st.integers(0, len(TOKEN) - 12), st.integers(12, 46), st.text(max_size=60))
def test_any_twelve_characters_are_hidden(before: str, start: int, length: int, after: str) -> None:
    """Wherever they are in a text, and however many; the rest of the text stays."""
    part = TOKEN[start : start + length]
    cleaned = Redactor(TOKEN)(before + part + after)
    assert leaks(cleaned) == []
    assert MASK in cleaned


@pytest.mark.parametrize("part", [TOKEN, TOKEN[:20], TOKEN[-15:]])
def test_what_stands_around_is_kept(part: str) -> None:
    """Nothing but the secret is hidden, as one mask each time; a text without one is as it was."""
    assert Redactor(TOKEN)(f"đầu {part} giữa {part} cuối") == f"đầu {MASK} giữa {MASK} cuối"
    assert Redactor(TOKEN)(f"đầu {TOKEN[20:30]} cuối") == f"đầu {TOKEN[20:30]} cuối"


def test_foreign_tokens_are_hidden_too() -> None:
    """What is shaped like a token is one, even if it is not ours."""
    assert Redactor(TOKEN)("x 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw y") == f"x {MASK} y"
    assert Redactor("pass", "")("a pass here") == f"a {MASK} here"  # a password may be short
    assert Redactor(TOKEN)("12:34:56 https://a.b:80/c") == "12:34:56 https://a.b:80/c"


HOSTILE = (
    "a\r\nINFO forged", "\u2028x\u2029y", "\x1b[31mred\x1b[0m", "\x00nul", "\u202etxt", "\x85nel",
    "x" * 100_000, "\ud800", '"\\' * 50_000,
)  # fmt: skip


@pytest.mark.parametrize("formatter", [LineFormatter, JsonFormatter])
@pytest.mark.parametrize("way", ["message", "argument", "name", "exception", "stack"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_one_event_is_one_line(
    text: str, way: str, formatter: type[LineFormatter] | type[JsonFormatter]
) -> None:
    """S13: line breaks, colours, direction marks and 100 KB come out as one escaped line of 4 KiB (90)."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(Redactor(TOKEN)))
    logger = logging.Logger("x" if way != "name" else text)
    logger.addHandler(handler)
    if way == "exception":
        try:
            _raise(text)
        except RuntimeError:
            logger.exception("failed")
    elif way == "argument":
        logger.error("asked %s", text)
    else:
        logger.error(text if way == "message" else "x", stack_info=way == "stack")
    line = stream.getvalue()
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert len(line.encode("utf-8")) <= 4097
    assert not [c for c in line[:-1] if not c.isprintable() and c != " "]
    assert formatter is LineFormatter or json.loads(line)["level"] == "ERROR"


def test_long_lines_keep_both_ends() -> None:
    """The start says what happened, the end of a traceback what the error was."""
    line = one_line("start" + "ậ" * 5000 + "end")
    assert one_line("a" * 100 + "b" * 100, 36) == "a" * 10 + " […] " + "b" * 10
    assert line.startswith("start")
    assert line.endswith("end")
    assert len(line.encode()) <= 4096
    assert json.dumps(line)
