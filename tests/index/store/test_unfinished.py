"""The work folder: a finished part is found again, whole, and made without all of it in memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from index.disk import Disk
from index.store.unfinished import SUMS, UnfinishedParts

CONTENTS = (("vectors", b"v" * 90), ("words/a.term", b"t"), ("words/b.store", b""), ("places", b"p" * 9))


def work_in(folder: Path) -> UnfinishedParts:
    """Return a work folder."""
    return UnfinishedParts(folder / "work", Disk(), ".hidden-")


def test_what_was_put_is_found(tmp_path: Path) -> None:
    """Files of folders too, each with its size; another part is not there."""
    put = work_in(tmp_path).put("part", iter(CONTENTS))
    found = work_in(tmp_path).find("part")
    assert found == put
    assert {path: linked.path.read_bytes() for path, linked in put.items()} == dict(CONTENTS)
    assert [linked.sum.size for linked in put.values()] == [90, 1, 0, 9]
    assert work_in(tmp_path).find("other") is None


@pytest.mark.parametrize("name", ["vectors", "words/a.term", SUMS])
def test_a_damaged_part_is_not_used(tmp_path: Path, name: str) -> None:
    """One byte more anywhere, and it is made anew."""
    work = work_in(tmp_path)
    work.put("part", iter(CONTENTS))
    path = tmp_path / "work" / "part" / name
    path.write_bytes(path.read_bytes() + b"x")
    assert work.find("part") is None
    assert not path.exists()


def test_an_interrupted_part_is_not_there(tmp_path: Path) -> None:
    """What was written of it is in the way of nothing."""

    def broken() -> Iterator[tuple[str, bytes]]:
        yield CONTENTS[0]
        raise KeyboardInterrupt

    work = work_in(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        work.put("part", broken())
    assert work.find("part") is None
    work.put("part", iter(CONTENTS))
    assert work.find("part") is not None
    work.keep_only(())
    assert not (tmp_path / "work").exists()


def test_one_file_is_in_memory_at_a_time(tmp_path: Path) -> None:
    """When the next file is asked for, the one before it is gone."""
    alive = 0

    class Counted(bytes):
        def __new__(cls, data: bytes) -> Self:
            nonlocal alive
            alive += 1
            return super().__new__(cls, data)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def contents() -> Iterator[tuple[str, bytes]]:
        for path, data in CONTENTS:
            assert alive == 0
            yield path, Counted(data)

    assert len(work_in(tmp_path).put("part", contents())) == len(CONTENTS)
    assert alive == 0
