"""The collection as the bot holds it, in Milvus by `milvus-lite`: its answers, and a newer generation."""

from pathlib import Path

import pytest

from bot.telegram.collection.live import LiveGeneration, OpenGeneration
from index.encoders import BundledEncoder, StaticModel
from index.indexer import Indexer
from index.progress import Silence
from index.records import Document
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.remote.pushing import push
from index.remote.remote_store import RemoteStore
from index.sources import sample_documents
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install 'trichdan[milvus]'")
pytest.importorskip("milvus_lite", reason="milvus-lite is not installed: some 300 MB with what it needs")
pytestmark = pytest.mark.filterwarnings("ignore")

MORE = Document("bai-moi", "Ông Trích Văn Dẫn khai trương thư viện ở Hà Nội. Buổi lễ có 1.234 người dự.")


def refuse(error: Exception) -> None:
    """Fail where a document of the sample cannot be read."""
    raise error


def build(folder: Path, *more: Document) -> Store:
    """Build an index of the sample's documents and others."""
    model, store = StaticModel.open(), Store(folder)
    Indexer(store, BundledEncoder(model), model).build([*sample_documents(refuse), *more])
    return store


def bring(store: Store, address: Address) -> None:
    """Push what is live."""
    milvus = Milvus.connect(address)
    with store.current() as generation:
        push(generation, milvus, Silence())
    milvus.close()


def test_it_answers_and_takes_up_a_newer_generation(tmp_path: Path) -> None:
    """What looks for a newer one every few seconds finds what was pushed meanwhile."""
    address = Address.parse(f"milvus-lite:{tmp_path}/trial.db/news")
    bring(build(tmp_path / "data"), address)
    model = StaticModel.open()
    encoder, ranker, store = BundledEncoder(model), Ranker.bundled(), RemoteStore(address)

    def opened() -> OpenGeneration:
        generation = store.current(encoder.identity)
        return OpenGeneration(Answerer(generation, encoder, model, ranker), generation, "bundled")

    live = LiveGeneration(opened, store.live_name)
    live.load()
    question = "Ai khai trương thư viện ở Hà Nội?"
    with live.reading() as before:
        assert not before.answerer.answer(question).quotes
        assert not live.refresh()
        bring(build(tmp_path / "data", MORE), address)
        assert live.refresh()
    with live.reading() as now:
        answer = now.answerer.answer(question)
        assert answer.quotes[0].text == "Ông Trích Văn Dẫn khai trương thư viện ở Hà Nội."
        link = now.permalink(answer.quotes[0])
        assert (quote := now.follow(link)) and quote.document == MORE.id
    live.close()
