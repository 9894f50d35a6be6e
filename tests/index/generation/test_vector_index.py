"""Vectors: the same rows as numpy, no id below 0, and nothing but the expected file is read."""

import gc
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
import pytest

from index.errors import EncoderError, GenerationCorrupt
from index.generation.vector_index import VectorIndex, to_file
from tests.figures import resident

Floats = npt.NDArray[np.float32]
K = 10


def unit(count: int, dimension: int = 24, seed: int = 0) -> Floats:
    """Return random unit vectors."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)  # type: ignore[no-any-return]  # numpy says Any


@pytest.mark.parametrize("size", [0, 1, K - 1, K, 1000])
def test_finds_what_numpy_finds(size: int) -> None:
    """Q2: a thousand questions give the rows and scores of a full product, ties by row."""
    vectors = unit(size)
    vectors[size // 2 : size // 2 + size // 5] = vectors[: size // 5]  # equal sentences are usual
    index = VectorIndex.build(vectors)
    queries = unit(1000, seed=1)
    queries[: min(size, 100)] = vectors[:100]

    scores, rows = index.search(queries, K)

    assert rows.shape == scores.shape == (1000, min(K, size))
    products = queries.astype(np.float64) @ vectors.astype(np.float64).T
    for query in range(1000):
        order = np.lexsort((np.arange(size), -products[query].round(9)))[:K]
        assert rows[query].tolist() == order.tolist()
        assert np.abs(scores[query] - products[query, order]).max(initial=0.0) < 1e-5


@pytest.mark.parametrize("k", [-1, 0, 1, 5, 6, 10_000])
def test_ids_below_zero_never_leave(k: int) -> None:
    """FAISS pads with -1 when k is larger than the index; here fewer rows come back."""
    index = VectorIndex.build(unit(5))

    scores, rows = index.search(unit(3, seed=1), k)

    assert rows.shape == scores.shape == (3, max(0, min(k, 5)))
    assert rows.size == 0 or rows.min() >= 0


def test_an_empty_index_finds_nothing() -> None:
    """FAISS gives -1 for an empty index."""
    index = VectorIndex.from_bytes(to_file(unit(0)), 0, 24)
    assert index.search(unit(2), 3)[1].shape == (2, 0)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_refused(bad: float) -> None:
    """FAISS gives -1 for a question that holds NaN; a vector with one would never be found."""
    vectors = unit(4)
    vectors[2, 3] = bad
    with pytest.raises(EncoderError, match="finite"):
        VectorIndex.build(vectors)
    with pytest.raises(EncoderError, match="finite"):
        VectorIndex.build(unit(4)).search(vectors, 1)


def test_overflow_is_refused() -> None:
    """Finite numbers whose product is not also make FAISS give -1."""
    vectors = np.array([[1e30, -1e30]], dtype=np.float32)
    with pytest.raises(EncoderError, match="too large"):
        VectorIndex.build(vectors).search(np.array([[1e30, 1e30]], dtype=np.float32), 1)


def test_another_dimension_is_refused() -> None:
    """A question of another encoder cannot be compared."""
    with pytest.raises(EncoderError, match="shape"):
        VectorIndex.build(unit(4)).search(unit(1, dimension=8), 1)


def test_rows_come_back() -> None:
    """Vectors are read back by row, and a row that is not there is not the last one."""
    vectors = unit(7)
    index = VectorIndex.build(vectors)
    assert np.array_equal(index.rows([3, 0, 3]), vectors[[3, 0, 3]])
    assert index.rows([]).shape == (0, 24)
    for row in (-1, 7):
        with pytest.raises(IndexError):
            index.rows([row])


def test_bytes_round_trip() -> None:
    """What was written answers as before."""
    index = VectorIndex.build(unit(50))
    again = VectorIndex.from_bytes(to_file(unit(50)), 50, 24)
    (scores, rows), (scores_again, rows_again) = (each.search(unit(5, seed=2), 7) for each in (index, again))
    assert np.array_equal(scores, scores_again)
    assert np.array_equal(rows, rows_again)


@pytest.mark.parametrize("count", [0, 1, 50])
def test_the_file_is_that_of_faiss(count: int) -> None:
    """Byte for byte what the library itself writes."""
    index = faiss.IndexFlatIP(24)
    index.add(unit(count))
    assert to_file(unit(count)) == faiss.serialize_index(index).tobytes()


def other_kinds() -> list[faiss.Index]:
    """Return indexes that FAISS would read."""
    kinds: list[faiss.Index] = [faiss.IndexFlatL2(24), faiss.IndexHNSWFlat(24, 4), faiss.IndexLSH(24, 24)]
    kinds += [faiss.IndexScalarQuantizer(24, faiss.ScalarQuantizer.QT_fp16), faiss.IndexFlatIP(23)]
    for kind in kinds:
        kind.add(unit(10, kind.d))
    return [*kinds, faiss.IndexIDMap2(faiss.IndexFlatIP(24)), faiss.IndexFlatIP(24)]


@pytest.mark.parametrize("kind", range(7))
def test_other_kinds_of_index_are_refused(kind: int) -> None:
    """Only the kind and size that the manifest names is read, and FAISS sees no byte of another."""
    data = faiss.serialize_index(other_kinds()[kind]).tobytes()
    with pytest.raises(GenerationCorrupt):
        VectorIndex.from_bytes(data, 10, 24)


def test_a_small_file_that_asks_for_much_memory_is_refused() -> None:
    """The header of 45 bytes can claim 64 GiB."""
    data = bytearray(to_file(unit(10)))
    data[37:45] = (1 << 34).to_bytes(8, "little")
    for count in (10, 1 << 30):
        data[8:16] = count.to_bytes(8, "little")
        with pytest.raises(GenerationCorrupt):
            VectorIndex.from_bytes(bytes(data), count, 24)


def test_the_limit_of_the_library_is_put_back() -> None:
    """Other users of FAISS in the process keep their limit."""
    before = faiss.get_deserialization_vector_byte_limit()
    VectorIndex.from_bytes(to_file(unit(3)), 3, 24)
    assert faiss.get_deserialization_vector_byte_limit() == before


@pytest.mark.parametrize("spare", [False, True])
def test_a_map_answers_as_what_was_built(tmp_path: Path, spare: bool) -> None:
    """Scores and rows are those of the vectors in memory, of several files as of one."""
    vectors = unit(90)
    whole, path = VectorIndex.build(vectors), tmp_path / "vectors"
    path.write_bytes(to_file(vectors))
    (tmp_path / "rest").write_bytes(to_file(unit(40, seed=9)))
    (tmp_path / "none").write_bytes(to_file(unit(0)))
    mapped = VectorIndex.map(path, 90, 24, spare=spare)
    for _ in range(2):  # memory that was given back is read again
        (scores, rows), (expected, ids) = (each.search(unit(5, seed=2), 7) for each in (mapped, whole))
        assert np.array_equal(scores, expected)
        assert np.array_equal(rows, ids)
    others = [("none", 0), ("rest", 40), ("vectors", 90)]
    joined = VectorIndex.joined(
        VectorIndex.map(tmp_path / name, count, 24, spare=spare) for name, count in others
    )
    assert np.array_equal(joined.rows(np.arange(40, 130)), vectors)
    assert joined.search(vectors[:9], 1)[1].ravel().tolist() == list(range(40, 49))


@pytest.mark.parametrize("size", [0, 3, 44, 45, -1, 1])
def test_a_file_of_another_size_is_not_mapped(tmp_path: Path, size: int) -> None:
    """FAISS would look beyond the end of a file that is too short."""
    data, path = to_file(unit(10)), tmp_path / "vectors"
    path.write_bytes(data[:size] if size != 1 else data + b"x")
    with pytest.raises(GenerationCorrupt):
        VectorIndex.map(path, 10, 24)


def test_a_map_takes_no_memory_of_its_own(tmp_path: Path) -> None:
    """Searching leaves the pages of the file in memory, which others share; with `spare` not even these."""
    path, count = tmp_path / "vectors", 200_000
    path.write_bytes(to_file(unit(count)))  # 18 MiB
    query = unit(1, seed=2)
    for spare, file in ((True, (-2_000, 2_000)), (False, (15_000, 22_000))):
        mapped = VectorIndex.map(path, count, 24, spare=spare)
        mapped.search(query, 1)
        gc.collect()
        anonymous, pages = resident()
        mapped.search(query, 1)
        assert abs(resident()[0] - anonymous) < 2_000
        del mapped
        gc.collect()
        assert file[0] < pages - resident()[1] < file[1]
