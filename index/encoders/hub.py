"""Any sentence-transformers model, from a folder or the hub: the only door to both libraries."""

import hashlib
import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

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


class _Setting(NamedTuple):
    """The setting that names a model, and what to do without it."""

    name: str
    otherwise: Message


_ENCODER = _Setting("TRICHDAN_ENCODER", Message("use the bundled encoder"))
_CROSS_ENCODER = _Setting("TRICHDAN_CROSS_ENCODER", Message("do without"))


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
        _require_library(name, _ENCODER)
        _LOG.info("loading the encoder %s", name)
        is_local = Path(name).is_dir()
        folder = Path(name) if is_local else _fetch(name, revision, _ENCODER)
        _require_safetensors(name, folder, _ENCODER)
        try:
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(
                str(folder),
                trust_remote_code=False,
                local_files_only=True,  # everything to be fetched has been
                device="cpu",
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:  # every layer below raises its own kinds
            raise _unusable(name, Message("it cannot be loaded ({why})", why=_first_line(error))) from error
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise _unusable(name, Message("it does not say the dimension of its vectors"))
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
        _require_library(name, _CROSS_ENCODER)
        _LOG.info("loading the cross-encoder %s", name)
        folder = Path(name) if Path(name).is_dir() else _fetch(name, None, _CROSS_ENCODER)
        _require_safetensors(name, folder, _CROSS_ENCODER)
        try:
            from sentence_transformers import CrossEncoder as Model

            model = Model(
                str(folder),
                trust_remote_code=False,
                local_files_only=True,
                device="cpu",
                model_kwargs={"use_safetensors": True},
            )
            labels = model.num_labels
        except Exception as error:
            raise _unusable(
                name, Message("it cannot be loaded ({why})", why=_first_line(error)), _CROSS_ENCODER
            ) from error
        if labels != 1:
            raise _unusable(
                name,
                Message("it gives {count} scores for a sentence and not one", count=labels),
                _CROSS_ENCODER,
            )
        return cls(model)

    def scores(self, question: str, sentences: Sequence[str]) -> Floats:
        """Return how well each sentence answers the question, float32 (n,); higher is better."""
        pairs = [(question, sentence) for sentence in sentences]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs))


def _fetch(name: str, revision: str | None, setting: _Setting) -> Path:
    """Return the folder of a hub model, from the cache if the hub does not answer.

    `SentenceTransformer(name)` would ask for a dozen files one by one, each five times over: more than a
    minute without a network. This asks once.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        return Path(
            snapshot_download(name, revision=revision, allow_patterns=_FILES, ignore_patterns=_OTHER_FORMATS)
        )
    except HFValidationError as error:
        raise _unusable(
            name, Message("there is no such folder, and it cannot be the name of a hub model"), setting
        ) from error
    except RevisionNotFoundError as error:
        raise _unusable(
            name, Message("the hub has no revision {revision} of it", revision=revision), setting
        ) from error
    except GatedRepoError as error:
        raise _unusable(
            name, Message("the hub gives it only to accounts that accepted its terms"), setting
        ) from error
    except RepositoryNotFoundError as error:
        raise _unusable(
            name, Message("there is no such folder, and no such model on the hub"), setting
        ) from error
    except LocalEntryNotFoundError as error:
        why = Message("there is no such folder, the hub cannot be reached, and no earlier download was kept")
        raise _unusable(name, why, setting) from error
    except Exception as error:
        raise _unusable(
            name, Message("it cannot be fetched from the hub ({why})", why=_first_line(error)), setting
        ) from error


def _require_library(name: str, setting: _Setting) -> None:
    """Refuse before fetching anything if the light installation lacks the library."""
    if find_spec("sentence_transformers") is None:
        raise _unusable(name, Message("`pip install sentence-transformers` has to be run first"), setting)


def _require_safetensors(name: str, folder: Path, setting: _Setting) -> None:
    """Refuse weights that are pickles: reading them may run code."""
    safe = {path.parent for path in folder.rglob("*.safetensors")}
    pickled = {path.parent for pattern in _PICKLES for path in folder.rglob(pattern)}
    if not safe or not pickled <= safe:
        raise _unusable(
            name,
            Message("its weights are not all in safetensors files, the only format that is read"),
            setting,
        )


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


def _unusable(name: str, why: Message, setting: _Setting = _ENCODER) -> EncoderError:
    return EncoderError(
        "{setting}={name} cannot be used: {why}; leave the setting empty to {otherwise}.",
        setting=setting.name,
        name=name,
        why=why,
        otherwise=setting.otherwise,
    )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200].rstrip(".") if lines else type(error).__name__
