"""Files on disk: found in the named folders, opened only if regular, read within a limit."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self

from index.errors import Message, SourceError, SourceUnreadable, of_system
from index.progress import Advance, nobody
from index.sources.files.kinds import HEAD, SUFFIXES, Kind
from index.sources.files.limits import LIMITS, MEBI
from index.sources.files.position import Position

_HIDDEN: Final = (".", "~$")  # the second is what Word keeps beside a document that is open
_OF_SYSTEMS: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
"""What Windows puts into folders by itself."""

Report = Callable[[SourceError], None]
"""What takes the problems that do not end the reading."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was named, or that stands in a folder that was named.

    Attributes:
        path: Where it is.
        id: What its document is called: the path below the named folder, or the name of the file.
        name: What to call it in an error, where that is not the path.
        origin: The path that was named, absolute; empty where none was.
    """

    path: Path
    id: str
    name: str | None = None
    origin: str = ""


def shown(name: object) -> str:
    """Return a path or name on one line, whatever characters it has."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(name))


def find(paths: Sequence[Path], report: Report, look: "Look") -> list[Source]:
    """List the files under `paths`, folders in sorted order; a file of an unknown kind is reported.

    Hidden files and folders are skipped, and what systems and Office put there by themselves; links that lead
    out of the named folder are reported. `look` tells the kind of a file whose suffix says nothing.

    Raises:
        SourceError: A path does not exist, or a folder holds no file of a known kind.
    """
    if not paths:
        raise SourceError("No file or folder was named; name at least one.")
    for path in paths:
        if not _exists(path):
            raise SourceError("{name} does not exist; check the path.", name=shown(path))
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            here = [source for source in _walk(path, report) if _is_known(source, report, look)]
            if not here:
                known = ", ".join(SUFFIXES)
                raise SourceError(
                    "The folder {name} holds no document; put files there ({known}).",
                    name=shown(path),
                    known=known,
                )
            found.extend(here)
        elif _is_known(named := Source(path, path.name, origin=origin_of(path)), report, look):
            found.append(named)
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # in a folder without rights
        raise SourceUnreadable(
            "{name} cannot be opened ({why}); left out.", name=shown(path), why=of_system(error)
        ) from error


def origin_of(path: Path) -> str:
    """Return what identifies a named path, however and from wherever it is named."""
    return shown(_real(path))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # `Path.resolve` raises where links lead in a circle


def _walk(root: Path, report: Report) -> Iterator[Source]:
    def unreadable(error: OSError) -> None:
        kind = SourceError if is_nowhere(error) else SourceUnreadable
        said = Message(
            "The folder {name} cannot be read ({why}); left out.",
            name=shown(error.filename),
            why=of_system(error),
        )
        report(kind.of(said))

    inside, origin = _real(root), origin_of(root)
    for folder, folders, names in os.walk(root, onerror=unreadable):
        for name in sorted(folders):
            if not name.startswith(".") and (Path(folder) / name).is_symlink():
                report(
                    SourceError(
                        "The link {name} leads to a folder; left out.", name=shown(Path(folder) / name)
                    )
                )
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith(_HIDDEN) or name.lower() in _OF_SYSTEMS:
                continue
            if path.is_symlink() and not _real(path).is_relative_to(inside):
                report(
                    SourceError(
                        "The link {name} leads out of {root}; left out.", name=shown(path), root=shown(root)
                    )
                )
                continue
            yield Source(path, path.relative_to(root).as_posix(), origin=origin)


def is_nowhere(error: OSError) -> bool:
    """Tell whether what could not be opened certainly does not exist: nothing is there, or a link to nothing.

    Of a file that its disk or its rights keep from being opened it is not known what it holds.
    """
    return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


def _is_known(source: Source, report: Report, look: "Look") -> bool:
    """Tell whether a file is read: by its suffix, or else by its first bytes."""
    if source.path.suffix.lower() in SUFFIXES:
        return True
    try:
        with OpenedFile(source) as file:
            if look(file):
                return True
    except SourceError as error:
        report(error)
        return False
    known = ", ".join(SUFFIXES)
    report(
        SourceError(
            "{name} is of a kind that cannot be read (known: {known}); left out.",
            name=shown(source.path),
            known=known,
        )
    )
    return False


