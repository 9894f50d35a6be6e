"""Files on disk: found in the folders that were named, opened only when regular, read under a limit."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import SourceError

Report = Callable[[SourceError], None]
"""What takes the problems that do not end the reading."""

LIMIT = 64 * 1024 * 1024
"""Largest document, in bytes: a file, or one row of a file of rows."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was named, or that stands in a folder that was named.

    Attributes:
        path: Where it is.
        id: What its document is called: the path below the named folder, or the name of the file.
    """

    path: Path
    id: str


def shown(name: object) -> str:
    """Return a path or name on one line, whatever characters it has."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(name))


def find(paths: Sequence[Path], suffixes: Sequence[str], report: Report) -> list[Source]:
    """List the files under `paths`, folders in sorted order; a file of an unknown kind is reported.

    Hidden files and folders are skipped, links that lead out of the named folder are reported.

    Raises:
        SourceError: A path does not exist, or a folder holds no file of a known kind.
    """
    if not paths:
        raise SourceError("No file or folder was named; name at least one.")
    for path in paths:
        if not path.exists():
            raise SourceError(f"{shown(path)} does not exist; check the path.")
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            here = [source for source in _walk(path, report) if _is_known(source, suffixes, report)]
            if not here:
                known = ", ".join(suffixes)
                raise SourceError(f"The folder {shown(path)} holds no document; put files there ({known}).")
            found.extend(here)
        elif _is_known(Source(path, path.name), suffixes, report):
            found.append(Source(path, path.name))
    return found


def _walk(root: Path, report: Report) -> Iterator[Source]:
    def unreadable(error: OSError) -> None:
        report(
            SourceError(f"The folder {shown(error.filename)} cannot be read ({error.strerror}); left out.")
        )

    inside = root.resolve()
    for folder, folders, names in os.walk(root, onerror=unreadable):
        for name in sorted(folders):
            if not name.startswith(".") and (Path(folder) / name).is_symlink():
                report(SourceError(f"The link {shown(Path(folder) / name)} leads to a folder; left out."))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith("."):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                report(SourceError(f"The link {shown(path)} leads out of {shown(root)}; left out."))
                continue
            yield Source(path, path.relative_to(root).as_posix())


def _is_known(source: Source, suffixes: Sequence[str], report: Report) -> bool:
    if source.path.suffix.lower() in suffixes:
        return True
    known = ", ".join(suffixes)
    report(SourceError(f"{shown(source.path)} is of a kind that cannot be read (known: {known}); left out."))
    return False


class OpenedFile:
    """An opened regular file; a context manager.

    Attributes:
        name: The path, fit to be shown.
        id: The id of the file's document.
    """

    def __init__(self, source: Source, limit: int = LIMIT) -> None:
        self.name = shown(source.path)
        self.id = source.id
        self._limit = limit
        try:
            source.id.encode()
        except UnicodeEncodeError:
            raise SourceError(f"The name of {self.name} is not valid UTF-8; rename it.") from None
        try:
            # Opening a pipe would wait for a writer for ever.
            descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            self._file = os.fdopen(descriptor, "rb")
        except OSError as error:
            raise SourceError(f"{self.name} cannot be opened ({error.strerror}); left out.") from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            self._file.close()
            raise SourceError(f"{self.name} is not a regular file (a pipe, device or socket); left out.")

    def read(self) -> bytes:
        """Return the whole file.

        Raises:
            SourceError: The file is larger than the limit, or the disk fails.
        """
        try:
            data = self._file.read(self._limit + 1)
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read ({error.strerror}); left out.") from error
        if len(data) > self._limit:
            mebibytes = self._limit / 2**20
            raise SourceError(f"{self.name} is larger than the limit of {mebibytes:g} MiB; split it.")
        return data

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number, from 1; None stands for a line larger than the limit.

        Raises:
            SourceError: The disk fails.
        """
        number = 0
        try:
            while line := self._file.readline(self._limit + 1):
                number += 1
                too_long = len(line) > self._limit
                yield number, None if too_long else line
                while too_long and line and not line.endswith(b"\n"):
                    line = self._file.readline(self._limit)
        except OSError as error:
            raise SourceError(
                f"{self.name} cannot be read ({error.strerror}); the rest is left out."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
