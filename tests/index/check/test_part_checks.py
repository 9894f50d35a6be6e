"""Several processes check the parts of a large collection, and find what one would."""

import io
from pathlib import Path

import numpy as np
import pytest

from index.check import check, part_checks
from index.generation.arrays import to_npy
from index.generation.places import LINE, START
from index.indexer import Indexer
from index.indexer.chunking import Sizes
from index.records import Document
from index.store import Store
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.published import republish


def shift(contents: dict[str, bytes]) -> None:
    """Move the second sentence of each part by one."""
    for name in [name for name in contents if name.endswith("places.npy")]:
        places = np.load(io.BytesIO(contents[name]))
        rows = [1] if name.startswith("parts/") else np.flatnonzero(places[:, START] > 0)[:1]
        places[rows, LINE] += 1
        contents[name] = to_npy(places)


def test_processes_find_what_one_finds(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same faults in the same order, and none in a sound index."""
    store = Store(quick_path / "data")
    documents = [Document(f"{number:02}", f"Bản tin thứ {number}. Hết bản tin.") for number in range(12)]
    Indexer(store, FakeEncoder(), FakeTokens(), sizes=Sizes(150, 200, 400)).build(documents)
    monkeypatch.setattr(part_checks, "_WORTH_IT", 2)
    with store.current() as generation:
        assert len(generation.parts) > 2
        assert check(generation, workers=2) == []
    republish(store, shift)
    with store.current() as generation:
        by_one = check(generation)
        assert any(finding.part == "documents" for finding in by_one)
        assert check(generation, workers=2) == by_one


def test_a_change_since_it_was_verified(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fault as any other."""
    store = Store(quick_path / "data")
    Indexer(store, FakeEncoder(), FakeTokens()).build([Document(f"{n}", "Một. Hai.") for n in range(3)])
    monkeypatch.setattr(part_checks, "_WORTH_IT", 2)
    with store.current() as generation:
        (path,) = generation.folder.glob("parts/*/days.npy")
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        told = [str(finding) for finding in check(generation, workers=2)]
    assert any("documents: cannot be read" in each and "days.npy" in each for each in told), told