class Input(Protocol):
    """What readers read: a file on disk, or bytes in memory.

    Attributes:
        name: What to call it in an error.
        id: The id of its document.
        position: Where it stands in what is read; its parts are entered from there.
    """

    name: str
    id: str
    position: Position

    def head(self) -> bytes:
        """Return the first `HEAD` bytes."""

    def read(self) -> bytes:
        """Return everything, or raise `SourceError` where that is more than the limit."""

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number, from 1; None stands for a line larger than the limit."""

    def stream(self) -> BinaryIO:
        """Return a seekable stream; it is closed with the input."""


class Held(Protocol):
    """What is read on behalf of a reader, which never opens anything itself.

    Attributes:
        name: What to call it in an error.
        id: The id of its document.
        size: How many bytes it has.
    """

    name: str
    id: str
    size: int

    def at(self, place: int, most: int) -> bytes:
        """Return up to `most` bytes from a place on, none past the end.

        Raises:
            SourceError: The disk fails.
        """


Look = Callable[[Held], Kind | None]
"""What tells the kind of a file, None where nothing does; raises `SourceError` for one that is not read."""


class StreamedFile:
    """A seekable stream, as an `Input`."""

    def __init__(
        self,
        name: str,
        identifier: str,
        stream: BinaryIO,
        limit: int,
        advance: Advance = nobody,
        position: Position | None = None,
    ) -> None:
        """Read a stream from its beginning; `advance` is told how many bytes of its lines have been read."""
        self.name = name
        self.id = identifier
        self.position = position or Position()
        self._stream = stream
        self._limit = limit
        self._advance = advance

    def head(self) -> bytes:
        """Return the first `HEAD` bytes; reading begins before them all the same."""
        self._stream.seek(0)
        head = self._stream.read(HEAD)
        self._stream.seek(0)
        return head

    def stream(self) -> BinaryIO:
        """Return the stream itself."""
        return self._stream

    def read(self) -> bytes:
        """Return everything.

        Raises:
            SourceError: It is larger than the limit.
        """
        self._stream.seek(0)
        data = self._stream.read(self._limit + 1)
        if len(data) > self._limit:
            raise too_large(self.name, self._limit)
        return data

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number, from 1; None stands for a line larger than the limit."""
        number = 0
        while line := self._stream.readline(self._limit + 1):
            number += 1
            self._advance(len(line))
            too_long = len(line) > self._limit
            yield number, None if too_long else line
            while too_long and line and not line.endswith(b"\n"):
                line = self._stream.readline(self._limit)
                self._advance(len(line))


class HeldFile(StreamedFile):
    """Bytes in memory, as an `Input` and as `Held`."""

    def __init__(
        self,
        name: str,
        identifier: str,
        data: bytes,
        limit: int = LIMITS.document,
        position: Position | None = None,
    ) -> None:
        super().__init__(name, identifier, BytesIO(data), limit, position=position)
        self.size = len(data)
        self._data = data

    def at(self, place: int, most: int) -> bytes:
        """Return up to `most` bytes from a place on."""
        return self._data[place : place + most]


def too_large(name: str, limit: int) -> SourceError:
    """Say that a document is larger than the limit, in bytes."""
    return SourceError(
        "{name} is larger than the limit of {limit:g} MiB; split it.", name=name, limit=limit / MEBI
    )


def unreadable(name: str, error: Exception) -> SourceError:
    """Say that a library failed in a way nobody foresaw."""
    return SourceError("{name} cannot be read ({why}); save it again.", name=name, why=type(error).__name__)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Let whatever goes wrong with one of several parts be a problem of that part alone.

    Not so memory that has run out, and a pipe behind which nobody is left: these are everybody's.
    """
    try:
        yield
    except (SourceError, MemoryError, BrokenPipeError):
        raise
    except Exception as error:
        raise unreadable(name, error) from error


class OpenedFile:
    """An opened regular file; a context manager.

    Attributes:
        name: The path, fit to be shown.
        id: The id of the file's document.
        size: How many bytes it had when it was opened.
    """

    def __init__(self, source: Source) -> None:
        self.name = shown(source.path if source.name is None else source.name)
        self.id = source.id
        try:
            source.id.encode()
        except UnicodeEncodeError:
            raise SourceError("The name of {name} is not valid UTF-8; rename it.", name=self.name) from None
        try:
            # Opening a pipe would wait for a writer for ever.
            descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            self._file = os.fdopen(descriptor, "rb")
        except OSError as error:
            kind = SourceError if is_nowhere(error) else SourceUnreadable
            raise kind.of(
                Message("{name} cannot be opened ({why}); left out.", name=self.name, why=of_system(error))
            ) from error
        what = os.fstat(descriptor)
        self.size = what.st_size
        if not stat.S_ISREG(what.st_mode):
            self._file.close()
            raise SourceError(
                "{name} is not a regular file (a pipe, device or socket); left out.", name=self.name
            )

    def at(self, place: int, most: int) -> bytes:
        """Return up to `most` bytes from a place on, none past the end.

        Raises:
            SourceError: The disk fails.
        """
        try:
            return os.pread(self._file.fileno(), most, place)
        except OSError as error:
            raise SourceUnreadable(
                "{name} cannot be read ({why}); left out.", name=self.name, why=of_system(error)
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
