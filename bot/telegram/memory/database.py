"""The SQLite file in which the bot remembers: opened, written, and put aside if damaged."""

import asyncio
import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bot.system.private import private_file, private_folder

_LOG: Final = logging.getLogger(__name__)
_SOON_S: Final = 0.2
_MOST_ASIDE: Final = 9
_PRIMARY: Final = 0xFF  # of an extended error code
_DAMAGE: Final = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))


class MemoryFile:
    """The file, opened with the tables of a schema; used from one thread.

    A file that is damaged, at the start or at any moment later, is put aside, not trusted, and started
    afresh.

    Attributes:
        base: The connection; another one after the file was put aside.
        damages: How often it was put aside.
        on_damage: Called each time it was, once somebody has set it.
    """

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        self._path, self._schema = path, tuple(schema)
        self.damages = 0
        self.on_damage: Callable[[], None] = lambda: None
        self._settling: asyncio.TimerHandle | None = None
        private_folder(path.parent)
        try:
            self.base = _open(path, self._schema)
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def close(self) -> None:
        """Close the file."""
        if self._settling is not None:
            self._settling.cancel()
        self.settle()
        self.base.close()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds; nothing if it cannot be read, which is logged."""
        try:
            return self.base.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            self.failed("the memory", "read", error)
            return []

    def settle(self) -> None:
        """Make recent writes durable; any other durable write does so as well."""
        with self.written("an answer"):
            pass

    @contextlib.contextmanager
    def soon(self, what: str) -> Iterator[None]:
        """Write something that becomes durable shortly: its own commit would cost more than it is worth."""
        try:
            yield
        except sqlite3.Error as error:
            self.failed(what, "written", error)
        if self._settling is None:
            with contextlib.suppress(RuntimeError):  # without a loop, some other commit follows
                self._settling = asyncio.get_running_loop().call_later(_SOON_S, self._settle_now)

    def _settle_now(self) -> None:
        self._settling = None
        self.settle()

    @contextlib.contextmanager
    def written(self, what: str) -> Iterator[None]:
        """Write something durably; if that fails, say so and go on."""
        try:
            with self.base:
                yield
        except sqlite3.Error as error:
            self.failed(what, "written", error)

    def write(self, what: str, statement: str, *values: object) -> None:
        """Carry out one statement as `written` does."""
        with self.written(what):
            self.base.execute(statement, values)

    def failed(self, what: str, done: str, error: Exception) -> bool:
        """Report that something could not be done; tell whether the file was damaged and has been restarted.

        An error that is none of SQLite's says that what was read is not what was written.
        """
        _LOG.error("%s could not be %s: %s", what, done, type(error).__name__)
        if isinstance(error, sqlite3.Error) and not _is_damage(error):
            return False
        self._begin_anew(error)
        return True

    def _begin_anew(self, error: Exception) -> None:
        with contextlib.suppress(AttributeError, sqlite3.Error):
            self.base.close()
        aside = self._aside()
        _LOG.error(
            "the bot's memory is damaged (%s); it is put aside as %s, and begun anew", error, aside.name
        )
        try:
            # What was written last may be in the log of the file only.
            for suffix in ("-wal", ""):
                held = self._path.with_name(self._path.name + suffix)
                if held.exists():
                    held.replace(aside.with_name(aside.name + suffix))
            self._path.with_name(self._path.name + "-shm").unlink(missing_ok=True)
            self.base = _open(self._path, self._schema)
        except (OSError, sqlite3.Error) as second:
            _LOG.error("the bot's memory cannot be begun anew (%s); until the end it is kept nowhere", second)
            self.base = _set_up(sqlite3.connect(":memory:"), self._schema)
        self.damages += 1
        self.on_damage()

    def _aside(self) -> Path:
        """Name a file that does not exist yet, as long as there are few."""
        names = ["damaged", *(f"damaged{number}" for number in range(2, _MOST_ASIDE + 1))]
        paths = [self._path.with_suffix(f".{name}") for name in names]
        return next((path for path in paths if not path.exists()), paths[-1])


def _is_damage(error: sqlite3.Error) -> bool:
    """Tell damage from a full disk or a lock, which are temporary."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return "Could not decode" in str(error)  # Python's own word about a text that is none
    lacks_tables = code == sqlite3.SQLITE_ERROR and "no such" in str(error)
    return code & _PRIMARY in _DAMAGE or code == sqlite3.SQLITE_IOERR_SHORT_READ or lacks_tables


def _open(path: Path, schema: Sequence[str]) -> sqlite3.Connection:
    """Open the file; a kill loses nothing written, a power cut at most the last moments."""
    for suffix in ("-wal", "-shm"):
        held = path.with_name(path.name + suffix)
        if held.exists():
            os.close(private_file(held))
    os.close(private_file(path))  # SQLite gives its log and its index the mode of the file
    base = sqlite3.connect(path, timeout=2, cached_statements=64)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        _set_up(base, schema)
        (found,) = base.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok" or _columns(base) != _columns(_set_up(sqlite3.connect(":memory:"), schema)):
            raise sqlite3.DatabaseError(found if found != "ok" else "the tables are others")
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base


def _set_up(base: sqlite3.Connection, schema: Sequence[str]) -> sqlite3.Connection:
    base.execute("PRAGMA trusted_schema = OFF")
    for tables in schema:
        base.executescript(tables)
    return base


def _columns(base: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the columns of each table."""
    names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: base.execute("SELECT * FROM pragma_table_info(?)", (name,)).fetchall() for (name,) in names}
