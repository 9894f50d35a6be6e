"""Vectors: the same rows as numpy, no id below 0, and nothing but the expected file is read."""

import gc
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
import pytest

from index.errors import EncoderError, GenerationCorrupt
from index.generation.vectors import VectorIndex
from index.generation.vectors.half_vectors import to_file
from index.generation.vectors.vector_codes import VectorCodes, to_codes
from tests.figures import resident

Floats = npt.NDArray[np.float32]
K = 10


def unit(count: int, dimension: int = 24, seed: int = 0) -> Floats:
    """Return random vectors of length one, in values that half precision has."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16).astype(np.float32)


def write(folder: Path, vectors: Floats) -> Path:
    """Write the files of a part into a new folder."""
    folder.mkdir()
    (folder / "vectors.faiss").write_bytes(to_file(vectors))
    (folder / "codes.faiss").write_bytes(to_codes(vectors))
    return folder


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
    """Finite numbers whose product is not also make FAISS give -1; half precision has none beyond 65504."""
    vectors = np.array([[6e4, 6e4]], dtype=np.float32)
    with pytest.raises(EncoderError, match="too large"):
        VectorIndex.build(vectors).search(np.array([[3e38, 3e38]], dtype=np.float32), 1)
    with pytest.raises(EncoderError, match="too large"):
        to_file(2 * vectors)


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
    index = faiss.IndexScalarQuantizer(24, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(unit(count))
    assert to_file(unit(count)) == faiss.serialize_index(index).tobytes()


def other_kinds() -> list[faiss.Index]:
    """Return indexes that FAISS would read."""
    kinds: list[faiss.Index] = [faiss.IndexFlatL2(24), faiss.IndexHNSWFlat(24, 4), faiss.IndexLSH(24, 24)]
    half = faiss.ScalarQuantizer.QT_fp16
    kinds += [
        faiss.IndexScalarQuantizer(24, half),
        faiss.IndexFlatIP(24),
    ]  # of another metric, of another kind
    kinds += [faiss.IndexScalarQuantizer(23, half, faiss.METRIC_INNER_PRODUCT)]
    for kind in kinds:
        kind.add(unit(10, kind.d))
    return [*kinds, faiss.IndexIDMap2(faiss.IndexFlatIP(24))]


@pytest.mark.parametrize("kind", range(7))
def test_other_kinds_of_index_are_refused(kind: int) -> None:
    """Only the kind and size that the manifest names is read, and FAISS sees no byte of another."""
    data = faiss.serialize_index(other_kinds()[kind]).tobytes()
    with pytest.raises(GenerationCorrupt):
        VectorIndex.from_bytes(data, 10, 24)


def test_a_small_file_that_asks_for_much_memory_is_refused() -> None:
    """The header can claim 64 GiB."""
    data = bytearray(to_file(unit(10)))
    start = len(to_file(unit(0)))
    data[start - 8 : start] = (1 << 34).to_bytes(8, "little")
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
    whole = VectorIndex.build(vectors)
    folders = {name: write(tmp_path / name, some) for name, some in (
        ("none", unit(0)), ("rest", unit(40, seed=9)), ("vectors", vectors),
    )}  # fmt: skip
    mapped = VectorIndex.map(folders["vectors"], 90, 24, spare=spare)
    for _ in range(2):  # memory that was given back is read again
        (scores, rows), (expected, ids) = (each.search(unit(5, seed=2), 7) for each in (mapped, whole))
        assert np.array_equal(scores, expected)
        assert np.array_equal(rows, ids)
    others = [("none", 0), ("rest", 40), ("vectors", 90)]
    joined = VectorIndex.joined(
        VectorIndex.map(folders[name], count, 24, spare=spare) for name, count in others
    )
    assert np.array_equal(joined.rows(np.arange(40, 130)), vectors)
    assert np.array_equal(joined.rows([129, 0, 40]), np.stack([vectors[89], unit(40, seed=9)[0], vectors[0]]))
    assert joined.search(vectors[:9], 1)[1].ravel().tolist() == list(range(40, 49))


@pytest.mark.parametrize("size", [0, 3, 44, 80, 81, -1, 1])
def test_a_file_of_another_size_is_not_mapped(tmp_path: Path, size: int) -> None:
    """FAISS would look beyond the end of a file that is too short."""
    data, path = to_file(unit(10)), write(tmp_path / "part", unit(10)) / "vectors.faiss"
    path.write_bytes(data[:size] if size != 1 else data + b"x")
    with pytest.raises(GenerationCorrupt):
        VectorIndex.map(path.parent, 10, 24)


def test_a_map_takes_no_memory_of_its_own(tmp_path: Path) -> None:
    """Searching leaves the pages of the file in memory, which others share; with `spare` not even these."""
    count = 200_000
    path, query = write(tmp_path / "part", unit(count)), unit(1, seed=2)  # 9 MiB
    for spare, file in ((True, (-2_000, 2_000)), (False, (7_000, 13_000))):
        mapped = VectorIndex.joined([VectorIndex.map(path, count, 24, spare=spare)], exact_up_to=count)
        mapped.search(query, 1)
        gc.collect()
        anonymous, pages = resident()
        mapped.search(query, 1)
        assert abs(resident()[0] - anonymous) < 2_000
        del mapped
        gc.collect()
        assert file[0] < pages - resident()[1] < file[1]


def clustered(count: int, dimension: int, seed: int) -> Floats:
    """Return vectors that lie in clusters, as those of sentences do."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(count // 100, dimension))
    vectors = centres[np.sort(random.integers(len(centres), size=count))]  # neighbours are alike, as in texts
    vectors = vectors + 0.6 * random.normal(size=vectors.shape)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16).astype(np.float32)


