"""Fixtures of the index floor; every store that a test touches is checked when the test ends."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.check import check
from index.errors import NoGeneration
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from tests.index.fakes import FakeEncoder, FakeTokens

TEXTS = (
    "Ngày 22/4, Tổng thống Zelensky tuyên bố Kiev sẵn sàng đàm phán. Ông nhấn mạnh việc ngừng bắn.\n\n"
    "Đức viện trợ 40 tỷ euro.",
    "NATO họp tại Brussels.\nHội nghị năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.",
    "The summit ends today. Nobody knows what comes next!\n\n北约峰会今天结束。明年再见。",
)


@pytest.fixture
def documents() -> list[Document]:
    """Return three documents in three scripts."""
    return [Document(f"tin-{number}.txt", text) for number, text in enumerate(TEXTS)]


@pytest.fixture
def encoder() -> FakeEncoder:
    """Make an encoder without weights."""
    return FakeEncoder()


@pytest.fixture
def tokens() -> FakeTokens:
    """Make a token model without weights."""
    return FakeTokens()


@pytest.fixture
def quick_path() -> Iterator[Path]:
    """Make a folder, in memory where that can be: these tests write tens of thousands of small files."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        path = Path(folder) / "now"
        path.mkdir()
        yield path
        path.rename(Path(folder) / "past")  # a thread of tantivy may be about to write its lock


@pytest.fixture
def new_store(quick_path: Path) -> Iterator[Callable[..., Store]]:
    """Make stores that must be sound, or empty, when the test ends."""
    made: list[Store] = []

    def make(name: str = "data", **settings: int) -> Store:
        made.append(Store(quick_path / name, **settings))  # type: ignore[arg-type]  # only `keep` is passed
        return made[-1]

    yield make
    for store in made:
        try:
            with store.current() as generation:
                assert check(generation) == []
        except NoGeneration:
            pass


@pytest.fixture
def store(new_store: Callable[..., Store]) -> Store:
    """Make an empty store that must be sound, or still empty, when the test ends."""
    return new_store()


@pytest.fixture
def indexer(store: Store, encoder: FakeEncoder, tokens: FakeTokens) -> Indexer:
    """Make what fills that store, without weights."""
    return Indexer(store, encoder, tokens)
