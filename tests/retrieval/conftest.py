"""Small collections that are indexed as real ones are, with a token model of whole words made on the spot."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.indexer import Indexer
from index.records import Document
from index.sources import read
from index.store import Store
from retrieval.answer import Answerer
from retrieval.features import Features, measure
from retrieval.features.answer_types import KINDS
from retrieval.features.background import measure_background
from retrieval.question import Question
from retrieval.ranking import Ranker
from retrieval.ranking.ranker import CALIBRATED
from tests.index.encoders.models import write_static

SEEDS = Path(__file__).parents[2] / "seeds"

DOCUMENTS = (
    Document(
        "a.txt",
        "Ngày 22/4, Tổng thống Zelensky tuyên bố Kiev sẵn sàng đàm phán. Ông nhấn mạnh việc ngừng bắn.\n"
        "Đức viện trợ cho Ukraine 40 tỷ euro trong năm 2024. Pháp viện trợ 3 tỷ euro.\n",
    ),
    Document(
        "b.txt",
        "NATO họp tại Brussels, Bỉ. Ông Mark Rutte chủ trì cuộc họp của NATO.\n"
        "Hội nghị năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.\n…\nNATO họp tại Brussels, Bỉ.",
    ),
    Document("c.txt", "Germany gives Ukraine 40 billion euros.\n\n北约峰会今天结束。明年再见。"),
)

Open = Callable[[Sequence[Document]], tuple[Generation, StaticModel]]


def ranker(threshold: float = 0.5, bias: float = -6.0) -> Ranker:
    """Make a ranker by hand: words and tokens count, and so much of them is an answer."""
    weights = {"late_rare": 4.0, "late_rare_paragraph": 0.5, "words_before": 6.0}
    weights |= {f"kind_{kind}": 0.1 for kind in KINDS}
    calibration = {"score": 1.0, "lead": 0.5}
    return Ranker(
        np.array([weights.get(name, 0.0) for name in Features._fields], dtype=np.float32),
        np.array([calibration.get(name, 0.0) for name in CALIBRATED], dtype=np.float32),
        bias,
        threshold,
    )


def measured(
    question: Question, generation: Generation, model: StaticModel, rows: list[int]
) -> tuple[Features, npt.NDArray[np.float32]]:
    """Measure as the program does."""
    found = measure(
        question,
        model.tokenize([question.text])[0],
        BundledEncoder(model).encode_queries([question.text])[0],
        np.array(rows, dtype=np.int64),
        generation,
        model,
        measure_background(generation, model),
    )
    return Features(*found.T), found


def word_model(folder: Path, texts: Sequence[str]) -> StaticModel:
    """Make a model that knows each word of `texts`, with random vectors of many lengths."""
    words = sorted({word.lower() for text in texts for word in re.findall(r"\w+|[^\w\s]", text)})
    random_ = np.random.default_rng(11)
    rows = random_.integers(-127, 128, size=(len(words) + 1, 24), dtype=np.int8)
    scales = random_.uniform(0.002, 0.02, size=len(words) + 1).astype(np.float32)
    return StaticModel.open(write_static(folder, words, rows, scales))


@pytest.fixture(scope="session")
def open_collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Index documents with a model made of their words; everything is closed at the end."""
    opened: list[Generation] = []

    def open_(documents: Sequence[Document]) -> tuple[Generation, StaticModel]:
        folder = tmp_path_factory.mktemp("collection")
        model = word_model(folder / "model", [document.text for document in documents])
        store = Store(folder / "data")
        Indexer(store, BundledEncoder(model), model).build(documents)
        opened.append(store.current())
        return opened[-1], model

    yield open_
    for generation in opened:
        generation.close()


@pytest.fixture(scope="session")
def small(open_collection: Open) -> tuple[Generation, StaticModel]:
    """Index three documents of a dozen sentences."""
    return open_collection(DOCUMENTS)


@pytest.fixture(scope="session")
def sample(open_collection: Open) -> tuple[Generation, StaticModel]:
    """Index the sample collection."""
    problems: list[object] = []
    documents = list(read([SEEDS / f"{path.name}" for path in sorted(SEEDS.glob("*.txt"))], problems.append))
    assert problems == []
    return open_collection(documents)


@pytest.fixture(scope="session")
def answerer(sample: tuple[Generation, StaticModel]) -> Answerer:
    """Answer from the sample collection with the ranker made by hand."""
    generation, model = sample
    return Answerer(generation, BundledEncoder(model), model, ranker())
