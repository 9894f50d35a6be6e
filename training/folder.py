"""Writes the model folder: one that sentence-transformers loads and that `index.encoders.static` maps."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch import nn

_LIBRARY_FILES = ("modules.json", "config_sentence_transformers.json")


def write_folder(folder: Path, tokenizer: Tokenizer, vectors: npt.NDArray[np.float32]) -> None:
    """Write tokenizer, 8-bit weights and sentence-transformers' own files; the model card is written by hand.

    Args:
        folder: Where; files of the same names are replaced.
        tokenizer: The vocabulary.
        vectors: float32 (vocabulary, dimension).
    """
    write_quantised(folder, tokenizer, *quantise(vectors))


def write_quantised(
    folder: Path, tokenizer: Tokenizer, rows: npt.NDArray[np.int8], scales: npt.NDArray[np.float32]
) -> None:
    """Write the same, with weights of 8 bits: int8 (vocabulary, dimension), and a scale per row."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = rows.astype(np.float32) * scales[:, None]
    with tempfile.TemporaryDirectory() as scratch:
        modules: list[nn.Module] = [StaticEmbedding(tokenizer, embedding_weights=vectors), Normalize()]
        SentenceTransformer(modules=modules, device="cpu").save_pretrained(scratch, create_model_card=False)
        for name in _LIBRARY_FILES:
            shutil.copy(Path(scratch) / name, folder / name)
        for inner in Path(scratch).glob("*_Normalize"):
            shutil.copytree(inner, folder / inner.name, dirs_exist_ok=True)
    # Compact JSON: a third smaller than the library's own indented form.
    (folder / "tokenizer.json").write_text(
        json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":")), "utf-8"
    )
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    digest = hashlib.sha256()
    for name in ("tokenizer.json", "model.safetensors"):
        digest.update((folder / name).read_bytes())
    (folder / "revision.json").write_text(json.dumps({"sha256": digest.hexdigest()}) + "\n", "utf-8")


def quantise(vectors: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return int8 rows and the scale of each, so that rows * scales is nearest to `vectors`."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)
