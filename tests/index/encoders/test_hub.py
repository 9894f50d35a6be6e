"""Any sentence-transformers model: a tiny transformer with prompts, made here; nothing comes from a network.

All tests that import torch are in this module, so that the others stay quick.
"""

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.encoders import Encoder, StaticModel, open_encoder
from index.encoders.hub import CrossEncoder, HubEncoder
from index.encoders.static import BUNDLED
from index.errors import EncoderError, GenerationMismatch
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from retrieval.answer import Answerer
from tests.index.encoders.models import checksum, word_tokenizer, write_static
from tests.retrieval.conftest import ranker, word_model

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
WORDS = [*SPECIAL, "query", "passage", ":", "tổng", "thống", "nato", "viện", "trợ", "kiev", "đức"]
QUERIES = ["Tổng thống NATO", "", "viện trợ cho Kiev?", "xyz"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a transformer of two layers with mean pooling and recorded prompts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    inner, folder = tmp_path_factory.mktemp("inner"), tmp_path_factory.mktemp("models") / "tiny"
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no secret
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers types this class not at all
        tokenizer_object=tokenizer,
        pad_token="[PAD]",  # noqa: S106 - no secret
        unk_token="[UNK]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        model_max_length=64,
    ).save_pretrained(inner)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(inner)
    SentenceTransformer(
        modules=[Transformer(str(inner)), Pooling(32, "mean")],
        prompts={"query": "query: ", "passage": "passage: "},
        device="cpu",
    ).save_pretrained(str(folder), create_model_card=False)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """Copy the tiny model, to be changed."""
    return Path(shutil.copytree(saved, tmp_path / "tiny"))


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> StaticModel:
    """Make a static model, for those who ask for another encoder."""
    rows = np.ones((2, 4), dtype=np.int8)
    return StaticModel.open(
        write_static(tmp_path_factory.mktemp("static"), ["a"], rows, np.ones(2, np.float32))
    )


def opened(name: str | Path, static: StaticModel, revision: str | None = None) -> Encoder:
    """Open an encoder as the program does."""
    return open_encoder(str(name), static, revision)


def forget_prompts(folder: Path) -> None:
    """Take the prompts out of a model's configuration."""
    path = folder / "config_sentence_transformers.json"
    settings = json.loads(path.read_text())
    path.write_text(json.dumps({**settings, "prompts": {}}))


def test_prompts_are_used(saved: Path, static: StaticModel) -> None:
    """Questions and sentences get the vectors of prompt and text together, with length one."""
    from sentence_transformers import SentenceTransformer

    encoder, model = opened(saved, static), SentenceTransformer(str(saved), device="cpu")
    for prompt, encode in (
        ("query: ", encoder.encode_queries),
        ("passage: ", encoder.encode_passages),
    ):
        wanted = model.encode(
            [prompt + text for text in QUERIES], prompt="", normalize_embeddings=True, show_progress_bar=False
        )
        found = encode(QUERIES)
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, wanted, atol=1e-6)
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-5)
    assert np.abs(encoder.encode_queries(QUERIES) - encoder.encode_passages(QUERIES)).max() > 1e-3
    assert encoder.encode_queries([]).shape == (0, 32)


def test_identity(folder: Path, static: StaticModel) -> None:
    """Name, dimension and prompts are reported; the revision changes only if a weight does."""
    identity = opened(folder, static).identity
    assert (identity.name, identity.dimension) == (folder.name, 32)
    assert (identity.query_prompt, identity.passage_prompt) == ("query: ", "passage: ")
    assert len(bytes.fromhex(identity.revision)) == 32
    assert opened(folder, static).identity == identity
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert opened(folder, static).identity.revision != identity.revision


