"""Whether the text around a sentence names the country asked for, with the bundled encoder."""

from collections.abc import Iterator

import pytest

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from retrieval.question import read_question
from tests.retrieval.conftest import measured

# Ten sentences: all are leaders, whose titles are read.
DOCUMENTS = [
    Document(
        "own",
        "Có hai tin.\n\nTin thứ hai.\n\nBerlin gửi 40 xe.\n\nMỹ gửi 425 triệu USD.\n\nĐức gửi 4 tỷ euro.",
    ),
    Document("title", "Hôm qua có tin.\n\nSáng nay có tin.\n\nGửi 50 xe.", title="Germany sends aid"),
    Document("opening", "Chính phủ Đức họp.\n\nGửi 60 xe."),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Generation, StaticModel]]:
    """Index the documents with the bundled encoder."""
    model = StaticModel.open()
    store = Store(tmp_path_factory.mktemp("store"))
    Indexer(store, BundledEncoder(model), model).build(DOCUMENTS)
    with store.current() as generation:
        yield generation, model


@pytest.mark.parametrize(
    ("question", "around"),
    [
        ("Đức gửi bao nhiêu xe?", [-1, -1, 1, -1, 1, 1, 1, 1, 1, 1]),
        ("How much did Germany send?", [-1, -1, 1, -1, 1, 1, 1, 1, 1, 1]),
        ("Đức và Mỹ gửi gì?", [-1] * 10),
        ("Đức và Nhật Bản gửi gì?", [-1, -1, 1, -1, 1, 1, 1, 1, 1, 1]),
        ("Mỹ gửi gì?", [-1, -1, -1, 1, -1, -1, -1, -1, -1, -1]),
        ("Nhật Bản gửi gì?", [0] * 10),
        ("Ai gửi xe?", [0] * 10),
    ],
)
def test_countries(question: str, around: list[int], news: tuple[Generation, StaticModel]) -> None:
    """By name, capital, title or opening; a country nobody names tells nothing."""
    generation, model = news
    rows = list(range(generation.sentences))
    columns, _ = measured(read_question(question), generation, model, rows)
    texts = [generation.sentence(row).text for row in rows]
    found = dict(zip(texts, columns.country.tolist(), strict=True))
    sentences = [line for document in DOCUMENTS for line in document.text.split("\n\n")]
    assert [found[sentence] for sentence in sentences] == around
