"""Checking: twenty faults behind right checksums are each found, and sound generations have none."""

import dataclasses
import io
import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.check import check
from index.errors import StoreError
from index.generation.manifest import Manifest
from index.generation.vectors.half_vectors import to_file
from index.generation.vectors.vector_codes import to_codes
from index.generation.word_index import META, TermRow, build_words, join_words
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from tests.index.fakes import WORDS, FakeEncoder, FakeTokens
from tests.index.published import republish, within

Contents = dict[str, bytes]
Change = Callable[[Contents], None]
DIMENSION = 16


def documents(seed: int = 0) -> list[Document]:
    """Make documents of several paragraphs."""
    random_ = random.Random(seed)  # noqa: S311 - test data

    def sentence() -> str:
        return (
            " ".join(random_.choices((*WORDS, "22/4", "中文", "5.580"), k=random_.randint(2, 9))).capitalize()
            + "."
        )

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(random_.randint(1, 4)))

    return [
        Document(f"{number}.txt", "\n\n".join(paragraph() for _ in range(random_.randint(1, 4))))
        for number in range(random_.randint(3, 8))
    ]


def load(data: bytes) -> npt.NDArray[np.int64]:
    """Read an `.npy` file."""
    array: npt.NDArray[np.int64] = np.load(io.BytesIO(data), allow_pickle=False)
    return array


def change_array(name: str, change: Callable[[npt.NDArray[np.int64]], object]) -> Change:
    """Change a number column in place."""

    def apply(contents: Contents) -> None:
        array = load(contents[within(contents, name)])
        change(array)
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        contents[within(contents, name)] = buffer.getvalue()

    return apply


def put_array(name: str, numbers: list[int]) -> Change:
    """Put another number column in the place."""

    def apply(contents: Contents) -> None:
        buffer = io.BytesIO()
        np.save(
            buffer,
            np.asarray(numbers, dtype=load(contents[within(contents, name)]).dtype),
            allow_pickle=False,
        )
        contents[within(contents, name)] = buffer.getvalue()

    return apply


def change_vectors(change: Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32] | None]) -> Change:
    """Change the vectors, in place or by others."""

    def apply(contents: Contents) -> None:
        name = within(contents, "vectors.faiss")
        data = contents[name]
        header = len(to_file(np.zeros((0, DIMENSION), dtype=np.float32)))
        halves = np.frombuffer(data, dtype=np.float16, offset=header).reshape(-1, DIMENSION)
        vectors = halves.astype(np.float32)
        changed = change(vectors)
        if changed is None:
            # Also what FAISS would refuse to add.
            contents[name] = data[:header] + vectors.astype(np.float16).tobytes()
        else:
            contents[name] = to_file(changed)

    return apply


def other_codes(contents: Contents) -> None:
    """Put the codes of other vectors in the place."""
    name = within(contents, "codes.faiss")
    count = len(load(contents[within(contents, "places.npy")]))
    vectors = np.random.default_rng(0).normal(size=(count, DIMENSION)).astype(np.float32)
    contents[name] = to_codes(vectors)


def change_catalogue(statement: str) -> Change:
    """Run a statement over documents."""

    def apply(contents: Contents) -> None:
        name = within(contents, "documents.sqlite")
        connection = sqlite3.connect(":memory:")
        connection.deserialize(contents[name])
        connection.executescript(statement)
        connection.commit()
        contents[name] = connection.serialize()
        connection.close()

    return apply


def reverse_terms(contents: Contents) -> None:
    """Turn the order of the folded terms round."""
    name = within(contents, "folded.terms.json")
    contents[name] = json.dumps(json.loads(contents[name])[::-1]).encode()


def change_words(rows: Callable[[int], list[TermRow]]) -> Change:
    """Put another word index in the place."""

    def apply(contents: Contents) -> None:
        places, folder = within(contents, "places.npy"), within(contents, "vectors.faiss").split("/")[1]
        for name in [name for name in contents if name.startswith("words/")]:
            del contents[name]
        words = build_words(rows(len(load(contents[places]))), Path(), folder)
        words |= join_words([words[META]])
        contents |= {f"words/{name}": data for name, data in words.items()}

    return apply


def add(row: int, column: int, amount: int) -> Callable[[npt.NDArray[np.int64]], object]:
    """Add to one number of a column."""

    def apply(array: npt.NDArray[np.int64]) -> None:
        array[row, column] += amount

    return apply


def swap(array: npt.NDArray[np.float32]) -> None:
    """Exchange the first two vectors."""
    array[[0, 1]] = array[[1, 0]]


