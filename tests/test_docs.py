"""What README and .env.example say is what the program does."""

import json
import re
import shlex
from pathlib import Path

import pytest

from bot.cli import run
from bot.settings import Settings, load, names, table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of README in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_settings_table() -> None:
    """README's table is the generated one; what stands in `table()` belongs between the two marks."""
    written = README.split("<!-- settings -->")[1].split("<!-- /settings -->")[0].strip()
    assert written == table()


@pytest.mark.parametrize("name", names())
def test_every_setting_is_in_the_example(name: str) -> None:
    """Each setting stands in .env.example, switched off, below a comment that explains it."""
    before, after = re.split(rf"^#{name}=", EXAMPLE, maxsplit=1, flags=re.MULTILINE)
    assert re.search(r"^# \w.{20,}\n(?:#TRICHDAN_\w+=.*\n)*\Z", before, re.MULTILINE)
    assert "\n" in after


def test_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    """A copy of the example changes nothing."""
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    assert load(tmp_path / ".env") == Settings()


def test_example_with_everything_switched_on(tmp_path: Path) -> None:
    """Each value in the example is one the program takes, paths of the folder of the file."""
    (tmp_path / ".env").write_text(
        re.sub(r"^#(TRICHDAN_)", r"\1", EXAMPLE, flags=re.MULTILINE), encoding="utf-8"
    )
    assert load(tmp_path / ".env").sources == (tmp_path / "articles", tmp_path / "notes.md")


def test_no_token_in_the_example() -> None:
    """Nothing in the example or in README looks like a token of a bot."""
    assert not re.search(r"\d{6,}:[\w-]{20,}", EXAMPLE + README)


def test_json_example_is_real(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """README's example is what the program says, in the same order, but for measured values."""
    monkeypatch.chdir(tmp_path)
    example = json.loads(blocks("json")[0])
    run(["ask", "--json", "--top", "1", example["question"]])
    real = json.loads(capsys.readouterr().out)
    assert list(example) == list(real)
    assert list(example["quotes"][0]) == list(real["quotes"][0])
    measured = {"elapsed_ms": 0, "generation": ""}
    said = example["quotes"][0]["probability"]
    assert real["quotes"][0]["probability"] == pytest.approx(said, abs=0.1)  # of 8 bits
    real["quotes"][0]["probability"] = said
    assert example | measured == real | measured


def _sayings(session: str) -> list[tuple[str, str]]:
    """Cut a session into commands and what each wrote."""
    parts = re.split(r"^\$ (.*)\n", session, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(
    ("command", "output"), [pair for block in blocks("console") for pair in _sayings(block)]
)
def test_dialogues_are_real(
    command: str,
    output: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each dialogue in README is what the program says over its sample collection, but for the percentage."""
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "trichdan"
    run(arguments)
    said = capsys.readouterr().out
    assert re.sub(r"\d+%", "N%", said) == re.sub(r"\d+%", "N%", output)
