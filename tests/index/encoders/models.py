"""Small static models, written without torch in the layout of the bundled one."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers


def word_tokenizer(words: Sequence[str]) -> Tokenizer:
    """Return a tokenizer that knows whole words; `<unk>`, token 0, stands for any other."""
    vocabulary = {word: number for number, word in enumerate(("<unk>", *words))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))  # noqa: S106 - no secret
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(behavior="isolated")]
    )
    return tokenizer


def write_static(
    folder: Path, words: Sequence[str], rows: npt.NDArray[np.int8], scales: npt.NDArray[np.float32]
) -> Path:
    """Write a model of whole words; the first row of weights belongs to `<unk>`."""
    folder.mkdir(parents=True, exist_ok=True)
    word_tokenizer(words).save(str(folder / "tokenizer.json"))
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    write_revision(folder)
    return folder


def write_revision(folder: Path) -> None:
    """Record the checksum of the files as they are."""
    (folder / "revision.json").write_text(json.dumps({"sha256": checksum(folder)}))


def checksum(folder: Path) -> str:
    """Return what `revision.json` must say."""
    names = ("tokenizer.json", "model.safetensors")
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()