def put(row: int, value: float) -> Callable[[npt.NDArray[np.float32]], None]:
    """Fill a vector with a value."""

    def apply(array: npt.NDArray[np.float32]) -> None:
        array[row] = value

    return apply


def fill(place: int, value: int) -> Callable[[npt.NDArray[np.int64]], None]:
    """Put a number into a column."""

    def apply(array: npt.NDArray[np.int64]) -> None:
        array[place] = value

    return apply


def scale(array: npt.NDArray[np.float32]) -> None:
    """Make a vector longer."""
    array[2] *= 1.5


def repeat(array: npt.NDArray[np.int64]) -> None:
    """Give all documents the rows of the first."""
    array[1:-1] = array[1]


def reverse(array: npt.NDArray[np.int64]) -> None:
    """Turn the order of a row's numbers round."""
    array[:] = array[::-1].copy()


def unchanged(manifest: Manifest) -> Manifest:
    """Leave the manifest as it is."""
    return manifest


def recipe_of(**changes: int) -> Callable[[Manifest], Manifest]:
    """Change a version in the manifest."""

    def describe(manifest: Manifest) -> Manifest:
        recipe = dataclasses.replace(manifest.recipe, **changes)  # type: ignore[arg-type]  # versions only
        return dataclasses.replace(manifest, recipe=recipe)

    return describe


def kind_of(kind: str) -> Callable[[Manifest], Manifest]:
    """Name another kind of vector index in the manifest."""

    def describe(manifest: Manifest) -> Manifest:
        return dataclasses.replace(manifest, vectors=kind)

    return describe


TWICE = """
CREATE TABLE copy AS SELECT * FROM documents; DROP TABLE documents; ALTER TABLE copy RENAME TO documents;
UPDATE documents SET id = '0.txt' WHERE position = 1;
"""


def encoder_of(name: str) -> Callable[[Manifest], Manifest]:
    """Say in the manifest that another encoder made it."""

    def describe(manifest: Manifest) -> Manifest:
        encoder = dataclasses.replace(manifest.recipe.encoder, name=name)
        return dataclasses.replace(manifest, recipe=dataclasses.replace(manifest.recipe, encoder=encoder))

    return describe


def count_of(field: str, amount: int) -> Callable[[Manifest], Manifest]:
    """Change a count in the manifest."""

    def describe(manifest: Manifest) -> Manifest:
        return dataclasses.replace(manifest, **{field: getattr(manifest, field) + amount})

    return describe


def nothing(contents: Contents) -> None:
    """Change nothing."""


