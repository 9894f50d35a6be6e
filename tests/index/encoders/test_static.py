"""The static model: right vectors from mapped weights, no heavy import, damage reported in one sentence."""

import json
import shutil
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.encoders import StaticModel
from index.encoders.static import BUNDLED
from index.errors import EncoderError
from tests.index.encoders.models import checksum, write_revision, write_static

WORDS = ("tổng", "thống", "nato", "22", "/", "4", ",", "北约")
ROWS = np.random.default_rng(3).integers(-127, 128, size=(len(WORDS) + 1, 6), dtype=np.int8)
SCALES = np.linspace(0.01, 0.09, len(WORDS) + 1, dtype=np.float32)
LARGEST = 32_000_000
"""Bytes that the bundled folder may take on disk."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a model of eight words."""
    return write_static(tmp_path / "model", WORDS, ROWS, SCALES)


@pytest.fixture
def model(folder: Path) -> StaticModel:
    """Open a model of eight words."""
    return StaticModel.open(folder)


def expected(*tokens: int) -> list[float]:
    """Return the unit mean of some tokens, in double precision."""
    mean = np.mean([ROWS[token].astype(float) * float(SCALES[token]) for token in tokens], axis=0)
    return list(mean / np.linalg.norm(mean))


def test_tokens_and_their_vectors(model: StaticModel) -> None:
    """Texts become token ids, and each id its row times its scale."""
    (tokens,) = model.tokenize(["Tổng thống NATO, xyz"])
    assert tokens.dtype == np.int32
    assert tokens.tolist() == [1, 2, 3, 7, 0]
    np.testing.assert_allclose(model.vectors(tokens), ROWS[tokens] * SCALES[tokens, None], rtol=1e-6)
    assert model.vectors(tokens).dtype == np.float32


def test_a_text_is_the_unit_mean_of_its_tokens(model: StaticModel) -> None:
    """The vector is the mean of the token vectors, scaled to length one."""
    vectors = model.encode(["tổng thống", "22/4"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, 6)
    np.testing.assert_allclose(vectors[0], expected(1, 2), atol=1e-6)
    np.testing.assert_allclose(vectors[1], expected(4, 5, 6), atol=1e-6)


def test_texts_without_tokens_are_zero(model: StaticModel) -> None:
    """Nothing and white space have no direction."""
    assert model.encode(["", " \n"]).tolist() == [[0.0] * 6] * 2
    assert [tokens.tolist() for tokens in model.tokenize(["", " \n"])] == [[], []]
    assert model.encode([]).shape == (0, 6)


def test_unknown_characters_are_the_unknown_token(model: StaticModel) -> None:
    """A text of which nothing is known has the vector of the unknown token, and is finite."""
    np.testing.assert_allclose(model.encode(["ქართული"])[0], expected(0), atol=1e-6)


def test_zero_weights_make_no_nan(tmp_path: Path) -> None:
    """Tokens whose vectors are all zero give zeros."""
    zero = StaticModel.open(write_static(tmp_path / "m", WORDS, np.zeros_like(ROWS), SCALES))
    assert zero.encode(["nato"]).tolist() == [[0.0] * 6]
    assert zero.cosines(zero.tokenize(["nato"])[0], np.array([1, 2], np.int32)).tolist() == [[0.0, 0.0]]


def test_a_batch_is_its_texts_one_by_one(model: StaticModel) -> None:
    """A text has one vector, whatever else is encoded with it."""
    texts = ["nato", "", "tổng thống nato, 北约", "??", "tổng " * 500]
    np.testing.assert_array_equal(
        model.encode(texts), np.concatenate([model.encode([text]) for text in texts])
    )


def test_cosines_of_tokens(model: StaticModel) -> None:
    """Each token is compared with each, again and again, in either order; zeros are like nothing."""
    tokens = np.array([1, 4, 2, 6], dtype=np.int32)
    others = np.array([2, 0], dtype=np.int32)
    unit = {token: np.array(expected(token)) for token in range(7)}
    wanted = [[float(unit[one] @ unit[other]) for other in others.tolist()] for one in tokens.tolist()]
    for _ in range(2):
        np.testing.assert_allclose(model.cosines(tokens, others), wanted, atol=1e-6)
    np.testing.assert_allclose(model.cosines(others, tokens).T, wanted, atol=1e-6)


def test_places_of_tokens(model: StaticModel) -> None:
    """Tokens are located in the text as it is: code points, also of decomposed and wide text."""
    text = "🎉 " + unicodedata.normalize("NFD", "Tổng thống") + " ＮＡＴＯ"
    tokens, places = model.locate(text)
    assert tokens.tolist() == [0, 1, 2, 3]
    found = [unicodedata.normalize("NFKC", text[start:end]).lower() for start, end in places]
    assert found == ["🎉", "tổng", "thống", "nato"]


def test_the_weights_stay_on_disk(model: StaticModel) -> None:
    """Rows are a read-only map of the file, not a copy in memory."""
    rows = model._rows
    assert isinstance(rows.base, np.memmap)
    assert not rows.flags.writeable


def test_the_revision_is_the_checksum(model: StaticModel, folder: Path) -> None:
    """A model is called after the files it was made of."""
    assert model.revision == checksum(folder)


def _header(folder: Path, change: Callable[[dict[str, dict[str, object]]], None]) -> None:
    path = folder / "model.safetensors"
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    change(header)
    changed = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(changed)) + changed + data[8 + length :])


