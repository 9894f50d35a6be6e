"""Which encoder a name opens: the bundled one for none, and any other only when it is asked for."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoders import BundledEncoder, Encoder, EncoderIdentity, StaticModel, open_encoder
from index.errors import EncoderError
from tests.index.encoders.models import checksum, write_static


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a model of two words."""
    rows = np.array([[0, 0, 0], [100, 0, 0], [0, 30, 40]], dtype=np.int8)
    return write_static(tmp_path / "model", ["nga", "đức"], rows, np.full(3, 0.01, dtype=np.float32))


def test_no_name_is_the_bundled_encoder(folder: Path) -> None:
    """Its identity is the checksum of the model's files; it has no prompts and one way to encode."""
    encoder: Encoder = open_encoder(None, StaticModel.open(folder))
    assert isinstance(encoder, BundledEncoder)
    assert encoder.identity == EncoderIdentity("bundled", checksum(folder), 3, "", "")
    wanted = [[1.0, 0.0, 0.0], [0.0, 0.6, 0.8], [0.0, 0.0, 0.0]]
    for encode in (encoder.encode_queries, encoder.encode_passages):
        np.testing.assert_allclose(encode(["Nga", "ĐỨC", ""]), wanted, atol=1e-6)


def test_a_changed_file_is_another_encoder(folder: Path) -> None:
    """Two models that differ in one weight have two identities."""
    first = open_encoder(None, StaticModel.open(folder)).identity
    rows = np.array([[0, 0, 0], [100, 0, 0], [0, 30, 41]], dtype=np.int8)
    write_static(folder, ["nga", "đức"], rows, np.full(3, 0.01, dtype=np.float32))
    assert open_encoder(None, StaticModel.open(folder)).identity != first


NAMED = """
import sys
from pathlib import Path
from index.encoders.opening import open_encoder
from index.errors import EncoderError
from index.encoders.static import StaticModel
static = StaticModel.open(Path(sys.argv[1]))
assert "index.encoders.hub" not in sys.modules
try:
    open_encoder("../no such folder", static)
except EncoderError as error:
    print(error)
print("torch" in sys.modules)
"""


def test_a_name_opens_the_door_to_other_models(folder: Path) -> None:
    """Only a name imports the library, and a bad name is reported without waiting for torch."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", NAMED, str(folder)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    message, torch = done.stdout.splitlines()
    assert message.startswith("The encoder ../no such folder cannot be used: ")
    assert torch == "False"


def test_the_error_is_one_of_ours(folder: Path) -> None:
    """Code that shows errors to people can show this one."""
    with pytest.raises(EncoderError, match=r"^The encoder \.\./x "):
        open_encoder("../x", StaticModel.open(folder))