FAULTS: dict[str, tuple[Change, Callable[[Manifest], Manifest], str]] = {
    "start off by one": (change_array("places.npy", add(1, 1, 1)), unchanged, "documents: row 1"),
    "end off by one": (change_array("places.npy", add(1, 2, -1)), unchanged, "documents: row 1"),
    "line off by one": (change_array("places.npy", add(1, 3, 1)), unchanged, "documents: row 1"),
    "paragraph off by one": (change_array("places.npy", add(-1, 4, 1)), unchanged, "documents: row"),
    "rows overlap": (change_array("places.npy", add(0, 2, 5)), unchanged, "rows: row 1 begins inside"),
    "cites another document": (
        change_array("places.npy", add(0, 0, 1)), unchanged,
        "rows: row 0 cites another",
    ),
    "document that is missing": (
        change_catalogue("DELETE FROM documents WHERE position = 1"), unchanged,
        "do not have the sizes",
    ),
    "another gist": (change_array("gists.npy", fill(1, 7)), unchanged, "documents: row 1 of"),
    "twins that are none": (put_array("twins.npy", [0, 1]), unchanged, "twins: the twins are not"),
    "another day": (change_array("days.npy", fill(0, 9)), unchanged, "counts: the days are not"),
    "row gap": (change_array("first-rows.npy", repeat), unchanged, "rows: the first rows"),
    "two ids": (change_catalogue(TWICE), unchanged, "counts: 2 documents have the id 0.txt"),
    "text changed": (
        change_catalogue("UPDATE documents SET text = text || ' Thêm.' WHERE position = 0"), unchanged,
        "documents: the text of 0.txt",
    ),
    "page beyond the end": (
        change_catalogue("UPDATE documents SET pages = '[0,9999]' WHERE position = 0"), unchanged,
        "date, pages or remarks that are none",
    ),
    "pages descend": (
        change_catalogue("UPDATE documents SET pages = '[5,0]' WHERE position = 0"), unchanged,
        "date, pages or remarks that are none",
    ),
    "date changed": (
        change_catalogue("UPDATE documents SET date = '2024-07-12' WHERE position = 0"), unchanged,
        "counts: the oldest",
    ),
    "zero vector": (change_vectors(put(2, 0.0)), unchanged, "vectors: the vector of row 2 is zero"),
    "vector that is no number": (
        change_vectors(put(2, np.nan)), unchanged,
        "vectors: the vector of row 2 is not finite",
    ),
    "long vector": (change_vectors(scale), unchanged, "vectors: the vector of row 2 has length 1.500"),
    "swapped vectors": (change_vectors(swap), unchanged, "encoding: the vector of row 0"),
    "codes of other vectors": (other_codes, unchanged, "vectors: the codes of a part are not those"),
    "fewer vectors": (
        change_vectors(lambda array: array[:-1]), unchanged,
        "vector index is of another kind or size",
    ),
    "narrower vectors": (
        change_vectors(lambda array: array[:, :8].copy()), unchanged,
        "vector index is of another kind or size",
    ),
    "count of sentences": (nothing, count_of("sentences", 1), "do not have the sizes"),
    "count of documents": (nothing, count_of("documents", 1), "do not have the sizes"),
    "tokens of other rows": (change_array("tokens.npy", reverse), unchanged, "tokens: the tokens of row"),
    "terms of other rows": (
        change_array("accented.npy", reverse), unchanged,
        "documents: row 0 of 0.txt has other accented terms",
    ),
    "folded terms of other rows": (
        change_array("folds.npy", reverse), unchanged,
        "terms: the accented term",
    ),
    "a term beyond the vocabulary": (
        change_array("accented.npy", fill(3, 60_000)), unchanged,
        "terms: a row has accented terms that are not",
    ),
    "frequencies": (
        change_array("folded.frequencies.npy", fill(0, 99)), unchanged,
        "terms: the folded term",
    ),
    "a term that is missing": (
        reverse_terms, unchanged,
        "terms: the keys of the folded terms of a part",
    ),
    "a term of the generation that is missing": (
        change_array("folded.keys.npy", fill(3, 7)), unchanged,
        "terms: the folded terms are not those of the parts",
    ),
    "terms of other numbers": (
        change_array("folded.numbers.npy", reverse), unchanged,
        "terms: the folded terms of a part have other numbers",
    ),
    "words of other sentences": (
        change_words(lambda count: [TermRow(["x"], ["x"])] * count), unchanged,
        "words: the word index has another frequency",
    ),
    "fewer words": (change_words(lambda count: []), unchanged, "do not have the sizes"),
    "unequal rows": (
        change_array("tokens.indptr.npy", fill(-1, 1)), unchanged,
        "does not fit the number",
    ),
    "other model": (nothing, encoder_of("other"), "recipe: the index was made with the encoder 'other'"),
    "other kind of vectors": (
        nothing, kind_of("hnsw"),
        "of an unknown kind",
    ),
    "future format": (
        nothing,
        recipe_of(format=99),
        "format 99",
    ),
    "future segmenter": (
        nothing,
        recipe_of(segmenter=99),
        "segmenter version",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_name(quick_path: Path, fault: str) -> None:
    """F6: every checksum is right, and yet the generation is refused, or its check names the fault."""
    change, describe, expected = FAULTS[fault]
    store = Store(quick_path / "data")
    encoder, tokens = FakeEncoder(DIMENSION), FakeTokens()
    Indexer(store, encoder, tokens).build(documents())
    try:
        republish(store, change, describe)
        with store.current() as generation:
            told = [str(finding) for finding in check(generation, encoder=encoder, tokens=tokens)]
    except StoreError as error:
        told = [str(error)]
    assert any(expected in each for each in told), told


@pytest.mark.parametrize("seed", range(50))
def test_sound_generations_have_no_findings(quick_path: Path, seed: int) -> None:
    """F6: fifty collections, each built on the one before."""
    store = Store(quick_path / "data")
    encoder, tokens = FakeEncoder(DIMENSION), FakeTokens()
    for part in (seed, seed + 1):
        Indexer(store, encoder, tokens).build(documents(part))
        with store.current() as generation:
            assert check(generation, encoder=encoder, tokens=tokens) == []
            assert check(generation) == []


def test_equal_sentences_share_a_score(quick_path: Path) -> None:
    """Q3: if a sentence occurs many times, each row finds one equal to itself."""
    store = Store(quick_path / "data")
    Indexer(store, FakeEncoder(), FakeTokens()).build(
        [Document(f"{n}", "Cùng một câu. Câu khác.") for n in range(5)]
    )
    with store.current() as generation:
        assert check(generation, encoder=FakeEncoder(), tokens=FakeTokens()) == []
