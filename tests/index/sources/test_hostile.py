"""Hostile files behind right checksums: nothing is run, nothing is asked for that a file does not hold."""

import io
import pickle
import random
import resource
import struct
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest

from index.check import require_sound
from index.errors import GenerationCorrupt, SourceError, StoreError
from index.generation import Generation
from index.generation.arrays import map_ints, map_longs
from index.generation.vectors import VectorIndex
from index.generation.vectors.half_vectors import to_file
from index.generation.word_index import WordIndex
from index.sources import read
from index.store import Store
from tests.figures import tell
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.published import folder_of, put, republish, within


class Canary:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return _touch, (str(self.path),)


def _touch(path: str) -> None:
    Path(path).touch()


def npy_of_objects(canary: Path) -> bytes:
    """Return an `.npy` file that holds a pickle."""
    buffer = io.BytesIO()
    np.save(buffer, np.array([Canary(canary)], dtype=object), allow_pickle=True)
    return buffer.getvalue()


def npz(canary: Path) -> bytes:
    """Return a zip of arrays, one of them a pickle."""
    buffer = io.BytesIO()
    np.savez(buffer, a=np.array([Canary(canary)], dtype=object))
    return buffer.getvalue()


def bare_pickle(canary: Path) -> bytes:
    """Return a pickle."""
    return pickle.dumps(Canary(canary))


def header(shape: str, descr: str = "<i4") -> Callable[[Path], bytes]:
    """Return a maker of an `.npy` file whose header says what it likes."""

    def make(canary: Path) -> bytes:
        text = f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape}, }}".replace(
            "CANARY", f"__import__('pathlib').Path({str(canary)!r}).touch()"
        )
        return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text) + 1) + text.encode() + b"\n"

    return make


ARRAYS: dict[str, Callable[[Path], bytes]] = {
    "objects": npy_of_objects,
    "npz": npz,
    "pickle": bare_pickle,
    "expression": header("CANARY"),
    "expression in the type": header("(1,)", "CANARY"),
    "large": header("(1 << 60,)"),
    "large number": header("(1152921504606846976,)"),
    "negative": header("(-1,)"),
    "deep": header("(" * 3_000),
    "floats": header("(0,)", "<f8"),
    "nothing": lambda canary: b"",
    "text": lambda canary: b"x" * 4096,
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_hostile_arrays(tmp_path: Path, kind: str) -> None:
    """S6: an array file that would run code when it is unpickled or evaluated is refused, and runs none."""
    canary = tmp_path / "canary"
    path = tmp_path / "places.npy"
    path.write_bytes(ARRAYS[kind](canary))
    for read_array in (map_ints, map_longs):
        with pytest.raises(GenerationCorrupt):
            read_array(path)
    assert not canary.exists()


@pytest.mark.parametrize(
    "name", ["places.npy", "tokens.npy", "documents.sqlite", "vectors.faiss", "words/meta.json"]
)
def test_a_pickle_in_any_place(quick_path: Path, name: str) -> None:
    """S6: also in a generation whose checksums are right, and beside its files."""
    canary = quick_path / "canary"
    store = Store(quick_path / "data")
    first = put(store, 1)
    (folder_of(store, first) / "vectors.pkl").write_bytes(bare_pickle(canary))
    store.current().close()

    def look(generation: Generation) -> None:
        parts = [part.name for part in generation.manifest.parts]
        require_sound(generation, FakeEncoder(), FakeTokens(), parts, 50)

    with pytest.raises(StoreError):
        republish(
            store,
            lambda contents: contents.update({within(contents, name): bare_pickle(canary)}),
            approve=look,
        )
    assert not canary.exists()
    with store.current() as generation:
        assert generation.name == first


def test_rows_that_look_like_code(tmp_path: Path) -> None:
    """S6: a row of JSON is data, whatever its keys are."""
    canary = tmp_path / "canary"
    rows = [
        '{"text": "Câu.", "__reduce__": ["os.system", "touch CANARY"], "py/object": "os.system"}',
        '{"text": {"__reduce__": "touch CANARY"}}',
        '!!python/object/apply:os.system ["touch CANARY"]',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(rows).replace("CANARY", str(canary)), "utf-8")
    problems: list[SourceError] = []
    assert [document.text for document in read([tmp_path / "a.jsonl"], problems.append)] == ["Câu."]
    assert len(problems) == 2
    assert not canary.exists()


def test_names_that_lead_out(quick_path: Path) -> None:
    """A manifest cannot name files outside of its generation."""
    store = Store(quick_path / "data")
    put(store, 1)
    outside = quick_path / "outside"
    outside.write_bytes(b"x")
    for name in ("../../../outside", str(outside)):
        with pytest.raises(StoreError):
            republish(store, lambda contents, name=name: contents.update({name: b"x"}))  # type: ignore[misc]  # a default
        assert outside.read_bytes() == b"x"


def plain() -> bytes:
    """Return a small vector index."""
    vectors = np.random.default_rng(0).normal(size=(10, 16)).astype(np.float32)
    return to_file(vectors)


@pytest.mark.parametrize("mutations", [100, pytest.param(1_000, marks=pytest.mark.slow)])
def test_mutated_headers(mutations: int) -> None:
    """S7: whatever the header of the vector index claims, it is refused at once and takes no memory."""
    random_ = random.Random(7)  # noqa: S311 - test data
    data = plain()
    interesting = [0, 1, -1, 2**31 - 1, -(2**31), 2**31, 2**32, 2**33, 2**40, 2**62, 2**63 - 1, -(2**63)]
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    refused = 0
    for _ in range(mutations):
        mutated = bytearray(data)
        for _ in range(random_.randint(1, 3)):
            place, width = random_.choice(
                [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 1), (33, 4), (37, 8)]
            )
            value = random_.choice([random_.choice(interesting), random_.getrandbits(63)])
            mutated[place : place + width] = (value % (1 << 8 * width)).to_bytes(width, "little")
        try:
            index = VectorIndex.from_bytes(bytes(mutated), 10, 16)
        except GenerationCorrupt:
            refused += 1
        else:  # a field without meaning, such as the unused ones
            assert len(index) == 10
            assert index.search(index.rows([3]), 1)[1].tolist() == [[3]]
    tell("S7", headers=mutations, refused=refused, of_no_meaning=mutations - refused)
    assert refused > mutations // 2
    assert time.perf_counter() - started < 1.0 + mutations / 100
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 64 * 1024


