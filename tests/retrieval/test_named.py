"""Whether what stands around a sentence names the country that is asked for, on the bundled encoder."""

import numpy as np
import pytest

from index.build import Indexer
from index.encoder import BundledEncoder
from index.records import Document
from index.static import StaticModel
from index.store import Store
from retrieval.background import measure_background
from retrieval.features import Features, measure
from retrieval.question import read_question

DOCUMENTS = [
    Document(
        "own",
        "Có hai tin.\n\nTin thứ hai.\n\nBerlin gửi 40 xe.\n\nMỹ gửi 425 triệu USD.\n\nĐức gửi 4 tỷ euro.",
    ),
    Document("title", "Hôm qua có tin.\n\nSáng nay có tin.\n\nGửi 50 xe.", title="Germany sends aid"),
    Document("opening", "Chính phủ Đức họp.\n\nMột hai.\n\nGửi 60 xe."),
]


@pytest.mark.parametrize(
    ("question", "around"),
    [
        ("Đức gửi bao nhiêu xe?", [-1, -1, 1, -1, 1, 1, 1, 1, 1, 1, 1]),
        ("How much did Germany send?", [-1, -1, 1, -1, 1, 1, 1, 1, 1, 1, 1]),
        ("Đức và Mỹ gửi gì?", [-1] * 11),
        ("Đức và Nhật Bản gửi gì?", [-1, -1, 1, -1, 1, 1, 1, 1, 1, 1, 1]),
        ("Mỹ gửi gì?", [-1, -1, -1, 1, -1, -1, -1, -1, -1, -1, -1]),
        ("Nhật Bản gửi gì?", [0] * 11),
        ("Ai gửi xe?", [0] * 11),
    ],
)
def test_countries(question: str, around: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    """By name, capital, title or opening; a country nobody names tells nothing."""
    model = StaticModel.open()
    store, encoder = Store(tmp_path_factory.mktemp("store")), BundledEncoder(model)
    Indexer(store, encoder, model).build(DOCUMENTS)
    with store.current() as generation:
        asked, rows = read_question(question), np.arange(generation.sentences)
        columns = measure(
            asked,
            model.tokenize([asked.text])[0],
            encoder.encode_queries([asked.text])[0],
            rows,
            generation,
            model,
            measure_background(generation, model),
        )
        found = dict(
            zip(
                (generation.sentence(row).text for row in rows.tolist()),
                columns[:, Features._fields.index("country")].tolist(),
                strict=True,
            )
        )
    sentences = [line for document in DOCUMENTS for line in document.text.split("\n\n")]
    assert [found[sentence] for sentence in sentences] == around