def mapped_parts(folder: Path, vectors: Floats, sizes: list[int], exact_up_to: int) -> VectorIndex:
    """Return an index of some parts, one of them empty."""
    parts, start = [], 0
    for number, size in enumerate([*sizes, 0]):
        path = write(folder / f"{exact_up_to}-{number}", vectors[start : start + size])
        parts.append(VectorIndex.map(path, size, vectors.shape[1]))
        start += size
    return VectorIndex.joined(parts, exact_up_to)


@pytest.mark.parametrize("dimension", [64, 65])
def test_a_large_collection_is_scanned_by_codes(tmp_path: Path, dimension: int) -> None:
    """Ninety-nine of the hundred nearest by numpy are found, with their exact scores, from whatever part."""
    vectors = clustered(12_000, dimension, seed=3)
    scanned = mapped_parts(tmp_path, vectors, [500, 33, 8_000, 3_467], exact_up_to=0)
    queries = clustered(12_000, dimension, seed=3)[::600] + 0.02
    scores, rows = scanned.search(queries, 100)
    products = queries @ vectors.T
    shares = []
    for query in range(len(queries)):
        kth = np.sort(products[query])[-100]
        shares.append((products[query, rows[query]] >= kth - 1e-6).mean())
        assert np.abs(scores[query] - products[query, rows[query]]).max() < 1e-5
        assert len(set(rows[query].tolist())) == 100
        assert (np.diff(scores[query]) <= 0).all()
    assert np.mean(shares) >= 0.99
    again = scanned.search(queries, 100)
    assert np.array_equal(scores, again[0])
    assert np.array_equal(rows, again[1])


def test_who_wants_much_of_a_large_collection_gets_all_of_it(tmp_path: Path) -> None:
    """A filter that leaves little makes the search wider, to the last row."""
    vectors = clustered(3_000, 16, seed=5)
    scanned = mapped_parts(tmp_path, vectors, [1_000, 2_000], exact_up_to=0)
    exact = VectorIndex.build(vectors)
    for k in (400, 3_000):
        assert np.array_equal(scanned.search(vectors[:2], k)[1], exact.search(vectors[:2], k)[1])


def test_as_many_rows_are_compared_exactly_as_is_said(tmp_path: Path) -> None:
    """The setting decides: up to it every vector is compared, beyond it the codes are read."""
    vectors = clustered(3_000, 16, seed=5)
    exact = mapped_parts(tmp_path, vectors, [3_000], exact_up_to=3_000)
    scanned = mapped_parts(tmp_path, vectors, [3_000], exact_up_to=2_999)
    for path in tmp_path.glob("*/codes.faiss"):
        path.write_bytes(b"")
    assert np.array_equal(
        exact.search(vectors[:2], 5)[1], VectorIndex.build(vectors).search(vectors[:2], 5)[1]
    )
    with pytest.raises(GenerationCorrupt):
        scanned.search(vectors[:2], 5)


def test_codes_are_those_of_what_is_stored() -> None:
    """Rows that come back from the index have the codes of what the encoder gave."""
    vectors = np.random.default_rng(4).normal(size=(300, 24)).astype(np.float32)
    assert to_codes(VectorIndex.build(vectors).rows(np.arange(300))) == to_codes(vectors)


@pytest.mark.parametrize("fault", ["short", "long", "count", "dimension", "key"])
def test_codes_of_another_kind_or_size_are_refused(tmp_path: Path, fault: str) -> None:
    """FAISS sees no byte of them."""
    data, path = bytearray(to_codes(unit(100))), tmp_path / "codes"
    if fault == "short":
        del data[-1]
    elif fault == "long":
        data += b"x"
    else:
        data[{"count": 8, "dimension": 4, "key": 0}[fault]] ^= 1
    path.write_bytes(data)
    with pytest.raises(GenerationCorrupt):
        VectorCodes(path, 100, 24).search(unit(1), 1)
