"""`trichdan bot` as a process, over a collection in Milvus by `milvus-lite`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.telegram.conversations import REAL
from tests.telegram.server import Loopback
from tests.telegram.test_command import start
from tests.telegram.test_flows import covered
from tests.telegram.world import Person

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install 'trichdan[milvus]'")
pytest.importorskip("milvus_lite", reason="milvus-lite is not installed: some 300 MB with what it needs")

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def run(*words: str, **env: str) -> None:
    """Run a command in a process of its own: milvus-lite lets one process at a time open its file."""
    command = [sys.executable, *REAL[:2], *words]
    subprocess.run(command, env=os.environ | env, check=True, capture_output=True)  # noqa: S603 - the project's own


def test_its_answers_in_telegram(server: Loopback, tmp_path: Path) -> None:
    """The index was pushed from elsewhere; the bot has none of its own on this machine."""
    collection, elsewhere = f"milvus-lite:{tmp_path}/trial.db/news", str(tmp_path / "elsewhere")
    question = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"
    run("index", "add", str(SEEDS), TRICHDAN_DATA_DIR=elsewhere)
    run("index", "push", TRICHDAN_DATA_DIR=elsewhere, TRICHDAN_COLLECTION=collection)
    with start(server, tmp_path / "data", TRICHDAN_COLLECTION=collection, TRICHDAN_SOURCES="") as bot:
        answer = server.answer_to(server.says(Person(5), question), timeout=60)
        assert "La Haye" in covered(answer, "blockquote", "expandable_blockquote")[0]
        assert bot.stop()[0] == 0
    assert not (tmp_path / "data" / "CURRENT").exists()
