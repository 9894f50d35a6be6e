"""The light installation: what it lists, and the whole default path where torch and its kin are not there."""

import json
import os
import re
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest

from tests.index.sources.test_formats import FILES
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.test_load import REAL
from tests.telegram.world import Person

ROOT = Path(__file__).parents[1]
HEAVY = ("sentence_transformers", "torch", "transformers", "sklearn", "scipy", "safetensors")
LIGHT = (ROOT / "requirements-light.txt").read_text("utf-8")
WITHOUT = f"import sys; sys.modules.update(dict.fromkeys({HEAVY!r})); from bot.cli import main; main()"
QUESTION = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"


def plain(name: str) -> str:
    """Write the name of a package as registries compare them."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name.strip())[0]).lower()


LISTED = {plain(line): line for line in LIGHT.splitlines() if re.match(r"\w", line)}


def test_versions_are_those_of_the_constraints() -> None:
    """One tested version each, and of each at least one checksum; nothing of torch, nor any registry."""
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    tested = {plain(pin): pin.split("==")[1] for pin in pins if "==" in pin and not pin.startswith("#")}
    for name, line in LISTED.items():
        version = re.search(r"==([\w.]+)", line)
        assert version is not None
        assert version[1] == tested.get(name, version[1]), name
    blocks = re.split(r"^(?=\w)", LIGHT, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not {plain(name) for name in HEAVY} & LISTED.keys()
    assert "://" not in LIGHT


def test_nothing_that_is_needed_is_missing() -> None:
    """What the program asks for, and what that asks for, but for what other encoders than ours need."""
    waiting, seen = ["trichdan"], {"sentence-transformers"}
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        assert name == "trichdan" or name in LISTED, f"{name} is missing; run .ci/light"
        try:
            needs = requires(name) or []
        except PackageNotFoundError:  # of another system
            continue
        waiting += [plain(need) for need in needs if ";" not in need]


def run(python: str, code: str, folder: Path, *arguments: str) -> str:
    """Run the program in a folder and return what it writes."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(  # noqa: S603 - our own program
        [python, "-c", code, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def walk_the_default_path(python: str, code: str, folder: Path) -> None:
    """Ask the sample, build files of every kind, check them; see that the first kind of each is there."""
    assert "La Haye" in run(python, code, folder, "ask", QUESTION)
    for written in FILES:
        written.put(folder / "files")
    report = json.loads(run(python, code, folder, "index", "build", "--json", "files"))
    assert report["documents"] == sum(len(written.documents) for written in FILES)
    assert json.loads(run(python, code, folder, "index", "check", "--json"))["sound"] is True


def test_the_default_path_imports_nothing_heavy(tmp_path: Path) -> None:
    """As it is where these libraries are not installed: importing one fails."""
    walk_the_default_path(sys.executable, WITHOUT, tmp_path)


@pytest.mark.slow
def test_the_light_installation(tmp_path: Path) -> None:
    """From the documented line: ask, build of every format, check, doctor, bot and a file sent to it."""
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet"]
    for what in (["--require-hashes", "-r", str(ROOT / "requirements-light.txt")], ["--no-deps", str(ROOT)]):
        subprocess.run([*install, *what], check=True)  # noqa: S603
    installed = subprocess.run([python, "-m", "pip", "list"], capture_output=True, text=True, check=True)  # noqa: S603
    assert not {plain(name) for name in HEAVY} & {plain(line) for line in installed.stdout.splitlines()}
    size = sum(path.stat().st_size for path in (tmp_path / "env").rglob("*") if path.is_file())
    sys.stdout.write(f"the light installation takes {size / 1e6:.0f} MB\n")
    (tmp_path / "work").mkdir()
    walk_the_default_path(python, "from bot.cli import main; main()", tmp_path / "work")
    owner = Person(9)
    env = {"PYTHONWARNINGS": "default", "TRICHDAN_OWNERS": "9"}
    with Loopback() as server, BotProcess(server, tmp_path / "bot", env, REAL, python=python) as bot:
        assert "La Haye" in server.answer_to(server.says(owner, QUESTION), timeout=60)["text"]
        note = server.answer_to(server.sends_file(owner, "meo.txt", "Con mèo tên là Mướp.".encode(), None))
        bot.until(lambda: "Bộ sưu tập giờ có" in server.now(note)["text"], timeout=60)
        assert bot.stop()[0] == 0
