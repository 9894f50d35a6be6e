"""docs/operation.md is right: its commands are run, and its figures are the ones reported."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.telegram.collection.live import LiveGeneration
from bot.telegram.monitoring.monitor import Monitor
from bot.telegram.monitoring.tally import Tally
from tests.telegram.fake import FakeStore

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operation.md").read_text("utf-8")
PAGE_VI = (ROOT / "docs" / "vi" / "operation.md").read_text("utf-8")
RUN = re.findall(r"^<!-- run -->\n```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Prepare a server with the program and an index, and return its environment."""
    home = tmp_path_factory.mktemp("server")
    program = home / "bin" / "trichdan"
    program.parent.mkdir()
    code = "from bot.cli import main; main()"
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -c '{code}' \"$@\"\n", "utf-8"
    )
    program.chmod(0o755)
    (home / "meo.txt").write_text("Con mèo tên là Mướp.\n", "utf-8")
    environment = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "TRICHDAN_DATA_DIR": str(home / "data"),
        "TRICHDAN_ENV_FILE": str(home / ".env"),
    }
    build = [str(program), "index", "build", str(home / "meo.txt")]
    subprocess.run(build, env=environment, check=True)  # noqa: S603 - our own program
    return environment


@pytest.mark.parametrize("block", RUN, ids=lambda block: block.splitlines()[0])
def test_commands(server: dict[str, str], block: str) -> None:
    """One block after another, as they stand on the page: saved, restored, moved, upgraded, examined."""
    ended = subprocess.run(  # noqa: S603
        ["bash", "-euo", "pipefail", "-c", block],  # noqa: S607
        env=server,
        cwd=server["HOME"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_there_are_commands() -> None:
    """Saving, restoring twice, moving, upgrading and examining; in Vietnamese, of the same commands."""
    assert len(RUN) == 6
    told = re.findall(r"^<!-- run -->\n```sh\n(.*?)^```$", PAGE_VI, re.DOTALL | re.MULTILINE)
    known = {line for block in RUN for line in block.splitlines()}
    assert {line for block in told for line in block.splitlines()} <= known
    assert len(told) == 3


def test_figures_are_documented(tmp_path: Path) -> None:
    """Every figure that the bot tells stands in the table."""
    store = FakeStore(tmp_path / "CURRENT")
    monitor = Monitor(LiveGeneration(store.open, store.current), Tally(), lambda: 0)
    monitor.live.load()
    names = {f"{each.name}_total" if each.type == "counter" else each.name for each in monitor.collect()}
    table = set(re.findall(r"`(trichdan_\w+)`", PAGE))
    assert names == table


def test_outcomes_are_documented() -> None:
    """Those that the handlers count, found in the source."""
    source = (ROOT / "bot" / "telegram" / "handlers" / "questions.py").read_text("utf-8")
    counted = set(re.findall(r'outcomes\["(\w+)"\]', source)) | {"found", "not_found", "refused"}
    (row,) = [line for line in PAGE.splitlines() if line.startswith("| `trichdan_questions_total`")]
    assert counted == set(re.findall(r"`(\w+)`", row)) - {"trichdan_questions_total", "outcome"}
