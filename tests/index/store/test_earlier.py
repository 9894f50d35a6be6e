"""Indexes that earlier versions made: every document is read, exported and taken over.

`earlier/` holds, for each format there has been, what the version of that time wrote about four documents,
as text: the manifest, and the statements that make its files of SQLite.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.disk import FileSum
from index.errors import GenerationCorrupt, GenerationMismatch
from index.generation.manifest import FORMAT, seal
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from tests.index.fakes import FakeEncoder, FakeTokens

FOLDER = Path(__file__).parent / "earlier"
FORMATS = [int(path.stem.split("-")[1]) for path in sorted(FOLDER.glob("format-*.json"))]
DOG = "---\ntitle: Chú chó Đốm\ndate: 2024-04-22\nsource: Báo Chó\n---\nChó tên là Đốm.\n\nNó sống ở Huế.\n"
TEXTS = {
    "cat.txt": "Con mèo tên là Mướp.\nMướp thích cá.\n",
    "dog.md": DOG,
    "r1": "Con cá tên là Ngần.",
    "sub/2024-07-12 gà.txt": "Con gà tên là Tía.\n",
}


def written(data_dir: Path, number: int) -> Path:
    """Write the index of a format into a data directory, and return its generation."""
    told = json.loads((FOLDER / f"format-{number}.json").read_text("utf-8"))
    manifest, contents = told["manifest"], {}
    for name, lines in told["files"].items():
        if name.endswith(".json"):
            contents[name] = lines[0].encode()
            continue
        with sqlite3.connect(":memory:") as made:
            made.executescript("\n".join(lines))
        contents[name] = made.serialize()
        made.close()
    for name, data in contents.items():  # SQLite of today may lay its pages out otherwise
        manifest["files"][name] = vars_of(FileSum.of(data))
    data = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()
    generation = data_dir / "generations" / f"000001-{seal(data)}"
    for name, content in {**contents, "manifest.json": data}.items():
        (generation / name).parent.mkdir(parents=True, exist_ok=True)
        (generation / name).write_bytes(content)
    (data_dir / "CURRENT").write_text(f"{generation.name}\n", "ascii")
    return generation


def vars_of(found: FileSum) -> dict[str, object]:
    """Return a sum as a manifest has it."""
    return {"size": found.size, "sha256": found.sha256}


def indexer(store: Store) -> Indexer:
    """Return what makes indexes now."""
    return Indexer(store, FakeEncoder(), FakeTokens())


def test_every_format_has_its_fixture() -> None:
    """Raising `FORMAT` means keeping what the version before wrote; no version was released with 4."""
    assert sorted(FORMATS) == [number for number in range(1, FORMAT + 1) if number != 4]


@pytest.mark.parametrize("number", FORMATS)
def test_every_document_is_read(tmp_path: Path, number: int) -> None:
    """With all that the version kept of it, and nothing else."""
    written(tmp_path, number)
    found = dict((document.id, (document, origin)) for document, origin in Store(tmp_path).documents())
    assert {name: document.text for name, (document, _) in found.items()} == TEXTS
    dog, fish = found["dog.md"][0], found["r1"][0]
    assert (dog.title, dog.source, dog.date) == ("Chú chó Đốm", "Báo Chó", dt.date(2024, 4, 22))
    assert dog.text[dog.body :].startswith("Chó tên là Đốm.")
    assert (fish.title, fish.url) == ("Cá", "https://a.example/ca")
    assert {origin for _, origin in found.values()} == ({"/srv/docs"} if number >= 7 else {""})


@pytest.mark.parametrize("number", FORMATS)
def test_an_upgrade_loses_nothing(tmp_path: Path, number: int) -> None:
    """Nothing answers before; afterwards all documents do, and the old index is still there."""
    old, store = written(tmp_path, number), Store(tmp_path)
    encoder, tokens = FakeEncoder(), FakeTokens()
    assert store.is_outdated(encoder.identity, tokens.revision)
    with pytest.raises(GenerationMismatch, match=r"; upgrade it\.$"):
        store.current(encoder.identity, tokens.revision)
    report = indexer(store).upgrade()
    assert (report.documents, report.problems) == (4, ())
    assert not store.is_outdated(encoder.identity, tokens.revision)
    with store.current(encoder.identity, tokens.revision) as generation:
        assert {document.id: document.text for document in generation.iter_documents()} == TEXTS
    assert old.is_dir()


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(tmp_path: Path) -> None:
    """The same generation, nothing made anew."""
    store = Store(tmp_path)
    before = indexer(store).build([Document("a", "Một câu.")])
    after = indexer(store).upgrade()
    assert (after.generation, after.reused) == (before.generation, 1)


@pytest.mark.parametrize("number", [1, 7])
@pytest.mark.parametrize(
    "damage",
    [
        lambda generation: next(generation.rglob("documents.sqlite")).unlink(),
        lambda generation: next(generation.rglob("documents.sqlite")).write_bytes(b"SQLite format 3\0"),
        lambda generation: (generation / "manifest.json").write_bytes(b"{}"),
        lambda generation: (generation / "manifest.json").unlink(),
    ],
)
def test_damage_is_told(tmp_path: Path, number: int, damage: Callable[[Path], object]) -> None:
    """Nothing is taken for a document that is not what was written."""
    damage(written(tmp_path, number))
    with pytest.raises(GenerationCorrupt):
        list(Store(tmp_path).documents())
