"""Milvus answers as the files do, a killed push goes on, and what is missing or unreachable is said."""

import copy
import datetime as dt
import signal
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import CollectionUnreachable, GenerationCorrupt, NoGeneration
from index.generation import Generation
from index.generation.corpus import Values
from index.generation.word_index import FIELDS, Field
from index.progress import Silence
from index.remote import milvus as door
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.remote.pushing import push
from index.remote.remote_generation import RemoteGeneration
from index.remote.remote_store import RemoteStore
from index.remote.row_records import number_of

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install 'trichdan[milvus]'")
pytest.importorskip("milvus_lite", reason="milvus-lite is not installed: some 300 MB with what it needs")
pytestmark = pytest.mark.filterwarnings("ignore")

Sides = tuple[Generation, RemoteGeneration]


@pytest.fixture(scope="module")
def sides(sample: Generation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    """Push the sample collection, and open both sides."""
    address = Address.parse(f"milvus-lite:{tmp_path_factory.mktemp('milvus')}/trial.db/news")
    with pytest.raises(NoGeneration):
        RemoteStore(address).current()
    milvus = Milvus.connect(address)
    first = push(sample, milvus, Silence())
    assert push(sample, milvus, Silence()) == first._replace(travelled=0)  # nothing is left to do
    assert first.sentences == sample.sentences
    milvus.close()
    with RemoteStore(address).current(sample.manifest.recipe.encoder) as remote:
        assert remote.name == RemoteStore(address).live_name() == sample.name
        yield sample, remote


def test_each_row_is_the_same(sides: Sides) -> None:
    """Places, texts, vectors, tokens, terms, keys and days of every row, by number and in any order."""
    here, there = sides
    rows = np.random.default_rng(5).permutation(here.sentences)
    assert np.array_equal(there.places[rows], here.places[rows])
    assert np.array_equal(there.places[rows, 0], here.places[rows, 0])
    assert np.array_equal(there.duplicate_keys[rows], here.duplicate_keys[rows])
    assert np.array_equal(there.vectors.rows(rows), here.vectors.rows(rows))
    assert there.texts_of(rows.tolist()) == here.texts_of(rows.tolist())
    assert [there.sentence(row) for row in rows.tolist()] == [here.sentence(row) for row in rows.tolist()]
    assert [there.same(row) for row in rows.tolist()] == [here.same(row) for row in rows.tolist()]
    assert np.array_equal(there.tokens.take(rows).values, here.tokens.take(rows).values)
    columns: list[tuple[Values, Values]] = [(there.tokens, here.tokens)]
    for field in FIELDS:
        one, other = there.rows_of_terms(field), here.rows_of_terms(field)
        numbers = number_of(here.keys(field))  # a term has another number there, the same in every generation
        assert np.array_equal(one.take(rows).values, numbers[other.take(rows).values])
        columns.append((one, other))
    for remote, local in columns:
        assert np.array_equal(remote.take(rows).indptr, local.take(rows).indptr)
        assert np.array_equal(remote.lengths(rows), local.lengths(rows))
    for one_pair, other_pair in (
        (there.around.paragraphs(rows), here.around.paragraphs(rows)),
        (there.around.documents(rows), here.around.documents(rows)),
        (there.around.sizes(), here.around.sizes()),
    ):
        assert np.array_equal(one_pair, other_pair)


def test_each_document_is_the_same(sides: Sides) -> None:
    """With its text and all it says of itself, by position and by id."""
    here, there = sides
    assert [*there.iter_documents()] == [*here.iter_documents()]
    assert there.days[:].tolist() == here.days[:].tolist()
    for position in range(here.documents):
        identifier = here.document_at(position).id
        assert there.document(identifier) == here.document(identifier)
        assert there.rows_of(identifier) == here.rows_of(identifier)
    for bad in (-1, here.sentences):
        with pytest.raises(IndexError):
            there.sentence(bad)
    with pytest.raises(KeyError):
        there.document("no such document")


def test_searches_find_the_same(sides: Sides) -> None:
    """The nearest vectors, and the best by words, but for ties and what rounding exchanges."""
    here, there = sides
    scores, rows = there.vectors.search(here.vectors.rows(np.array([7])), 10)
    expected_scores, expected = here.vectors.search(here.vectors.rows(np.array([7])), 10)
    assert np.allclose(scores, expected_scores, atol=1e-3)
    assert len({*rows[0].tolist()} & {*expected[0].tolist()}) >= 9
    looked_for: dict[Field, list[str]] = {
        "accented": ["tổng", "thống", "ukraine"],
        "folded": ["tong", "thong", "no-such"],
    }
    for field, terms in looked_for.items():
        found = {row for row, _ in there.words.search(terms, field, 1000)}
        assert found == {row for row, _ in here.words.search(terms, field, 1000)}
        for term in terms:
            known, its = here.term_id(field, term), there.term_id(field, term)
            assert (its is None) == (known is None)
            if its is not None and known is not None:
                assert there.frequencies(field)[its] == here.frequencies(field)[known]
    assert there.words.search(["no-such"], "folded", 5) == []


def test_what_a_filter_leaves_out_is_not_found(sides: Sides) -> None:
    """Neither by vectors nor by words; a day that no document has leaves nothing."""
    here, there = sides
    day = int(here.days[:].max())
    kept = {row for row in range(here.sentences) if int(here.days[here.places[row, 0]]) >= day}
    narrowed = there.within(dt.date.fromordinal(day), None, None)
    _, rows = narrowed.vectors.search(here.vectors.rows(np.array([0])), here.sentences)
    assert {*rows[0].tolist()} == kept
    assert {row for row, _ in narrowed.words.search(["và"], "accented", 500)} <= kept
    assert there.within(None, None, []).vectors.search(here.vectors.rows(np.array([0])), 5)[1].size == 0


def test_a_lost_row_is_no_answer(sides: Sides) -> None:
    """Nothing is answered from half a collection."""
    _, there = sides
    emptied = copy.copy(there)
    emptied._kept = OrderedDict()
    emptied._milvus = Lossy()
    with pytest.raises(GenerationCorrupt):
        emptied.read([3])


class Lossy(Milvus):
    """A server that has lost all."""

    def __init__(self) -> None: ...

    def get(self, *_: object) -> list[dict[str, object]]:
        """Return nothing."""
        return []


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few attempts it is said in one sentence."""
    monkeypatch.setattr(door, "_TIMEOUT", 0.2)
    monkeypatch.setattr(door, "_PAUSE", 0.01)
    with pytest.raises(CollectionUnreachable, match=r"news at http://127\.0\.0\.1:9 cannot be reached"):
        RemoteStore(Address.parse("milvus://127.0.0.1:9/news")).current()


_PUSH = """
import sys
from pathlib import Path
from index.progress import Silence
from index.remote import pushing
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.store import Store
pushing._ROWS = pushing._FACTS = 8
with Store(Path(sys.argv[1])).current() as generation:
    print(pushing.push(generation, Milvus.connect(Address.parse(sys.argv[2])), Silence()).digest)
"""


@pytest.mark.slow
def test_a_killed_push_goes_on(sample: Generation, tmp_path: Path) -> None:
    """Killed ten times, each time a little later, it ends with what one that was not killed has."""
    data = str(sample.folder.parents[1])
    command = [sys.executable, "-c", _PUSH, data]
    whole = subprocess.run(  # noqa: S603 - our own interpreter
        [*command, f"milvus-lite:{tmp_path}/whole.db/news"], capture_output=True, text=True, check=True
    )
    address = f"milvus-lite:{tmp_path}/killed.db/news"
    for attempt in range(10):
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(1.5 + attempt * 0.3)
        process.send_signal(signal.SIGKILL)
        process.wait()
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [*command, address], capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == whole.stdout.splitlines()[-1]