KEYS = [
    "IxFl",
    "IxF2",
    "IxFI",
    "IxMp",
    "IxM2",
    "IxPT",
    "IxPQ",
    "IxPo",
    "IxSQ",
    "IxRR",
    "IxHe",
    "IxHE",
    "IvFl",
    "IvFL",
    "IwFl",
    "IvSQ",
    "IwSq",
    "IvPQ",
    "IwPQ",
    "IHNf",
    "IHNs",
    "IHNp",
    "IHN2",
    "INSf",
    "Ilfs",
    "Ixrq",
    "Iwrq",
    "IxPf",
    "IBxF",
    "null",
]


@pytest.mark.parametrize("key", [key for key in KEYS if key != "IxSQ"])
def test_other_kinds_by_their_key(key: str) -> None:
    """S7: an index of another kind never reaches the library."""
    data = bytearray(plain())
    data[:4] = key.encode()
    with pytest.raises(GenerationCorrupt):
        VectorIndex.from_bytes(bytes(data), 10, 16)


def test_nested_indexes() -> None:
    """S7: a map of a map of a map, ten thousand deep, is not followed."""
    inner = faiss.serialize_index(faiss.IndexIDMap(faiss.IndexFlatIP(16))).tobytes()
    flat = faiss.serialize_index(faiss.IndexFlatIP(16)).tobytes()
    prefix = inner[: inner.index(flat)]
    with pytest.raises(GenerationCorrupt):
        VectorIndex.from_bytes(prefix * 10_000 + flat, 0, 16)


@pytest.mark.parametrize("damage", ["gone", "empty", "text", "other schema"])
def test_a_word_index_that_is_none(tmp_path: Path, damage: str) -> None:
    """The word index is refused by an error of ours."""
    if damage != "gone":
        content = {
            "empty": b"",
            "text": b"x",
            "other schema": b'{"segments": [], "schema": [], "opstamp": 0}',
        }[damage]
        (tmp_path / "meta.json").write_bytes(content)
    with pytest.raises(GenerationCorrupt):
        WordIndex.open(tmp_path, {})
