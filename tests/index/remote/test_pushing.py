"""A push brings only what changed, and whatever ends it, questions are answered from a whole generation."""

from pathlib import Path

import numpy as np
import pytest

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.generation.word_index import FIELDS
from index.indexer import Indexer
from index.progress import Silence
from index.records import Document
from index.remote import remote_base
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.remote.pushing import Pushed, push
from index.remote.remote_generation import RemoteGeneration
from index.remote.remote_store import RemoteStore
from index.store import Store

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install 'trichdan[milvus]'")
pytest.importorskip("milvus_lite", reason="milvus-lite is not installed: some 300 MB with what it needs")
pytestmark = pytest.mark.filterwarnings("ignore")

FIRST = [
    Document("a", "Cầu Long Biên dài 2.290 mét. Cầu do người Pháp xây.", date=None),
    Document("b", "Hồ Tây rộng 500 héc ta. Hồ ở phía bắc Hà Nội. Cầu do người Pháp xây.", "Hồ Tây"),
    Document("c", "Chợ Bến Thành mở cửa năm 1914. Chợ ở quận 1."),
]
SECOND = [
    FIRST[0],
    Document("b", "Hồ Tây rộng 530 héc ta. Hồ ở phía bắc Hà Nội.", "Hồ Tây"),
    Document("aa", "Núi Bà Đen cao 986 mét. Núi ở Tây Ninh, cao nhất Nam Bộ.", url="https://a.example/x"),
]


class Site:
    """A local index and a collection in milvus-lite."""

    def __init__(self, folder: Path) -> None:
        self.model = StaticModel.open()
        self.store = Store(folder / "data")
        self.address = Address.parse(f"milvus-lite:{folder}/trial.db/news")

    def build(self, documents: list[Document]) -> None:
        """Make an index of these documents, and of no others."""
        Indexer(self.store, BundledEncoder(self.model), self.model).build(documents)

    def push(self, milvus: Milvus | None = None, *, check: bool = False) -> Pushed:
        """Push it."""
        milvus = milvus or Milvus.connect(self.address)
        with self.store.current() as generation:
            return push(generation, milvus, Silence(), check=check)

    def remote(self) -> RemoteGeneration:
        """Open what is live."""
        return RemoteStore(self.address).current()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give a site with the first documents, pushed."""
    monkeypatch.setattr(remote_base, "_DRIFT", 1.0)  # a sentence more changes a few of them a lot
    its = Site(tmp_path)
    its.build(FIRST)
    assert its.push().travelled == 7
    return its


def told(side: Generation | RemoteGeneration) -> list[object]:
    """Say all that answering reads, in plain values."""
    rows = np.arange(side.sentences)
    words = ["cầu", "hồ", "núi", "chợ", "cao"]
    known = [side.term_id("accented", word) is not None for word in words]
    numbers = [side.term_id("accented", word) for word in words]
    counts = [0 if number is None else int(side.frequencies("accented")[number]) for number in numbers]
    return [
        [*side.iter_documents()],
        [side.sentence(row) for row in rows.tolist()],
        [side.same(row) for row in rows.tolist()],
        [
            [*map(int, each)]
            for pair in (side.around.paragraphs(rows), side.around.documents(rows))
            for each in pair
        ],
        [side.rows_of(document.id) for document in side.iter_documents()],
        [side.rows_of_terms(field).lengths(rows).tolist() for field in FIELDS],
        side.places[rows].tolist(),
        side.vectors.rows(rows).tolist(),
        known,
        counts,
        [sorted(row for row, _ in side.words.search([word], "accented", 9)) for word in words],
        sorted(side.vectors.search(side.vectors.rows(rows[:1]), side.sentences)[1][0].tolist()),
    ]


def here(site: Site) -> list[object]:
    """Say the same of the files."""
    with site.store.current() as generation:
        return told(generation)


def test_only_what_changed_travels(site: Site) -> None:
    """New and changed documents; of those that stay neither a sentence nor a text is written again."""
    with site.remote() as old:
        before = told(old)
        assert before == here(site)
        site.build(SECOND)
        assert site.push().travelled == 4  # two of the changed document, two of the new one
        with site.remote() as new:
            assert told(new) == here(site)
        assert site.push().travelled == 0
        with site.remote() as again:
            assert told(again) == here(site)
    site.build(FIRST)
    assert site.push().travelled == 5
    with site.remote() as back:
        assert told(back) == here(site)


def test_longer_sentences_on_average(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """BM25 counts by an average; where that has changed too much, all sentences are written anew."""
    monkeypatch.setattr(remote_base, "_DRIFT", 0.02)
    site.build(SECOND)
    assert site.push().travelled == 6
    with site.remote() as remote:
        assert told(remote) == here(site)
    assert len(Milvus.connect(site.address).collections()) == 6  # of two generations, each with its own


class Ended(BaseException):
    """The process was killed."""


class Mortal(Milvus):
    """A connection that is cut at a write."""

    left = 0

    def _call(self, name: str, **arguments: object) -> object:
        if name in (
            "upsert",
            "delete",
            "create_collection",
            "drop_collection",
            "create_alias",
            "alter_alias",
        ):
            if not self.left:
                raise Ended
            self.left -= 1
        return super()._call(name, **arguments)


def test_cut_at_any_write(site: Site) -> None:
    """The generation before answers, whole; the next push ends, whatever it is of."""
    before = here(site)
    site.build(SECOND)
    for writes in range(100):
        mortal = Mortal.connect(site.address)
        mortal.left = writes
        try:
            site.push(mortal)
        except Ended:
            with site.remote() as remote:
                assert told(remote) == before
        else:
            break
    assert writes > 5
    with site.remote() as remote:
        assert told(remote) == here(site)


def test_another_index_after_a_cut(site: Site) -> None:
    """What a push left that is not wanted any more is in no answer."""
    site.build(SECOND)
    mortal = Mortal.connect(site.address)
    mortal.left = 6
    with pytest.raises(Ended):
        site.push(mortal)
    site.build([*FIRST, Document("d", "Tháp Rùa ở giữa hồ. Hồ Gươm rộng 12 héc ta.")])
    assert site.push().travelled == 2
    with site.remote() as remote:
        assert told(remote) == here(site)


def test_check_writes_anew_what_was_lost(site: Site) -> None:
    """Sentences that were there before are compared when that is asked for."""
    milvus = Milvus.connect(site.address)
    rows = next(name for name in milvus.collections() if name.endswith("_rows"))
    milvus.delete(rows, "document == 1")
    site.push(check=True)
    with site.remote() as remote:
        assert told(remote) == here(site)
