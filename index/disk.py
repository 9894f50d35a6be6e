"""The file operations of the store, few and small, so that tests can make each of them fail.

`OSError` leaves this module as it is; `index/store/store.py` turns it into `StoreError`.
"""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

_CHUNK = 1 << 20
# Other file systems, those without links, and files that have all the names they can have.
_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class FileSum:
    """What tells a file from any other.

    Attributes:
        size: In bytes.
        sha256: In hexadecimal.
    """

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Sum up bytes in memory."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


class Stamp(NamedTuple):
    """What changes when a file changes, as the system keeps it.

    Attributes:
        size: In bytes.
        modified: When its bytes last changed, in nanoseconds.
        changed: When anything of it last changed, its names too, in nanoseconds.
        inode: Number on its device.
        device: Number of the device.
    """

    size: int
    modified: int
    changed: int
    inode: int
    device: int

    def is_linked(self, other: "Stamp") -> bool:
        """Tell whether it is the same file under another name: all is equal but when its names changed."""
        return self._replace(changed=0) == other._replace(changed=0)


class Disk:
    """The disk."""

    def make_folder(self, path: Path) -> None:
        """Create a folder; one that is there already is fine."""
        path.mkdir(exist_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file and wait until the disk has it."""
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            self.sync(file, path)

    def sync(self, file: BinaryIO, path: Path) -> None:
        """Wait until the disk has what was written to a file."""
        os.fsync(file.fileno())

    def sync_folder(self, path: Path) -> None:
        """Wait until the disk has the names in a folder."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def link(self, old: Path, new: Path) -> None:
        """Give a file that is on the disk a second name; where there is no such thing, copy it."""
        try:
            os.link(old, new)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self.write(new, old.read_bytes())

    def stamp(self, path: Path) -> Stamp:
        """Return what changes when the file changes."""
        found = path.stat()
        return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)

    def rename(self, old: Path, new: Path) -> None:
        """Rename a file or folder; a file takes the place of another in one step."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def names(self, path: Path) -> list[str]:
        """List the names in a folder, sorted."""
        return sorted(entry.name for entry in path.iterdir())

    def read(self, path: Path, limit: int) -> bytes:
        """Return a file's bytes, at most one more than `limit`."""
        with path.open("rb") as file:
            return file.read(limit + 1)

    def sum(self, path: Path) -> FileSum:
        """Read a file and sum it up."""
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
        return FileSum(size, digest.hexdigest())

    @contextmanager
    def lock(self, path: Path, *, create: bool = False, shared: bool = False) -> Iterator[bool]:
        """Hold a lock on a file while the block runs; yield False when another holds it.

        The lock belongs to the opened file and goes with the process, however it ends.
        """
        flags = os.O_RDWR | os.O_CREAT if create else os.O_RDONLY
        descriptor = os.open(path, flags | os.O_CLOEXEC, 0o644)
        try:
            yield _flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        finally:
            os.close(descriptor)


def _flock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def remove_tree(disk: Disk, path: Path) -> None:
    """Remove a folder with all in it."""
    if path.is_symlink() or not path.is_dir():
        disk.remove(path)
        return
    for name in disk.names(path):
        remove_tree(disk, path / name)
    disk.remove_folder(path)