def test_prompts_of_e5_are_known(folder: Path, static: StaticModel) -> None:
    """A multilingual-e5 that records no prompts gets those that it was trained with; others get none."""
    forget_prompts(folder)
    plain = opened(folder, static).identity
    assert (plain.query_prompt, plain.passage_prompt) == ("", "")
    e5 = opened(folder.rename(folder.parent / "multilingual-e5-small"), static).identity
    assert (e5.query_prompt, e5.passage_prompt) == ("query: ", "passage: ")
    other = folder.parent / "multilingual-e5-large-instruct"
    instruct = opened((folder.parent / "multilingual-e5-small").rename(other), static).identity
    assert (instruct.query_prompt, instruct.passage_prompt) == ("", "")


def test_threads_do_not_disturb_each_other(saved: Path, static: StaticModel) -> None:
    """Eight threads that encode texts of many lengths get what one thread gets."""
    encoder = opened(saved, static)
    batches = [["tổng thống nato " * length, "kiev"] for length in range(1, 13)]
    wanted = [encoder.encode_queries(batch) for batch in batches]
    wrong: list[object] = []

    def work() -> None:
        try:
            for batch, expected in zip(batches, wanted, strict=True):
                np.testing.assert_allclose(encoder.encode_queries(batch), expected, atol=1e-5)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def refused(name: str | Path, static: StaticModel, revision: str | None = None) -> str:
    """Return why an encoder is refused: in one sentence that names no setting."""
    with pytest.raises(EncoderError) as caught:
        opened(name, static, revision)
    message = str(caught.value)
    assert message.startswith(f"The encoder {name} cannot be used: ")
    assert message.endswith(".")
    assert "\n" not in message
    assert "TRICHDAN" not in message
    return message


def test_pickled_weights_are_refused(folder: Path, static: StaticModel) -> None:
    """A folder whose weights are a pickle is not opened, whether all of them are or those of one module."""
    import torch

    weights = folder / "model.safetensors"
    torch.save({"a": torch.zeros(1)}, folder / "1_Pooling" / "pytorch_model.bin")
    assert "safetensors" in refused(folder, static)
    (folder / "1_Pooling" / "pytorch_model.bin").unlink()
    torch.save({"a": torch.zeros(1)}, folder / "pytorch_model.bin")
    assert opened(folder, static).identity.dimension == 32  # safetensors stand beside, and are what is read
    weights.unlink()
    assert "safetensors" in refused(folder, static)
    (folder / "pytorch_model.bin").unlink()
    assert "safetensors" in refused(folder, static)


CANARY = """
from pathlib import Path
Path({path!r}).write_text("executed")
class Evil:
    def __init__(self, *args, **kwargs): Path({path!r}).write_text("executed")
    load = from_pretrained = classmethod(lambda cls, *args, **kwargs: cls())
"""


def _module(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 2, "name": "2", "path": "", "type": "evil.Evil"})
    (folder / "modules.json").write_text(json.dumps(modules))


def _system(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text())
    modules[1] = {"idx": 1, "name": "1", "path": "1_Pooling", "type": "subprocess.Popen"}
    (folder / "modules.json").write_text(json.dumps(modules))


def _auto_map(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "evil", "auto_map": {"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil"}}
    (folder / "config.json").write_text(json.dumps(config))


