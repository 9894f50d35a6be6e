"""Generations for tests of the store: quick to publish, and easy to tell apart."""

import dataclasses
import functools
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from index.disk import FileSum
from index.generation import Generation
from index.generation.generation import MANIFEST
from index.generation.manifest import Manifest
from index.indexer import BuildReport, Indexer
from index.records import Document
from index.store import Store
from tests.index.disks import QuickDisk
from tests.index.fakes import FakeEncoder, FakeTokens


def publish(store: Store, number: int) -> BuildReport:
    """Publish a collection of two documents that both name `number`."""
    texts = [
        f"Bản tin số {number} mở đầu. Kiev đàm phán.",
        f"Tài liệu của bản {number}.\n\nNATO họp lần {number}.",
    ]
    documents = [Document(f"tin-{place}.txt", text) for place, text in enumerate(texts)]
    return Indexer(store, FakeEncoder(), FakeTokens()).build(documents)


@dataclasses.dataclass(frozen=True)
class Prepared:
    """What is published, ready made.

    Attributes:
        contents: The files.
        manifest: Their manifest.
    """

    contents: Mapping[str, bytes]
    manifest: Manifest

    def describe(self, sums: Mapping[str, FileSum]) -> Manifest:
        """Return the manifest of files with these sums."""
        return dataclasses.replace(self.manifest, files=sums)


@functools.cache
def prepare(number: int) -> Prepared:
    """Return the generation that `publish` makes of a number."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # tantivy's thread writes a lock
        store = Store(Path(folder), disk=QuickDisk())
        name = publish(store, number).generation
        with store.current() as generation:
            return Prepared(contents_of(store, name), generation.manifest)


def put(store: Store, number: int) -> str:
    """Publish the generation of a number without making it anew, and return its name."""
    return put_prepared(store, prepare(number))


def put_prepared(store: Store, prepared: Prepared) -> str:
    """Publish what is ready made, and return its name."""
    with store.building() as building:
        return building.publish(prepared.contents, prepared.describe, lambda generation: None)


def number_of(generation: Generation) -> int:
    """Return the number that a generation was published with; all its parts must agree."""
    texts = [document.text for document in generation.iter_documents()]
    numbers = {int("".join(c for c in text.split(".")[0] if c.isdigit())) for text in texts}
    (number,) = numbers
    found = {row for row, _ in generation.words.search([str(number)], "accented", 100)}
    assert found == {
        row for row in range(generation.sentences) if str(number) in generation.sentence(row).text
    }
    sentence = generation.sentence(0)
    scores, rows = generation.vectors.search(FakeEncoder().encode_queries([sentence.text]), 1)
    assert rows[0, 0] == 0
    assert scores[0, 0] > 0.999
    return number


def folder_of(store: Store, name: str) -> Path:
    """Return the folder of a generation."""
    return store.data_dir / "generations" / name


def file_of(store: Store, name: str, file: str) -> Path:
    """Return the path of a file of the first part of a generation."""
    return min(folder_of(store, name).glob(f"parts/*/{file}"))


def within(contents: Mapping[str, bytes], name: str) -> str:
    """Return the path of a file of the generation, or of its only part where the generation has none."""
    if name in contents:
        return name
    (path,) = (path for path in contents if path.endswith(f"/{name}"))
    return path


def contents_of(store: Store, name: str) -> dict[str, bytes]:
    """Return the files of a generation, without its manifest."""
    folder = folder_of(store, name)
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def republish(
    store: Store,
    change: Callable[[dict[str, bytes]], None] = lambda contents: None,
    describe: Callable[[Manifest], Manifest] = lambda manifest: manifest,
    approve: Callable[[Generation], None] = lambda generation: None,
) -> str:
    """Publish the live generation again with a change, every checksum right; approved without a look."""
    with store.current() as generation:
        contents, manifest = contents_of(store, generation.name), generation.manifest
    change(contents)

    def describe_files(sums: Mapping[str, FileSum]) -> Manifest:
        return describe(dataclasses.replace(manifest, files=sums))

    with store.building() as building:
        return building.publish(contents, describe_files, approve)
