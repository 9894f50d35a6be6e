"""The disk: what each operation does to real files."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from index.disk import Disk, FileSum, Stamp, remove_tree

DISK = Disk()
SUM = FileSum(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")  # of "abc", in FIPS 180
MIB = 1 << 20


def test_a_link_is_the_same_file(tmp_path: Path) -> None:
    """Under another name: all that tells it apart is when its names changed."""
    old, new, other = (tmp_path / name for name in ("old", "new", "other"))
    old.write_bytes(b"abc")
    before = DISK.stamp(old)
    DISK.link(old, new)
    assert old.samefile(new)
    assert DISK.stamp(new).is_linked(before)
    other.write_bytes(b"abc")
    assert not DISK.stamp(other).is_linked(before)


@pytest.mark.parametrize(
    "code", [errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EIO, errno.ENOSPC]
)
def test_where_there_are_no_links_a_file_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """With a sync; any other error leaves nothing behind."""

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    synced: list[int] = []
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"abc")
    if code in (errno.EIO, errno.ENOSPC):
        with pytest.raises(OSError, match=os.strerror(code)):
            DISK.link(old, new)
        assert not new.exists()
        return
    DISK.link(old, new)
    assert new.read_bytes() == b"abc"
    assert not old.samefile(new)
    assert synced == [3]


def test_a_stamp_is_what_the_system_keeps(tmp_path: Path) -> None:
    """Each number at its place, and each of them counts but the one of names."""
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    os.utime(path, ns=(1, 2))
    found, stamp = path.stat(), DISK.stamp(path)
    assert stamp == Stamp(
        size=3, modified=2, changed=found.st_ctime_ns, inode=found.st_ino, device=found.st_dev
    )
    for name in Stamp._fields:
        assert stamp.is_linked(stamp._replace(**{name: -1})) == (name == "changed")


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 5])
def test_a_sum_is_of_all_bytes(tmp_path: Path, size: int) -> None:
    """However many pieces they are read in."""
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    expected = FileSum(size, hashlib.sha256(data).hexdigest())
    assert DISK.sum(tmp_path / "file") == FileSum.of(data) == expected
    assert FileSum.of(b"abc") == SUM


def test_a_file_is_written_once(tmp_path: Path) -> None:
    """What is there stays as it is; reading ends one byte beyond the limit."""
    path = tmp_path / "file"
    DISK.write(path, b"abcd")
    with pytest.raises(FileExistsError):
        DISK.write(path, b"x")
    assert [DISK.read(path, limit) for limit in (0, 2, 3, 9)] == [b"a", b"abc", b"abcd", b"abcd"]


def test_names(tmp_path: Path) -> None:
    """In order; a folder that is there is fine, one whose parent is not there is an error."""
    for name in ("b", "a", "c"):
        DISK.make_folder(tmp_path / name)
    DISK.make_folder(tmp_path / "a")
    assert DISK.names(tmp_path) == ["a", "b", "c"]
    with pytest.raises(FileNotFoundError):
        DISK.make_folder(tmp_path / "d" / "e")
    (tmp_path / "f").write_bytes(b"new")
    (tmp_path / "g").write_bytes(b"old")
    DISK.rename(tmp_path / "f", tmp_path / "g")
    DISK.remove_folder(tmp_path / "b")
    assert (DISK.names(tmp_path), (tmp_path / "g").read_bytes()) == (["a", "c", "g"], b"new")


def test_a_lock_keeps_others_out(tmp_path: Path) -> None:
    """Readers share it, a writer has it alone; a file that is not there is made only when that is asked."""
    path = tmp_path / "LOCK"
    with pytest.raises(FileNotFoundError), DISK.lock(path):
        pass
    with DISK.lock(path, create=True) as mine:
        assert mine
        for shared in (False, True):
            with DISK.lock(path, shared=shared) as other:
                assert not other
    with DISK.lock(path, shared=True) as one, DISK.lock(path, shared=True) as two:
        assert (one, two) == (True, True)
        with DISK.lock(path) as three:
            assert not three
    with DISK.lock(path) as again:
        assert again
    assert path.stat().st_mode & 0o777 == 0o644 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_a_tree_is_removed_and_nothing_it_points_to(tmp_path: Path) -> None:
    """A link in it goes, what is behind the link stays."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_bytes(b"")
    (tmp_path / "tree" / "in").mkdir(parents=True)
    (tmp_path / "tree" / "in" / "file").write_bytes(b"")
    (tmp_path / "tree" / "in" / "link").symlink_to(tmp_path / "kept")
    remove_tree(DISK, tmp_path / "tree")
    remove_tree(DISK, tmp_path / "kept" / "file")
    assert [path.name for path in tmp_path.rglob("*")] == ["kept"]
