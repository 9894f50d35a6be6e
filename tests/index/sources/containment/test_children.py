"""Processes of our own run our own modules, whatever lies in the folder where they are started."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.telegram.jobs.job_runner import _PROGRAM
from index.sources.containment.children import command

HOSTILE = (
    "bot",
    "index",
    "retrieval",
    "json",
    "logging",
    "lxml",
    "feedparser",
    "sitecustomize",
    "usercustomize",
)


def hostile_folder(folder: Path) -> Path:
    """Fill a folder with modules that leave a trace when they are run; return where."""
    canary = folder / "ran"
    folder.mkdir()
    for name in HOSTILE:
        (folder / f"{name}.py").write_text(f"open({str(canary)!r}, 'a').write({name!r})\n", "utf-8")
    return canary


@pytest.mark.parametrize("place", ["", ".", "absolute", "environment"])
@pytest.mark.parametrize(
    ("module", "said"),
    [("index.sources.containment.worker", b""), (_PROGRAM, b'{"data_dir": "data", "remove": ["a"]}\n')],
)
def test_nothing_of_the_working_folder_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, module: str, said: bytes
) -> None:
    """Not by the path of the program that starts them, nor by the environment."""
    canary = hostile_folder(tmp_path / "here")
    monkeypatch.chdir(canary.parent)
    if place == "environment":
        monkeypatch.setenv("PYTHONPATH", str(canary.parent))
    else:
        monkeypatch.setattr(sys, "path", [str(canary.parent) if place == "absolute" else place, *sys.path])
    done = subprocess.run(command(module), input=said, capture_output=True, check=False)  # noqa: S603 - our own
    assert not canary.exists(), canary.read_text("utf-8")
    assert b"Traceback" not in done.stderr
    if said:
        assert "error" in json.loads(done.stdout.splitlines()[-1])


def test_the_folder_would_have_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started in the usual way, so that the test above says something."""
    canary = hostile_folder(tmp_path / "here")
    monkeypatch.chdir(canary.parent)
    subprocess.run([sys.executable, "-m", _PROGRAM], input=b"", capture_output=True, check=False)  # noqa: S603 - our own
    assert canary.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="what is asked is there on Linux only")
def test_a_program_with_secrets_is_not_to_be_read() -> None:
    """The kernel says of it that it is not dumpable, which closes its environment and memory to its user."""
    code = "import ctypes; from index.sources.containment.children import be_unreadable; be_unreadable(); {}"
    code = code.format("print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))")
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout == "0\n"
