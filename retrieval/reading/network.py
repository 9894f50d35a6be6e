"""The reader's network as it runs: onnxruntime for the layers, numpy for what goes in and what comes out."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats, Tokens
from index.encoders.model_files import Vocabulary, map_tensors
from index.errors import ReaderError
from retrieval.reading.pairs import MATCHES, QUESTION, SENTENCE, Pair, Passage, question_rows, rows
from retrieval.reading.question_vector import VectorHead, gelu

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

BUNDLED = Path(__file__).parent / "model"
LAYERS, REST, TOKENIZER = "layers.onnx", "reader.safetensors", "tokenizer.json"
HEAD = "question.safetensors"
_EPSILON = 1e-12
_BATCH = 4
"""Rows that are read together, of like lengths: padding costs as much as text."""


class Output(NamedTuple):
    """What the network says of one row.

    Attributes:
        answers: Log-odds that the sentence answers, before calibration.
        leans: Log-odds that it needs the sentence before to be understood.
        starts: Logit of each piece of the sentence to begin the answer, float32 (pieces,).
        ends: The same to end it.
        offsets: Code points of the sentence that each of those pieces stands for.
    """

    answers: float
    leans: float
    starts: Floats
    ends: Floats
    offsets: tuple[tuple[int, int], ...]


class ReaderNetwork:
    """The network of one model folder; safe to use from any number of threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        session: "InferenceSession",
        words: npt.NDArray[np.int8],
        tensors: dict[str, Floats],
        head: VectorHead | None = None,
        encoder: str = "",
    ) -> None:
        """Wire the parts; `encoder` is the revision of the token vectors that the head was trained for."""
        self._vocabulary = vocabulary
        self._session = session
        self._words = words
        self._tensors = tensors
        self._head, self._encoder = head, encoder

    @classmethod
    def open(cls, folder: Path = BUNDLED) -> Self:
        """Open a model folder; its word vectors stay on disk and are read as they are needed.

        Raises:
            ReaderError: The folder is incomplete, or a file is not the one that was trained.
        """
        # Else it counts sessions for its maker, over the network; it looks once, when it is loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # costs a tenth of a second: only for those who ask

        try:
            revision = json.loads((folder / "revision.json").read_bytes())
            wanted = revision["sha256"]
            layers = _sound(folder / LAYERS, wanted)  # before a parser of graphs sees it
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1  # questions run side by side
            options.enable_cpu_mem_arena = False  # it would keep what a reading took, and is no faster
            # By its name: of bytes the session would keep a copy.
            session = onnxruntime.InferenceSession(str(layers), options, providers=["CPUExecutionProvider"])
            vocabulary = Vocabulary.open(folder / TOKENIZER)
            mapped = map_tensors(folder / REST)
            words = mapped.pop("words").view(np.int8)
            tensors = {name: values.astype(np.float32) for name, values in mapped.items()}
            head = None
            if HEAD in wanted:
                head = VectorHead.from_tensors(map_tensors(_sound(folder / HEAD, wanted)))
        except Exception as error:  # both libraries raise bare exceptions
            raise unusable(folder, error) from error
        return cls(vocabulary, session, words, tensors, head, revision.get("encoder", ""))

    def read(self, question: str, passages: Sequence[Passage]) -> list[Output]:
        """Read a question together with each passage."""
        found = rows(self._vocabulary, question, passages)
        order = sorted(range(len(found)), key=lambda place: len(found[place].ids))
        outputs: dict[int, Output] = {}
        for first in range(0, len(order), _BATCH):
            places = order[first : first + _BATCH]
            outputs |= zip(places, self._outputs([found[place] for place in places]), strict=True)
        return [outputs[place] for place in range(len(found))]

    def question_vector(self, question: str, encoder: str) -> Floats | None:
        """Return a unit vector among those of an encoder, float32 (dimension,): where an answer would be.

        None where there is no head for the encoder, which is told by its revision.
        """
        if self._head is None or encoder != self._encoder:
            return None
        vector: Floats = self._head.vectors(self.mean_states([question]))[0]
        return vector

    def mean_states(self, questions: Sequence[str]) -> Floats:
        """Return the mean of each question's last states, read alone, float32 (n, width)."""
        means = []
        for ids in question_rows(self._vocabulary, questions):
            row, lengths = ids[None], np.array([len(ids)], dtype=np.int32)
            alone = np.zeros_like(row)  # one part, and no other side that a word could stand on
            (states,) = self._session.run(
                None, {"embedded": self._embedded(row, alone, alone), "lengths": lengths}
            )
            means.append(states[0].mean(axis=0))
        return np.array(means, dtype=np.float32)

    def _outputs(self, batch: Sequence[Pair]) -> list[Output]:
        ids = _padded([pair.ids for pair in batch])
        parts = _padded([pair.parts for pair in batch])
        matches = _padded([pair.matches for pair in batch])
        lengths = np.array([len(pair.ids) for pair in batch], dtype=np.int32)
        feeds = {"embedded": self._embedded(ids, parts, matches), "lengths": lengths}
        (states,) = self._session.run(None, feeds)
        real = np.arange(parts.shape[1]) < lengths[:, None]
        scores = self._scores(states, (parts == QUESTION) & real, (parts == SENTENCE) & real)
        spans = states @ self._tensors["span.weight"].T + self._tensors["span.bias"]
        outputs = []
        for pair, (answers, leans), found in zip(batch, scores, spans, strict=True):
            inside = found[pair.first : pair.first + len(pair.offsets)]
            outputs.append(Output(float(answers), float(leans), inside[:, 0], inside[:, 1], pair.offsets))
        return outputs

    def _embedded(self, ids: Tokens, parts: Tokens, matches: Tokens) -> Floats:
        tensors = self._tensors
        x = self._words[ids].astype(np.float32) * tensors["scales"][ids][..., None]
        x += tensors["positions"][: ids.shape[1]] + tensors["part.weight"][parts]
        x += tensors["match.weight"][matches + MATCHES * (parts != QUESTION)]
        x -= x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + _EPSILON)
        normed: Floats = x * tensors["norm.weight"] + tensors["norm.bias"]
        return normed

    def _scores(self, states: Floats, asked: npt.NDArray[np.bool_], told: npt.NDArray[np.bool_]) -> Floats:
        """Return the log-odds (answers, leans) of each row, float32 (batch, 2)."""
        tensors = self._tensors
        a, b = _mean(states, asked), _mean(states, told)
        lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
        alike = (a * b).sum(axis=1) / np.maximum(lengths, _EPSILON)
        seen = np.concatenate([states[:, 0], a * b, np.abs(a - b)], axis=1)
        hidden = gelu(seen @ tensors["hidden.weight"].T + tensors["hidden.bias"])
        scores: Floats = hidden @ tensors["score.weight"].T + tensors["score.bias"]
        scores[:, 0] += tensors["scale"][0] * alike + tensors["scale"][1]
        return scores


def _sound(path: Path, wanted: Mapping[str, str]) -> Path:
    """Return the path of a file that has the SHA-256 which is wanted of its name."""
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != wanted[path.name]:
            raise ValueError(f"{path.name} is damaged")
    return path


def unusable(folder: Path, error: Exception) -> ReaderError:
    """Return what to say of a model folder that cannot be used."""
    return ReaderError(
        "The reader in {name} cannot be read ({why}); install Trích Dẫn again.", name=folder, why=error
    )


def _padded(arrays: Sequence[Tokens]) -> Tokens:
    padded = np.zeros((len(arrays), max(map(len, arrays))), dtype=np.int32)
    for row, values in zip(padded, arrays, strict=True):
        row[: len(values)] = values
    return padded


def _mean(states: Floats, chosen: npt.NDArray[np.bool_]) -> Floats:
    weights = chosen.astype(np.float32)
    summed: Floats = np.einsum("np,npw->nw", weights, states)
    means: Floats = summed / np.maximum(weights.sum(axis=1, keepdims=True), 1)
    return means
