"""Columns of numbers: what is written is read, by any number of threads."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import GenerationCorrupt
from index.generation.arrays import map_ints, map_longs, runs, to_npy


@given(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=40), st.sampled_from([None, 1, 5]))
def test_what_is_written_is_read(numbers: list[int], columns: int | None) -> None:
    """As numpy itself reads it, and not to be written to."""
    ints = np.asarray(numbers, dtype=np.int32)
    if columns:
        ints = ints[: len(ints) // columns * columns].reshape(-1, columns)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.npy"
        path.write_bytes(to_npy(ints))
        found = map_ints(path, columns)
        np.testing.assert_array_equal(found, np.load(path), strict=True)
        assert not found.flags.writeable
        longs = ints.ravel().astype(np.int64) << 31
        path.write_bytes(to_npy(longs))
        np.testing.assert_array_equal(map_longs(path), np.load(path), strict=True)


@pytest.mark.parametrize("size", [0, 90, 128 + 35, 128 + 37])
def test_another_size_is_refused(tmp_path: Path, size: int) -> None:
    """A byte more or less than the header says, half a header, or none."""
    path = tmp_path / "a.npy"
    path.write_bytes((to_npy(np.arange(9, dtype=np.int32)) + b"\0")[:size])
    with pytest.raises(GenerationCorrupt, match="cannot be read as numbers"):
        map_ints(path)


def test_many_threads_map_at_a_time(tmp_path: Path) -> None:
    """No thread takes a sound file for damaged."""
    path = tmp_path / "a.npy"
    path.write_bytes(to_npy(np.arange(7, dtype=np.int64)))
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda _: int(map_longs(path).sum()), range(2_000))) == {21}


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6)), max_size=8))
def test_runs(wanted: list[tuple[int, int]]) -> None:
    """Each run of numbers, also an empty one, one after another."""
    starts, lengths = (np.array([pair[n] for pair in wanted], dtype=np.int64) for n in range(2))
    places, indptr = runs(starts, lengths)
    found = [places[a:b].tolist() for a, b in pairwise(indptr.tolist())]
    assert found == [list(range(start, start + length)) for start, length in wanted]
    assert indptr[-1] == len(places)