@pytest.mark.parametrize("plant", [_module, _system, _auto_map])
def test_code_in_a_model_is_not_executed(
    folder: Path, static: StaticModel, plant: Callable[[Path], None], tmp_path: Path
) -> None:
    """A folder that brings code, or names some, is refused, and nothing of it has run."""
    canary = tmp_path / "canary"
    (folder / "evil.py").write_text(CANARY.format(path=str(canary)))
    plant(folder)
    refused(folder, static)
    assert not canary.exists()


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no configuration": lambda folder: (folder / "config.json").unlink(),
    "broken list of modules": lambda folder: (folder / "modules.json").write_text("{"),
    "broken weights": lambda folder: (folder / "model.safetensors").write_bytes(b"\xff" * 100),
    "empty": _empty,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_folder_is_told(
    folder: Path, static: StaticModel, damage: Callable[[Path], object]
) -> None:
    """Whatever is wrong with a folder is one sentence."""
    damage(folder)
    refused(folder, static)


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the hub's library keep its downloads in an empty folder."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.mark.parametrize("open_model", [HubEncoder.open, CrossEncoder.open])
def test_the_light_installation_says_what_to_install(
    open_model: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is fetched, in one sentence."""
    monkeypatch.setattr("index.encoders.hub.find_spec", lambda _: None)
    with pytest.raises(EncoderError, match=r"`pip install sentence-transformers` has to be run first\."):
        open_model("some/model")


@pytest.mark.usefixtures("empty_cache")
def test_offline_mode_is_told(static: StaticModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the hub switched off, a model that was never fetched is refused in one sentence."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "no earlier download" in refused("intfloat/multilingual-e5-small", static)


@pytest.mark.usefixtures("empty_cache")
def test_no_network_is_told_soon(static: StaticModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network there is no row of retries: the answer comes in seconds."""

    def unreachable(*_: object, **__: object) -> None:
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    monkeypatch.setattr(socket.socket, "connect", unreachable)
    started = time.perf_counter()
    message = refused("intfloat/multilingual-e5-small", static)
    assert time.perf_counter() - started < 5
    assert "the hub cannot be reached" in message


@pytest.mark.parametrize("name", ["../nowhere", "no such model", "a/b/c"])
def test_impossible_names_are_told(static: StaticModel, name: str) -> None:
    """What is neither a folder nor a possible name never reaches the network."""
    assert "no such folder" in refused(name, static)


def test_a_fetched_model_and_its_revision(
    saved: Path, static: StaticModel, empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wanted revision is the one opened, and the identity names its commit; another is not there."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    commit, name = "0123456789abcdef0123456789abcdef01234567", "somebody/tiny"
    kept = empty_cache / "models--somebody--tiny"
    shutil.copytree(saved, kept / "snapshots" / commit)
    (kept / "refs").mkdir()
    (kept / "refs" / "v1").write_text(commit)
    (kept / "trees").mkdir()
    encoder = opened(name, static, "v1")
    assert encoder.identity.name == name
    assert encoder.identity.revision == commit
    np.testing.assert_array_equal(
        encoder.encode_queries(QUERIES), opened(saved, static).encode_queries(QUERIES)
    )
    assert "no earlier download" in refused(name, static)  # the default branch was not fetched
    assert "no earlier download" in refused(name, static, "v2")


@pytest.fixture
def cross(saved: Path, tmp_path: Path) -> Callable[[int], Path]:
    """Make a transformer that reads a pair and gives this many scores, with the words of the tiny model."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    def make(labels: int) -> Path:
        folder = tmp_path / f"cross-{labels}"
        torch.manual_seed(3)
        AutoTokenizer.from_pretrained(saved).save_pretrained(folder)
        config = BertConfig.from_pretrained(saved, num_labels=labels)
        BertForSequenceClassification(config).save_pretrained(folder)
        return folder

    return make


def test_a_cross_encoder_reads_pairs(cross: Callable[[int], Path]) -> None:
    """It orders as the model's own logits do for question and sentence together."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from index.encoders.hub import CrossEncoder

    folder, sentences = cross(1), ["viện trợ đức", "nato", "tổng thống kiev nato", "kiev"]
    tokenizer, model = (
        c.from_pretrained(folder) for c in (AutoTokenizer, AutoModelForSequenceClassification)
    )
    with torch.no_grad():
        logits = [float(model(**tokenizer("tổng thống", s, return_tensors="pt")).logits) for s in sentences]
    found = CrossEncoder.open(str(folder)).scores("tổng thống", sentences)
    assert found.dtype == np.float32
    assert found.shape == (4,)
    np.testing.assert_allclose(np.log(found / (1 - found)), logits, atol=1e-4)  # the model card's sigmoid
    assert len(set(found.tolist())) == 4


def test_cross_encoders_that_are_refused(cross: Callable[[int], Path], tmp_path: Path) -> None:
    """Two scores, weights that are a pickle, a folder that is not there: each is refused in one sentence."""
    import torch

    from index.encoders.hub import CrossEncoder

    pickled = cross(1)
    (pickled / "model.safetensors").unlink()
    torch.save({"a": torch.zeros(1)}, pickled / "pytorch_model.bin")
    for folder, why in (
        (cross(2), "2 scores"),
        (pickled, "safetensors"),
        (tmp_path / "no", "no such folder"),
    ):
        with pytest.raises(EncoderError, match=why) as caught:
            CrossEncoder.open(str(folder))
        assert str(caught.value).startswith(f"The cross-encoder {folder} cannot be used: ")
        assert "TRICHDAN" not in str(caught.value)


TEXTS = [
    "Tổng thống Ukraine Volodymyr Zelensky tuyên bố Kiev sẵn sàng đàm phán trực tiếp với Nga.",
    "tong thong ukraine noi gi ve dam phan",
    "NATO leaders meet in Brussels, on 22/4!",
    "北约峰会今天结束。",
    "Саммит НАТО в Брюсселе",
    "5.580 đầu đạn - 47%",
    "🎉🎉",
    "\u0378",
    "a" * 5_000,
]


def assert_same_through_sentence_transformers(folder: Path) -> None:
    """Compare both ways to read a static model."""
    from sentence_transformers import SentenceTransformer

    wanted = SentenceTransformer(str(folder), device="cpu").encode(TEXTS, show_progress_bar=False)
    found = StaticModel.open(folder).encode(TEXTS)
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, atol=1e-3)


def test_the_bundled_model_is_the_same_through_sentence_transformers() -> None:
    """Both ways to read the bundled model agree to a thousandth, for every script and for odd texts."""
    assert_same_through_sentence_transformers(BUNDLED)


def test_a_trained_folder_is_the_same_through_sentence_transformers(tmp_path: Path) -> None:
    """What the training writes is read alike by both, and its 8-bit weights are near to the trained ones."""
    from training.folder import write_folder

    tokenizer = word_tokenizer(["tổng", "thống", "nato", "22", "/", "4", "北约", "a"])
    vectors = np.random.default_rng(8).normal(size=(9, 16)).astype(np.float32)
    write_folder(tmp_path, tokenizer, vectors)
    assert_same_through_sentence_transformers(tmp_path)
    model = StaticModel.open(tmp_path)
    assert model.revision == checksum(tmp_path)
    np.testing.assert_allclose(
        model.vectors(np.arange(9, dtype=np.int32)), vectors, atol=np.abs(vectors).max() / 127
    )


def test_a_collection_is_built_and_asked(saved: Path, tmp_path: Path) -> None:
    """With a transformer as encoder, a collection is indexed, checked, opened and answers."""
    texts = ["Đức viện trợ Kiev.", "NATO họp.", "Tổng thống đến Kiev."]
    static = word_model(tmp_path / "static", texts)
    encoder = opened(saved, static)
    store = Store(tmp_path / "data")
    Indexer(store, encoder, static).build([Document("d", "\n".join(texts))])
    with store.current(encoder.identity, static.revision) as generation:
        assert generation.manifest.recipe.encoder == encoder.identity
        wanted = encoder.encode_passages(texts)
        np.testing.assert_allclose(
            generation.vectors.rows([0, 1, 2]), wanted, atol=2**-11
        )  # kept in half precision
        answer = Answerer(generation, encoder, static, ranker(0.5, -2.0)).answer("Ai viện trợ cho Kiev?")
        assert answer.quotes[0].text == texts[0]
    with pytest.raises(GenerationMismatch):
        store.current(open_encoder(None, static).identity, static.revision)
