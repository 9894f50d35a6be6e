"""`trichdan init` and `trichdan doctor`: from nothing to an index that answers, and what is in the way."""

import io
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from bot.commands import doctor
from bot.settings import load
from bot.texts.diagnosis import ASKS_EN, ASKS_VI, EN, VI
from tests.bot.test_settings import TOKEN
from tests.bot.test_whole import Run, trichdan  # noqa: F401 - a fixture
from tests.telegram.server import Loopback

# ruff: noqa: F811 - the fixture


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Make a folder of one document, with a name that has to be quoted."""
    folder = tmp_path / "tài liệu 'của' tôi"
    folder.mkdir()
    (folder / "meo.txt").write_text("Con mèo tên là Mướp.\n", "utf-8")
    return folder


def test_from_nothing_to_an_answer(trichdan: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is for its owner alone and means what was said; the index is built; the next step is named."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{TOKEN}\n"))
    made = trichdan("init", "--documents", str(articles), "--language", "vi", "--token")
    assert made.status == 0
    assert made.err.splitlines()[0] == "Đã ghi .env, chỉ mình bạn đọc được."
    assert made.err.splitlines()[-1] == "Tiếp theo: trichdan bot"
    assert ": 1 tài liệu, 1 câu" in made.out
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    settings = load()
    assert (settings.sources, settings.language) == ((articles,), "vi")
    assert settings.telegram_token is not None and settings.telegram_token.get_secret_value() == TOKEN
    assert "Mướp" in trichdan("ask", "--all", "Con mèo tên là gì?").out
    again = trichdan("init", "--documents", str(articles))
    assert (again.status, "Đã có tệp cài đặt .env" in again.err) == (2, True)
    assert TOKEN not in made.out + made.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name your documents with --documents."),
        (["--documents", "none"], "none does not exist; check the path."),
        (["--documents", ".", "--language", "de"], "The language is vi, en or auto."),
        (["--documents", ".", "--token"], "does not look like a token"),
    ],
)
def test_what_cannot_be_used_writes_nothing(
    trichdan: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    """One sentence, exit status 2."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("no token\n"))
    ended = trichdan("init", *arguments)
    assert (ended.status, told in ended.err, Path(".env").exists()) == (2, True, False)


@pytest.mark.parametrize("name", ["a:b", "${HOME}"])
def test_a_path_that_the_file_would_not_give_back(trichdan: Run, tmp_path: Path, name: str) -> None:
    """It is refused before anything is written."""
    (tmp_path / name).mkdir()
    ended = trichdan("init", "--documents", str(tmp_path / name), "--no-build")
    assert (ended.status, "rename it" in ended.err, Path(".env").exists()) == (2, True, False)


def test_a_file_of_settings_that_cannot_be_written(trichdan: Run, articles: Path) -> None:
    """It is a link to nowhere: one sentence, and nothing is written through it."""
    target = articles / "elsewhere"
    Path(".env").symlink_to(target)
    ended = trichdan("init", "--documents", str(articles), "--no-build")
    assert (ended.status, "cannot be written" in ended.err, target.exists()) == (2, True, False)


def test_a_file_of_settings_that_is_none(trichdan: Run) -> None:
    """Nobody waits at a pipe for settings that never come."""
    os.mkfifo(".env")
    for command in (["doctor"], ["init", "--documents", ".", "--no-build"]):
        ended = trichdan(*command)
        assert ended.status in (1, 2)
        assert "settings" in ended.out + ended.err


def test_the_doctor_before_and_after(trichdan: Run, articles: Path) -> None:
    """Without an index one line says what to do, with one all is well."""
    before = trichdan("doctor")
    assert before.status == 1
    assert re.findall(r"^!!  (\w+)", before.out, re.MULTILINE) == ["index"]
    trichdan("index", "build", str(articles))
    after = trichdan("doctor")
    assert (after.status, "!!" in after.out) == (0, False)
    assert ", 1 documents, 1 sentences" in after.out
    trichdan("index", "remove", "meo.txt")
    live = Path(".data", "CURRENT").read_text("ascii").strip()
    Path(".data", "generations", live, "manifest.json").write_bytes(b"{}")
    assert "!!  index: The manifest of" in trichdan("doctor").out


def test_the_doctor_asks_telegram(trichdan: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it can be reached, with this token, and whether the bot has an owner; never the token."""
    trichdan("index", "build", str(articles))
    with Loopback() as server:
        monkeypatch.setenv("TRICHDAN_TELEGRAM_API_URL", server.url)
        monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", server.token)
        told = trichdan("doctor")
        assert (told.status, "ok  Telegram: @trichdan_bot answers at" in told.out) == (1, True)
        assert "!!  owner: none yet" in told.out
        monkeypatch.setenv("TRICHDAN_OWNERS", "12")
        assert trichdan("doctor").status == 0
        monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", TOKEN)
        refused = trichdan("doctor")
        assert (refused.status, "!!  Telegram: the token is not accepted" in refused.out) == (1, True)
    away = trichdan("doctor")
    assert (away.status, "!!  Telegram: http" in away.out) == (1, True)
    assert trichdan("doctor", "--offline").status == 0
    assert TOKEN not in refused.out + away.out


def test_settings_that_cannot_be_used(trichdan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is a line as any other."""
    monkeypatch.setenv("TRICHDAN_TOP", "many")
    ended = trichdan("doctor")
    assert (ended.status, ended.out.startswith("!!  settings: TRICHDAN_TOP")) == (1, True)


def test_disk_memory_and_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shortage is reported with what to do; a folder that does not exist yet is not a fault."""
    assert doctor._disk(tmp_path / "a" / "b").sentence == "data_none"
    assert doctor._disk(tmp_path).sentence == "data"
    monkeypatch.setattr(doctor, "_LEAST_DISK", 1 << 60)
    assert doctor._disk(tmp_path)[::2] == ("disk_full", False)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert doctor._disk(tmp_path)[::2] == ("data_locked", False)
    assert doctor._clock().sentence == "clock"


def test_both_languages_say_the_same() -> None:
    """Each sentence has its other form, with the same blanks."""
    for one, other in ((EN, VI), (ASKS_EN, ASKS_VI)):
        assert list(one) == list(other)
        for key in one:
            assert set(re.findall(r"{\w+}", one[key])) == set(re.findall(r"{\w+}", other[key]))
