"""The bundled network: the same whatever is read beside, and nothing but the files it was trained with."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import ReaderError
from retrieval.reading import Reader
from retrieval.reading.network import BUNDLED, ReaderNetwork
from retrieval.reading.pairs import Passage

QUESTION = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"
PASSAGES = (
    Passage("Bế mạc", "", "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan."),
    Passage("Bế mạc", "", "Giá vàng hôm nay tăng 200.000 đồng một lượng."),
    Passage("", "Ông Rutte phát biểu.", "Ông nói."),
    Passage("", "", ""),
    Passage("", "", "NATO họp ở Washington. " * 60),
)


@pytest.fixture(scope="module")
def network() -> ReaderNetwork:
    """Open the bundled network."""
    return ReaderNetwork.open()


def test_each_is_read_by_itself(network: ReaderNetwork) -> None:
    """What else is read at the same time changes nothing but the last digits of the 8-bit arithmetic."""
    together = network.read(QUESTION, PASSAGES)
    for passage, output in zip(PASSAGES, together, strict=True):
        (alone,) = network.read(QUESTION, [passage])
        assert alone.offsets == output.offsets
        assert alone.answers == pytest.approx(output.answers, abs=0.6)


def test_nothing_is_told_to_the_maker_of_the_library(tmp_path: Path) -> None:
    """It keeps what it will send, and a number of the machine, below HOME; with us it keeps nothing."""
    env = {"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": os.pathsep.join(sys.path)}
    work = "from retrieval.reading.network import ReaderNetwork, Passage\n"
    work += "ReaderNetwork.open().read('NATO?', [Passage('', '', 'NATO.')])"
    subprocess.run([sys.executable, "-c", work], env=env, cwd=tmp_path, check=True)  # noqa: S603 - our own
    assert list(tmp_path.iterdir()) == []


def test_an_answer_is_told_from_another_sentence(network: ReaderNetwork) -> None:
    """The sentence that answers gets far higher odds than one about something else."""
    answers = [output.answers for output in network.read(QUESTION, PASSAGES[:2])]
    assert answers[0] > answers[1] + 1


def test_nothing_to_read(network: ReaderNetwork) -> None:
    """No passages, no outputs."""
    assert network.read(QUESTION, []) == []


@pytest.mark.parametrize("name", ["layers.onnx", "reader.safetensors", "tokenizer.json", "revision.json"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    """With one sentence that says what to do."""
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(ReaderError, match="install Trích Dẫn again"):
        ReaderNetwork.open(folder)


def test_a_damaged_graph_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A bit is enough."""
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    layers = bytearray((folder / "layers.onnx").read_bytes())
    layers[len(layers) // 2] ^= 1
    (folder / "layers.onnx").write_bytes(layers)
    with pytest.raises(ReaderError, match=r"layers\.onnx is damaged"):
        ReaderNetwork.open(folder)


def test_a_decision_of_other_features_is_refused(tmp_path: Path) -> None:
    """As a decision of an older version would be."""
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    data = json.loads((folder / "decision.json").read_text("utf-8"))
    del data["calibration"]["answers"]
    (folder / "decision.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(ReaderError, match="other features"):
        Reader.open(folder)
