"""Recognising verified files: an unchanged one is not read again, a changed one always is."""

import os
import time
from pathlib import Path

import pytest

from index.disk import Disk, FileSum
from index.errors import GenerationCorrupt
from index.store import Store
from tests.index.published import file_of, folder_of, publish


class Counting(Disk):
    """A disk that counts the files that are summed up."""

    def __init__(self) -> None:
        self.summed: list[str] = []

    def sum(self, path: Path) -> FileSum:
        """Count and sum up."""
        self.summed.append(path.name)
        return super().sum(path)


def test_a_verified_file_is_recognised(quick_path: Path) -> None:
    """The second start sums up nothing, a full one everything, and one changed file alone is read again."""
    disk = Counting()
    store = Store(quick_path / "data", disk=disk, settled=0)
    name = publish(store, 1).generation
    store.current().close()
    disk.summed.clear()
    store.current().close()
    assert disk.summed == []
    store.current(full=True).close()
    assert len(disk.summed) > 10
    disk.summed.clear()
    os.utime(file_of(store, name, "places.npy"), ns=(1, 1))
    store.current().close()
    assert disk.summed == ["places.npy"]


def test_damage_is_found_although_times_are_put_back(quick_path: Path) -> None:
    """A flipped bit under the old time of modification still changed the inode's own time."""
    store = Store(quick_path / "data", settled=0)
    path = file_of(store, publish(store, 1).generation, "tokens.npy")
    store.current().close()
    time.sleep(0.05)  # the grain of the clock of files
    held, data = path.stat(), bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(held.st_atime_ns, held.st_mtime_ns))
    with pytest.raises(GenerationCorrupt, match=r"tokens\.npy"):
        store.current()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_what_is_remembered_may_be_damaged(quick_path: Path, content: bytes) -> None:
    """Then all is read again, and fresh files are not remembered at all."""
    store = Store(quick_path / "data")
    name = publish(store, 1).generation
    store.current().close()
    remembered = folder_of(store, name).with_name(f"{name}.verified")
    assert not remembered.exists()
    remembered.write_bytes(content)
    store.current().close()
