"""The files of a model folder: its vocabulary, and its tensors, mapped from the disk."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.encoders.base import Tokens

Tensors = dict[str, npt.NDArray[np.generic]]
_DTYPES: dict[str, type[np.generic]] = {"I8": np.int8, "F16": np.float16, "F32": np.float32}


class Pieces(NamedTuple):
    """A text as tokens.

    Attributes:
        ids: Token ids.
        offsets: Code points of the text that each token stands for.
    """

    ids: list[int]
    offsets: list[tuple[int, int]]


class Vocabulary:
    """Divides texts into tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.size = tokenizer.get_vocab_size()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read `tokenizer.json`.

        Raises:
            Exception: The file cannot be read; the library knows no other class.
        """
        return cls(Tokenizer.from_file(str(path)))

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the token ids of each text, int32."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings]

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the tokens of each text with their places, which takes longer."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Pieces(encoding.ids, encoding.offsets) for encoding in encodings]


def map_tensors(path: Path) -> Tensors:
    """Map the tensors of a safetensors file: eight bytes of header length, a JSON header, the data.

    Raises:
        OSError: The file cannot be read.
        ValueError: A tensor has a wrong place or size.
        KeyError: A tensor has a type that no model here has.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    tensors: Tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            dtype, shape = np.dtype(_DTYPES[entry["dtype"]]), tuple(entry["shape"])
            start, end = entry["data_offsets"]
            if start < 0 or end - start != dtype.itemsize * int(np.prod(shape)):
                raise ValueError(f"tensor {name} has a wrong place or size")
            tensors[name] = np.memmap(path, dtype, mode="r", offset=8 + length + start, shape=shape)
    return tensors