def _wide(folder: Path) -> None:
    save_file({"embeddings": ROWS.astype(np.float32), "weights": SCALES}, folder / "model.safetensors")


def _flat(folder: Path) -> None:
    save_file({"embeddings": ROWS[:, 0].copy(), "weights": SCALES}, folder / "model.safetensors")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no folder": shutil.rmtree,
    "no tokenizer": lambda folder: (folder / "tokenizer.json").unlink(),
    "no weights": lambda folder: (folder / "model.safetensors").unlink(),
    "no revision": lambda folder: (folder / "revision.json").unlink(),
    "empty revision": lambda folder: (folder / "revision.json").write_text(""),
    "revision without checksum": lambda folder: (folder / "revision.json").write_text("{}"),
    "revision that is no object": lambda folder: (folder / "revision.json").write_text("[]"),
    "broken tokenizer": lambda folder: (folder / "tokenizer.json").write_text("{"),
    "empty weights": lambda folder: (folder / "model.safetensors").write_bytes(b""),
    "cut weights": lambda folder: (folder / "model.safetensors").write_bytes(
        (folder / "model.safetensors").read_bytes()[:-1]
    ),
    "huge header": lambda folder: (folder / "model.safetensors").write_bytes(b"\xff" * 64),
    "another kind of number": lambda folder: _header(folder, lambda h: h["embeddings"].update(dtype="I64")),
    "a wrong shape": lambda folder: _header(folder, lambda h: h["embeddings"].update(shape=[9, 7])),
    "a tensor missing": lambda folder: _header(folder, lambda h: h.__delitem__("weights")),
    "an offset before the data": lambda folder: _header(
        folder, lambda h: h["weights"].update(data_offsets=[-36, 0])
    ),
    "float rows": _wide,
    "rows of one number": _flat,
    "fewer rows than tokens": lambda folder: save_file(
        {"embeddings": ROWS[:-1].copy(), "weights": SCALES[:-1].copy()}, folder / "model.safetensors"
    ),
    "more scales than rows": lambda folder: save_file(
        {"embeddings": ROWS, "weights": np.ones(20, np.float32)}, folder / "model.safetensors"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_folder_is_told_in_one_sentence(folder: Path, damage: Callable[[Path], object]) -> None:
    """Whatever is wrong with the folder, opening it says so and names it."""
    damage(folder)
    with pytest.raises(EncoderError) as caught:
        StaticModel.open(folder)
    message = str(caught.value)
    assert str(folder) in message
    assert message.endswith(".")
    assert "\n" not in message


def test_the_writer_of_the_tests_is_sound(folder: Path) -> None:
    """The folder opens as long as nobody damages it."""
    write_revision(folder)
    assert StaticModel.open(folder).dimension == 6


IMPORTS = """
import sys
from pathlib import Path
from index.encoders.opening import open_encoder
from index.encoders.static import StaticModel
encoder = open_encoder(None, StaticModel.open(Path(sys.argv[1])))
assert encoder.encode_queries(["tổng thống"]).shape == (1, 6)
heavy = {"torch", "transformers", "sentence_transformers", "huggingface_hub", "scipy", "sklearn"}
print(sorted(heavy & set(sys.modules)))
"""


def test_no_heavy_import(folder: Path) -> None:
    """A question is encoded without torch, transformers or sentence-transformers."""
    root = Path(__file__).parents[3]
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", IMPORTS, str(folder)], cwd=root, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_bundled_folder_is_what_it_says() -> None:
    """Its revision is the checksum of its files, and it is no larger than promised."""
    assert StaticModel.open().revision == checksum(BUNDLED)
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) <= LARGEST


def test_the_bundled_model_knows_translations() -> None:
    """A Vietnamese sentence is nearer to its translation than to others."""
    model = StaticModel.open()
    left = model.encode(["Tổng thống Mỹ đến thăm Việt Nam", "Giá dầu tăng mạnh", "Trường học đóng cửa"])
    right = model.encode(
        ["The US president visits Vietnam", "Oil prices rise sharply", "The schools are closed"]
    )
    assert (left @ right.T).argmax(axis=1).tolist() == [0, 1, 2]
