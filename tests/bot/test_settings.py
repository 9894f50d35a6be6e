"""Settings: where they come from, what is refused, and that no secret is ever shown."""

import os
import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

import bot.settings
from bot.cli import run
from bot.settings import Settings, load, names
from bot.system.env_file import exposed
from bot.system.places import clone, data_folder, settings_file
from bot.texts.messages import translate
from index.errors import SettingsError

TOKEN = "123456789:AAF0abcDEFghiJKLmnoPQRstuVWXyz01234"  # noqa: S105 - the shape of one, and nobody's


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder without `.env`."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults() -> None:
    """Without any setting the sample collection is answered from `.data` by the bundled encoder."""
    settings = load()
    assert settings.data_dir == Path(".data")
    assert settings.sources == ()
    assert settings.encoder is None
    assert settings.threshold is None
    assert settings.top == 3
    assert settings.language == "auto"
    assert settings.access == "listed"
    assert settings.telegram_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"


def test_environment_wins_over_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` is read, and the environment overrides it."""
    Path(".env").write_text("TRICHDAN_TOP=5\nTRICHDAN_LANGUAGE=vi\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("TRICHDAN_TOP", "7")
    assert (load().top, load().language) == (7, "vi")


def test_given_data_dir_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line overrules both."""
    monkeypatch.setenv("TRICHDAN_DATA_DIR", "there")
    assert load().data_dir == Path("there")
    assert load(data_dir=Path("here")).data_dir == Path("here")


def test_empty_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable without a value counts as not set."""
    for name in names():
        monkeypatch.setenv(name, "")
    assert load().model_dump(exclude={"data_dir"}) == Settings().model_dump(exclude={"data_dir"})


def test_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are separated as in PATH, ids by commas, blanks or semicolons."""
    monkeypatch.setenv("TRICHDAN_SOURCES", os.pathsep.join(["a b", "c.txt", ""]))
    monkeypatch.setenv("TRICHDAN_OWNERS", "12, 34;56 78")
    monkeypatch.setenv("TRICHDAN_GROUPS", "-1001234567890")
    settings = load()
    assert settings.sources == (Path("a b"), Path("c.txt"))
    assert settings.owners == {12, 34, 56, 78}
    assert settings.groups == {-1001234567890}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRICHDAN_TOP", "many-7731"),
        ("TRICHDAN_TOP", "0"),
        ("TRICHDAN_TOP", "7731"),
        ("TRICHDAN_THRESHOLD", "7731"),
        ("TRICHDAN_THRESHOLD", "half-7731"),
        ("TRICHDAN_THRESHOLD", "nan"),
        ("TRICHDAN_LANGUAGE", "tlh-7731"),
        ("TRICHDAN_OWNERS", "@name-7731"),
        ("TRICHDAN_USERS", "1,x7731"),
        ("TRICHDAN_GROUPS", "7731.5"),
        ("TRICHDAN_ACCESS", "all-7731"),
        ("TRICHDAN_TELEGRAM_API_URL", "ftp://7731"),
    ],
)
def test_bad_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The sentence names the variable and not the value, and neither does anything chained to it."""
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", TOKEN)
    with pytest.raises(SettingsError) as raised:
        load()
    assert name in str(raised.value)
    assert str(raised.value).endswith(".")
    told = "".join(traceback.format_exception(raised.value))
    assert "7731" not in told
    assert TOKEN[10:22] not in told
    assert raised.value.__context__ is None
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("TRICHDAN_TRESHOLD", "TRICHDAN_THRESHOLD"),
        ("TRICHDAN_DATADIR", "TRICHDAN_DATA_DIR"),
        ("TRICHDAN_TOKEN", "TRICHDAN_TELEGRAM_TOKEN"),
        ("trichdan_owner", "TRICHDAN_OWNERS"),
    ],
)
def test_unknown_names_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, nearest: str) -> None:
    """A slip of the pen must not open the bot to everybody: it is named, with the nearest known name."""
    monkeypatch.setenv(name, TOKEN)
    with pytest.raises(SettingsError) as raised:
        load()
    assert name in str(raised.value)
    assert "the environment" in str(raised.value)
    assert f"did you mean {nearest}?" in str(raised.value)
    assert TOKEN not in str(raised.value)


def test_unknown_name_in_env_file() -> None:
    """The same for `.env`; other programs' variables are let alone."""
    Path(".env").write_text(f"OTHER=1\nTRICHDAN_ZZZZZZZZ={TOKEN}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load()
    assert str(raised.value) == "TRICHDAN_ZZZZZZZZ in .env is not a setting of trichdan."


def test_env_file_in_another_encoding() -> None:
    """Bytes that are no UTF-8 are not echoed either."""
    Path(".env").write_bytes(f"TRICHDAN_TELEGRAM_TOKEN={TOKEN}\n# caf\xe9\n".encode("latin-1"))
    with pytest.raises(SettingsError) as raised:
        load()
    assert "UTF-8" in str(raised.value)
    assert raised.value.__context__ is None
    assert TOKEN not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("line", ['TRICHDAN_TOP="2', "TRICHDAN TOP=2", "= 2"])
def test_line_that_is_none(line: str) -> None:
    """A line that would be passed over is refused by its number, and not echoed."""
    Path(".env").write_text(f"# mine\nTRICHDAN_TELEGRAM_TOKEN={TOKEN}\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^Line 3 of \.env is not NAME=value\.$"):
        load()


def test_mark_of_byte_order() -> None:
    """A first line after a mark of byte order is read like any other."""
    Path(".env").write_text("\ufeffTRICHDAN_TOP=9\n", encoding="utf-8")
    assert load().top == 9


def test_env_file_that_is_a_folder() -> None:
    """A folder called `.env`, as some keep their virtual environment in, is no file of settings."""
    Path(".env").mkdir()
    assert load() == Settings()


def test_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text form of the settings holds the token."""
    monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", TOKEN)
    settings = load()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert TOKEN[10:22] not in shown


def test_settings_are_frozen() -> None:
    """Nothing changes a setting after it was read."""
    with pytest.raises(ValidationError):
        load().top = 9  # type: ignore[misc]


@pytest.mark.parametrize(
    ("file", "folder", "owner", "told"),
    [
        (0o600, 0o755, 0, None),
        (0o664, 0o775, 0, None),  # as umask 002 makes them
        (0o646, 0o755, 0, "can change .env"),
        (0o666, 0o1777, 0, "can change .env"),
        (0o600, 0o777, 0, "can replace .env"),
        (0o600, 0o1777, 0, None),  # as /tmp is
        (0o600, 0o1777, 1, "belongs to another user"),
    ],
)
def test_a_file_of_settings_that_others_change_is_told(
    file: int,
    folder: int,
    owner: int,
    told: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Anyone who can write or replace it decides what the program does; the command still runs."""
    assert exposed(Path(".env")) is None
    Path(".env").write_text("TRICHDAN_LANGUAGE=en\n", encoding="utf-8")
    Path(".env").chmod(file)
    tmp_path.chmod(folder)
    me = os.geteuid()
    if owner:
        monkeypatch.setattr(os, "geteuid", lambda: me + owner)
        monkeypatch.setattr("bot.system.env_file.SYSTEM", -1)
    sentence = exposed(Path(".env"))
    assert run(["index", "generations"]) == 1
    *lines, last = capsys.readouterr().err.splitlines()
    assert "holds no index yet" in last
    if told is None:
        assert (sentence, lines) == (None, [])
    else:
        assert sentence is not None
        assert told in str(sentence)
        assert lines == [f"trichdan: {sentence}"]
        assert translate(sentence, "vi") != str(sentence)


def test_the_help_warns_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is read for it."""
    Path(".env").write_text("", encoding="utf-8")
    Path(".env").chmod(0o666)
    assert run(["--help"]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_of_settings_that_is_named(tmp_path: Path) -> None:
    """By an option or a variable; its paths are of its own folder, and those of the environment are not."""
    (tmp_path / "etc").mkdir()
    lines = "TRICHDAN_TOP=8\nTRICHDAN_SOURCES=articles\nTRICHDAN_SYNONYMS_FILE=/s.txt\n"
    (tmp_path / "etc" / "bot.env").write_text(lines, encoding="utf-8")
    assert run(["--env-file", "etc/bot.env", "index", "generations"]) == 1
    settings = load()
    assert (settings.top, settings.data_dir) == (8, Path(".data"))
    assert settings.sources == (tmp_path / "etc" / "articles",)
    assert settings.synonyms_file == Path("/s.txt")


def test_a_file_of_settings_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the pen is no file without settings."""
    assert run(["--env-file", "none.env", "index", "generations"]) == 2
    assert "none.env does not exist" in capsys.readouterr().err


def test_an_installed_program_has_a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it is called from: where the system keeps the data and the settings of programs."""
    monkeypatch.delenv("TRICHDAN_DATA_DIR")
    monkeypatch.delenv("TRICHDAN_ENV_FILE")
    monkeypatch.setattr(bot.settings, "clone", lambda: None)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "trichdan").mkdir(parents=True)
    (tmp_path / "config" / "trichdan" / ".env").write_text("TRICHDAN_TOP=8\n", encoding="utf-8")
    assert (load().data_dir, load().top) == (tmp_path / "share" / "trichdan", 8)
    Path(".env").write_text("TRICHDAN_TOP=9\n", encoding="utf-8")
    assert load().top == 9


def test_a_clone_keeps_its_data_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the program is in it or in its virtual environment, and from wherever it is called."""
    (tmp_path / "clone" / "bot").mkdir(parents=True)
    (tmp_path / "clone" / "seeds").mkdir()
    (tmp_path / "clone" / "pyproject.toml").touch()
    home, elsewhere = tmp_path / "clone", str(tmp_path / "env")
    assert clone(home / "bot" / "places.py", elsewhere) == home
    assert clone(tmp_path / "lib" / "bot" / "places.py", str(home / ".venv")) == home
    assert clone(tmp_path / "lib" / "bot" / "places.py", elsewhere) is None
    assert (data_folder(home), settings_file(home)) == (home / ".data", home / ".env")
    monkeypatch.chdir(home)
    assert (data_folder(home), settings_file(home)) == (Path(".data"), Path(".env"))


@pytest.mark.parametrize("name", ["SYNONYMS_FILE", "QUESTIONS_FILE", "RANKER"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_file_that_would_be_read_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    """A pipe that nobody writes to, a device without an end: refused by the name of the setting, unopened."""
    path = Path("/dev/zero") if kind == "device" else tmp_path / "a"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    monkeypatch.setenv(f"TRICHDAN_{name}", str(path))
    with pytest.raises(SettingsError, match=rf"^TRICHDAN_{name} is .*, which is no file that can be read"):
        load(tmp_path / "none")


@pytest.mark.parametrize("name", ["DATA_DIR", "SOURCES", "RANKER"])
def test_a_path_with_nul(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A file of settings may hold it, no path can: refused by the name of the setting."""
    monkeypatch.delenv(f"TRICHDAN_{name}", raising=False)
    (tmp_path / "env").write_bytes(f'TRICHDAN_{name}="a\0b"\n'.encode())
    with pytest.raises(SettingsError, match=rf"^TRICHDAN_{name} holds a NUL"):
        load(tmp_path / "env")
