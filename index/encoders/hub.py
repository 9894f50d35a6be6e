"""Any sentence-transformers model, from a folder or the hub: the only door to both libraries."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from index.encoders.base import EncoderIdentity, Floats
from index.errors import EncoderError, Message

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder as Model
    from sentence_transformers import SentenceTransformer

_LOG = logging.getLogger(__name__)

# Names under which models keep their prompts; the first one present is used.
_QUERY_PROMPTS = ("query", "search_query", "retrieval_query", "question")
_PASSAGE_PROMPTS = ("passage", "document", "search_document", "retrieval_document", "corpus")
# multilingual-e5 was trained with prompts that its configuration on the hub does not record
# (Wang et al. 2024, "Multilingual E5 Text Embeddings", and the model cards); its "instruct" kin has others.
_E5_PROMPTS = ("query: ", "passage: ")
# All that a model of safetensors needs; no other file is fetched, and these are what a revision means.
_FILES = ["*.safetensors", "*.json", "*.txt", "*.model"]
_OTHER_FORMATS = ["onnx/*", "openvino/*"]
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
_BATCH = 32
# Everything to be fetched has been.
_SAFELY: Final[dict[str, Any]] = {
    "trust_remote_code": False,
    "local_files_only": True,
    "device": "cpu",
    "model_kwargs": {"use_safetensors": True},
}


class HubEncoder:
    """A sentence-transformers model behind the `Encoder` protocol."""

    def __init__(self, model: "SentenceTransformer", identity: EncoderIdentity) -> None:
        self._model = model
        self.identity = identity

    @classmethod
    def open(cls, name: str, revision: str | None = None) -> Self:
        """Load a model by hub name or folder: safetensors only, no code from the model, revision recorded.

        Raises:
            EncoderError: The model is not there, cannot be fetched, or has no safetensors weights.

        """
        _LOG.info("loading the encoder %s", name)
        is_local = Path(name).is_dir()
        try:
            folder = _folder(name, revision)
            with _loading():
                from sentence_transformers import SentenceTransformer

                model = SentenceTransformer(str(folder), **_SAFELY)
            dimension = model.get_embedding_dimension()
            if dimension is None:
                raise _Unusable(Message("it does not say the dimension of its vectors"))
        except _Unusable as fault:
            raise EncoderError(
                "The encoder {name} cannot be used: {why}.", name=name, why=fault.why
            ) from fault.__cause__
        version = _digest(folder) if is_local else folder.name  # the cache calls folders after the commit
        # A folder is known by its contents, wherever it stands.
        called = folder.resolve().name if is_local else name
        return cls(model, EncoderIdentity(called, version, dimension, *_prompts(name, model.prompts)))

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of questions, float32 (n, dimension)."""
        return self._encode(texts, self.identity.query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of sentences, float32 (n, dimension)."""
        return self._encode(texts, self.identity.passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Floats:
        vectors = self._model.encode(
            list(texts), prompt=prompt, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.identity.dimension)


class CrossEncoder:
    """A cross-encoder: reads a question and a sentence together. Slow, and often better than vectors."""

    def __init__(self, model: "Model") -> None:
        self._model = model

    @classmethod
    def open(cls, name: str) -> Self:
        """Load a model by hub name or folder, as `HubEncoder.open` does.

        Raises:
            EncoderError: It is not there, cannot be fetched, has no safetensors weights or many scores.

        """
        _LOG.info("loading the cross-encoder %s", name)
        try:
            folder = _folder(name, None)
            with _loading():
                from sentence_transformers import CrossEncoder as Model

                model = Model(str(folder), **_SAFELY)
                labels = model.num_labels
            if labels != 1:
                raise _Unusable(Message("it gives {count} scores for a sentence and not one", count=labels))
        except _Unusable as fault:
            raise EncoderError(
                "The cross-encoder {name} cannot be used: {why}.", name=name, why=fault.why
            ) from fault.__cause__
        return cls(model)

    def scores(self, question: str, sentences: Sequence[str]) -> Floats:
        """Return how well each sentence answers the question, float32 (n,); higher is better."""
        pairs = [(question, sentence) for sentence in sentences]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs))


class _Unusable(Exception):  # noqa: N818 - says what is the case
    """A model cannot be used; `why` is a part of a sentence."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


@contextmanager
def _loading() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # every layer below raises its own kinds
        raise _Unusable(Message("it cannot be loaded ({why})", why=_first_line(error))) from error


def _folder(name: str, revision: str | None) -> Path:
    """Return the folder of a model, fetched if it has to be; weights that are pickles are refused."""
    if find_spec("sentence_transformers") is None:  # before anything is fetched
        raise _Unusable(Message("`pip install sentence-transformers` has to be run first"))
    folder = Path(name) if Path(name).is_dir() else _fetch(name, revision)
    safe = {path.parent for path in folder.rglob("*.safetensors")}
    pickled = {path.parent for pattern in _PICKLES for path in folder.rglob(pattern)}
    if not safe or not pickled <= safe:  # reading a pickle may run code
        raise _Unusable(Message("its weights are not all in safetensors files, the only format that is read"))
    return folder


def _fetch(name: str, revision: str | None) -> Path:
    """Return the folder of a hub model, from the cache if the hub does not answer.

    `SentenceTransformer(name)` would ask for a dozen files one by one, each five times over: more than a
    minute without a network. This asks once.
    """
    from huggingface_hub import errors, snapshot_download

    try:
        return Path(
            snapshot_download(name, revision=revision, allow_patterns=_FILES, ignore_patterns=_OTHER_FORMATS)
        )
    except errors.HFValidationError as error:
        raise _Unusable(
            Message("there is no such folder, and it cannot be the name of a hub model")
        ) from error
    except errors.RevisionNotFoundError as error:
        raise _Unusable(Message("the hub has no revision {revision} of it", revision=revision)) from error
    except errors.GatedRepoError as error:
        raise _Unusable(Message("the hub gives it only to accounts that accepted its terms")) from error
    except errors.RepositoryNotFoundError as error:
        raise _Unusable(Message("there is no such folder, and no such model on the hub")) from error
    except errors.LocalEntryNotFoundError as error:
        raise _Unusable(
            Message("there is no such folder, the hub cannot be reached, and no earlier download was kept")
        ) from error
    except Exception as error:
        raise _Unusable(
            Message("it cannot be fetched from the hub ({why})", why=_first_line(error))
        ) from error


def _prompts(name: str, recorded: dict[str, str | None]) -> tuple[str, str]:
    query = next((recorded[key] for key in _QUERY_PROMPTS if recorded.get(key)), None)
    passage = next((recorded[key] for key in _PASSAGE_PROMPTS if recorded.get(key)), None)
    parts = Path(name).name.lower().split("-")
    if query is None and passage is None and "e5" in parts and "instruct" not in parts:
        return _E5_PROMPTS
    return query or "", passage or ""


def _digest(folder: Path) -> str:
    """Return the SHA-256 of a folder's files with their names, in hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _FILES for path in folder.rglob(pattern)}):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200].rstrip(".") if lines else type(error).__name__
