"""What the log says, at which level and in which form."""

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.cli import run
from bot.logs.logging_setup import PACKAGES, install, level_of
from bot.logs.redaction import Redactor

LEVELS = ("debug", "info", "warning", "error")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Put the loggers back as they were."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in (*PACKAGES, "telegram")}
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = kept
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    ("level", "ours", "theirs"),
    [
        ("debug", LEVELS, LEVELS),
        ("info", LEVELS[1:], LEVELS[2:]),
        ("warning", LEVELS[2:], LEVELS[2:]),
        ("error", LEVELS[3:], LEVELS[3:]),
    ],
)
def test_levels(level: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """Ours are heard from the level on, other libraries from `warning` on unless all is asked for."""
    stream = io.StringIO()
    install(Redactor(), level_of(level, logging.INFO), stream)
    for each in LEVELS:
        logging.getLogger("index.store.store").log(level_of(each, 0), "ours %s", each)
        logging.getLogger("httpx").log(level_of(each, 0), "theirs %s", each)
    said = [line.split(": ", 1)[1] for line in stream.getvalue().splitlines()]
    assert [line.removeprefix("ours ") for line in said if line.startswith("ours")] == list(ours)
    assert [line.removeprefix("theirs ") for line in said if line.startswith("theirs")] == list(theirs)


def test_no_level_writes_out_messages() -> None:
    """The library of Telegram logs what it sends and receives at DEBUG; it is not heard there."""
    stream = io.StringIO()
    install(Redactor(), logging.DEBUG, stream)
    logging.getLogger("telegram.Bot").debug("Calling Bot API endpoint with parameters: a question")
    logging.getLogger("telegram.Bot").warning("heard")
    assert stream.getvalue().count("\n") == 1


def test_the_usual_level() -> None:
    """Where no setting names one."""
    assert level_of(None, logging.INFO) == logging.INFO
    assert level_of("error", logging.INFO) == logging.ERROR


def test_json() -> None:
    """One object per line, with its time in UTC and the error if there is one."""
    stream = io.StringIO()
    install(Redactor(), logging.INFO, stream, "json")
    before = dt.datetime.now(dt.UTC)
    logging.getLogger("index.store.store").info("thế hệ %s\nis live", "«a»")
    try:
        raise ValueError("bad")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    first, second = map(json.loads, stream.getvalue().splitlines())
    at = dt.datetime.fromisoformat(first.pop("time"))
    assert abs((at - before).total_seconds()) < 60
    assert at.utcoffset() == dt.timedelta()
    assert first == {"level": "INFO", "logger": "index.store.store", "message": "thế hệ «a»\\nis live"}
    assert (second["level"], second["message"]) == ("ERROR", "failed")
    assert second["error"].startswith("Traceback")
    assert second["error"].endswith("ValueError: bad")


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        ([], {}, None),
        (["--verbose"], {}, "DEBUG"),
        (["--quiet"], {}, "ERROR"),
        ([], {"TRICHDAN_LOG_LEVEL": "info"}, "INFO"),
        (["--verbose"], {"TRICHDAN_LOG_LEVEL": "error"}, "DEBUG"),
        ([], {"TRICHDAN_LOG_FORMAT": "json"}, "WARNING"),
    ],
)
def test_the_command_line(
    options: list[str],
    environment: dict[str, str],
    said: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Options before the command come first, then the settings; without either nothing is set up."""
    monkeypatch.setenv("TRICHDAN_LOG_LEVEL", "")  # so that what an option sets is undone
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    before = logging.getLogger("index").level
    run([*options, "index", "generations"])
    level = logging.getLogger("index").level
    assert level == before if said is None else logging.getLevelName(level) == said


def test_options_that_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither wins in silence."""
    assert run(["--verbose", "--quiet", "index", "generations"]) == 2
    assert "--verbose and --quiet exclude each other" in capsys.readouterr().err


def test_settings_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says so, once."""
    monkeypatch.setenv("TRICHDAN_LOG_LEVEL", "loud")
    assert run(["index", "generations"]) == 2
    assert capsys.readouterr().err.count("TRICHDAN_LOG_LEVEL has a value that cannot be used") == 1
