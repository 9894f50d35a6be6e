"""Disks that fail: at the n-th operation, when they are full, or by losing their power."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from index.disk import Disk, FileSum, Stamp


@dataclass
class FailingDisk(Disk):
    """A disk whose n-th operation fails, once or from then on.

    Attributes:
        at: Which operation fails, from 0.
        code: Error number.
        forever: Whether all that follow fail too.
        steps: How many operations were asked for.
        hits: How many failed.
    """

    at: int = -1
    code: int = errno.EIO
    forever: bool = False
    steps: int = 0
    hits: int = 0

    def _step(self, path: Path) -> None:
        step, self.steps = self.steps, self.steps + 1
        if step == self.at or (self.forever and 0 <= self.at < step):
            self.hits += 1
            raise OSError(self.code, os.strerror(self.code), str(path))

    def make_folder(self, path: Path) -> None:
        """Fail or make a folder."""
        self._step(path)
        super().make_folder(path)

    def write(self, path: Path, data: bytes) -> None:
        """Write all, or half of it and fail."""
        try:
            self._step(path)
        except OSError:
            path.write_bytes(data[: len(data) // 2])
            raise
        super().write(path, data)

    def link(self, old: Path, new: Path) -> None:
        """Fail or give a file a second name."""
        self._step(new)
        super().link(old, new)

    def stamp(self, path: Path) -> Stamp:
        """Fail or look when a file changed."""
        self._step(path)
        return super().stamp(path)

    def sync(self, file: BinaryIO, path: Path) -> None:
        """Fail or sync a file."""
        self._step(path)

    def sync_folder(self, path: Path) -> None:
        """Fail or sync a folder."""
        self._step(path)

    def rename(self, old: Path, new: Path) -> None:
        """Fail or rename."""
        self._step(old)
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        """Fail or remove a file."""
        self._step(path)
        super().remove(path)

    def remove_folder(self, path: Path) -> None:
        """Fail or remove a folder."""
        self._step(path)
        super().remove_folder(path)

    def names(self, path: Path) -> list[str]:
        """Fail or list a folder."""
        self._step(path)
        return super().names(path)

    def read(self, path: Path, limit: int) -> bytes:
        """Fail or read."""
        self._step(path)
        return super().read(path, limit)

    def sum(self, path: Path) -> FileSum:
        """Fail or sum up."""
        self._step(path)
        return super().sum(path)

    @contextmanager
    def lock(self, path: Path, *, create: bool = False, shared: bool = False) -> Iterator[bool]:
        """Fail or lock."""
        self._step(path)
        with super().lock(path, create=create, shared=shared) as free:
            yield free


class QuickDisk(Disk):
    """A disk that keeps its power, and so need not be waited for."""

    def sync(self, file: BinaryIO, path: Path) -> None:
        """Do nothing."""

    def sync_folder(self, path: Path) -> None:
        """Do nothing."""


@dataclass
class FullDisk(QuickDisk):
    """A disk with this many bytes left.

    Attributes:
        left: Bytes left.
    """

    left: int = 0
    full: bool = field(default=False, init=False)

    def write(self, path: Path, data: bytes) -> None:
        """Write what there is room for."""
        if len(data) > self.left:
            self.full = True
            path.write_bytes(data[: self.left])
            self.left = 0
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        self.left -= len(data)
        super().write(path, data)


@dataclass(frozen=True)
class Step:
    """One operation that changes the disk.

    Attributes:
        kind: "make", "write", "link", "sync", "sync-folder", "rename", "remove" or "remove-folder".
        path: What it was done to; of a link the new name.
        data: What was written.
        new: The new name.
        old: Of a link, the name that the file had already.
    """

    kind: str
    path: Path
    data: bytes = b""
    new: Path | None = None
    old: Path | None = None


class RecordingDisk(Disk):
    """A disk that keeps a log of what changes it.

    Attributes:
        log: The operations, in order.
    """

    def __init__(self) -> None:
        self.log: list[Step] = []

    def make_folder(self, path: Path) -> None:
        """Log and make a folder."""
        self.log.append(Step("make", path))
        super().make_folder(path)

    def write(self, path: Path, data: bytes) -> None:
        """Log and write; the sync that belongs to it is a step of its own."""
        self.log.append(Step("write", path, data))
        super().write(path, data)

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name and log that, but for a copy, which logs itself."""
        steps = len(self.log)
        super().link(old, new)
        if len(self.log) == steps:
            self.log.append(Step("link", new, old=old))

    def sync(self, file: BinaryIO, path: Path) -> None:
        """Log and sync."""
        self.log.append(Step("sync", path))
        super().sync(file, path)

    def sync_folder(self, path: Path) -> None:
        """Log and sync a folder."""
        self.log.append(Step("sync-folder", path))
        super().sync_folder(path)

    def rename(self, old: Path, new: Path) -> None:
        """Log and rename."""
        self.log.append(Step("rename", old, new=new))
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        """Log and remove a file."""
        self.log.append(Step("remove", path))
        super().remove(path)

    def remove_folder(self, path: Path) -> None:
        """Log and remove a folder."""
        self.log.append(Step("remove-folder", path))
        super().remove_folder(path)
