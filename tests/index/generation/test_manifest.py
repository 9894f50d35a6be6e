"""The manifest: all of it is written and read again, what cannot be true is damage, no file is outside."""

import copy
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.disk import Disk, FileSum
from index.encoders import EncoderIdentity
from index.errors import GenerationCorrupt, GenerationMismatch
from index.generation.manifest import FORMAT, Manifest, PartEntry, Recipe, seal, verify

PART, OTHER = "0123456789abcdef" * 2, "f" * 32
BYTES = {"places.npy": b"a" * 7, "parts/one/vectors.faiss": b""}
SUMS: dict[str, Any] = {
    name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in BYTES.items()
}
MADE = Manifest(
    recipe=Recipe(EncoderIdentity("fake", "1", 16, "hỏi: ", "đáp: "), "t", 3, 4),
    documents=5,
    sentences=60,
    oldest=dt.date(2024, 1, 31),
    newest=dt.date(2025, 12, 1),
    vectors="exact",
    parts=(PartEntry(PART, 2, 20), PartEntry(OTHER, 3, 40)),
    files={name: FileSum(**found) for name, found in SUMS.items()},
)
BODY: dict[str, Any] = {
    "recipe": {
        "encoder": {
            "name": "fake", "revision": "1", "dimension": 16,
            "query_prompt": "hỏi: ", "passage_prompt": "đáp: ",
        },
        "tokens": "t", "segmenter": 3, "analysis": 4, "format": FORMAT,
    },
    "documents": 5, "sentences": 60, "oldest": "2024-01-31", "newest": "2025-12-01", "vectors": "exact",
    "parts": [
        {"name": PART, "documents": 2, "sentences": 20}, {"name": OTHER, "documents": 3, "sentences": 40},
    ],
    "files": SUMS,
}  # fmt: skip


def parse(body: dict[str, Any]) -> Manifest:
    """Read a manifest that says this, under a name that vouches for it."""
    data = json.dumps(body).encode()
    return Manifest.from_bytes(data, f"000001-{hashlib.sha256(data).hexdigest()[:16]}")


def test_it_says_all_of_it() -> None:
    """As JSON with the names of the fields, each on its line, in letters that a person can read."""
    data = MADE.to_bytes()
    assert json.loads(data) == BODY
    lines = data.decode().splitlines()
    assert data.endswith(b"}\n")
    assert len(lines) > 40
    assert any("đáp: " in line for line in lines)
    assert [line for line in lines if line.startswith(' "')] == sorted(
        line for line in lines if line.startswith(' "')
    )
    shuffled = dict(sorted(MADE.files.items()))
    assert [*shuffled] != [*MADE.files]
    assert replace(MADE, files=shuffled).to_bytes() == data


def test_what_was_written_is_read() -> None:
    """With dates and without; its name ends in the beginning of its checksum."""
    data = MADE.to_bytes()
    assert seal(data) == hashlib.sha256(data).hexdigest()[:16]
    assert parse(BODY) == MADE
    undated = parse({**BODY, "oldest": None, "newest": None})
    assert (undated.oldest, undated.newest) == (None, None)
    assert undated.to_bytes() != data
    assert parse(json.loads(undated.to_bytes())) == undated


def change(*path: str | int, to: object = None) -> Callable[[Any], None]:
    """Return what puts a value at a place of the body, or takes away what is there."""

    def changed(body: Any) -> None:  # noqa: ANN401
        *above, last = path
        for step in above:
            body = body[step]
        if to is None:
            del body[last]
        else:
            body[last] = to

    return changed


IMPOSSIBLE: dict[str, Callable[[Any], None]] = {
    **{f"no {name}": change(name) for name in BODY},
    "no encoder": change("recipe", "encoder"),
    "no format": change("recipe", "format"),
    "another field": change("recipe", "more", to=1),
    "documents below zero": change("documents", to=-1),
    "sentences as text": change("sentences", to="60"),
    "sentences as truth": change("sentences", to=True),
    "documents of a part": change("parts", 1, "documents", to=-1),
    "sentences of a part": change("parts", 0, "sentences", to=1.5),
    "a size": change("files", "places.npy", "size", to=-1),
    "a part's name": change("parts", 1, "name", to="../../etc"),
    "a longer name": change("parts", 0, "name", to=PART + "0"),
    "a day": change("oldest", to="31.1.2024"),
    "files as a list": change("files", to=[1]),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_cannot_be_true_is_damage(what: str) -> None:
    """Even where the name vouches for it, and it is said in one sentence."""
    body = copy.deepcopy(BODY)
    IMPOSSIBLE[what](body)
    with pytest.raises(GenerationCorrupt) as caught:
        parse(body)
    assert str(caught.value).startswith("The manifest of 000001-")
    assert str(caught.value).endswith(" is damaged; go back to an earlier index, or build it again.")


def test_nothing_is_possible_too() -> None:
    """An index without documents, parts or files."""
    empty = parse({**BODY, "documents": 0, "sentences": 0, "parts": [], "files": {}})
    assert (empty.documents, empty.sentences, empty.parts, empty.files) == (0, 0, (), {})


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"1", b"[" * 100_000, b"\xff"])
def test_what_is_no_manifest_is_damage(data: bytes) -> None:
    """Whatever it is instead."""
    with pytest.raises(GenerationCorrupt, match=r"The manifest of 000001-.{16} is damaged; go back"):
        Manifest.from_bytes(data, f"000001-{hashlib.sha256(data).hexdigest()[:16]}")


def test_a_name_of_other_bytes_is_damage() -> None:
    """The name of the generation vouches for every byte of its manifest."""
    data = MADE.to_bytes()
    with pytest.raises(
        GenerationCorrupt, match="The manifest of 000001-0123456789abcdef is damaged; go back"
    ):
        Manifest.from_bytes(data, "000001-0123456789abcdef")


def test_another_format_is_no_damage() -> None:
    """Both are named, and what to do."""
    body = copy.deepcopy(BODY)
    body["recipe"]["format"] = FORMAT - 1
    expected = rf"The index 000001-.{{16}} has format {FORMAT - 1}, this program reads {FORMAT}; upgrade it\."
    with pytest.raises(GenerationMismatch, match=expected):
        parse(body)


def written(folder: Path) -> Path:
    """Write the files of the manifest."""
    for name, data in BYTES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", BYTES)
def test_each_file_is_compared(tmp_path: Path, name: str) -> None:
    """The stamps are those of the files; the one that was changed is named, with its generation."""
    folder = written(tmp_path / "000007-x")
    stamps = verify(folder, MADE, Disk(), {})
    assert stamps == {path: Disk().stamp(folder / path) for path in BYTES}
    (folder / name).write_bytes(b"b" * 7)
    expected = f"The file {name} of 000007-x is damaged; go back to an earlier index, or build it again."
    for known in ({}, stamps):
        with pytest.raises(GenerationCorrupt) as caught:
            verify(folder, MADE, Disk(), known)
        assert str(caught.value) == expected
    assert verify(folder, MADE, Disk(), {name: Disk().stamp(folder / name)})[name] != stamps[name]


@pytest.mark.parametrize("name", ["/etc/passwd", "../000006-x/places.npy", "parts/../../secret"])
def test_no_file_is_outside(tmp_path: Path, name: str) -> None:
    """Not even looked at, though its sum may be right."""
    body = {**BODY, "files": {name: SUMS["places.npy"]}}
    with pytest.raises(GenerationCorrupt) as caught:
        verify(tmp_path, parse(body), Disk(), {})
    assert str(caught.value) == "The manifest names a file outside of its generation."
