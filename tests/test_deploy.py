"""What ships for servers: the container's steps, the unit of systemd."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.system.process import Exit

ROOT = Path(__file__).parents[1]
UNIT = (ROOT / "deploy" / "trichdan.service").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_the_unit_is_one(tmp_path: Path) -> None:
    """Systemd finds nothing to say, once the program is where the unit says."""
    unit = tmp_path / "trichdan.service"
    program = shutil.which("true")
    unit.write_text(UNIT.replace("/opt/trichdan/bin/trichdan", str(program)), "utf-8")
    found = subprocess.run(  # noqa: S603
        [str(shutil.which("systemd-analyze")), "verify", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_the_unit_restarts_only_what_a_restart_mends() -> None:
    """Wrong settings and a successor are ends; a hang-up is a reload."""
    assert f"RestartPreventExitStatus={Exit.MISUSE} {Exit.CONFLICT}" in UNIT
    assert "ExecReload=/bin/kill -HUP $MAINPID" in UNIT


def test_the_container_installs_what_is_verified() -> None:
    """The light installation with its checksums, as a user without rights, and nothing else fetched."""
    fetching = re.findall(r"pip install (.*)", DOCKERFILE)
    assert all(
        "--require-hashes -r requirements-light.txt" in line or "--no-deps ." in line for line in fetching
    )
    assert len(fetching) == 2
    last = DOCKERFILE.rindex("FROM")
    assert re.search(r"^USER (?!0\b)\d+", DOCKERFILE[last:], re.MULTILINE)
    assert "/healthz" in DOCKERFILE and "TRICHDAN_DATA_DIR=/data" in DOCKERFILE


def test_what_the_container_needs_is_sent_to_it() -> None:
    """Nothing that the wheel is made of is left out of the context."""
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert not {"bot", "index", "retrieval", "seeds", "pyproject.toml", "README.md", "LICENSE"} & set(
        left_out
    )
