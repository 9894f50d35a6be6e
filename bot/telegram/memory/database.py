"""The SQLite file in which the bot remembers: opened, written, and put aside where it is damaged."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_LOG: Final = logging.getLogger("trichdan.telegram")
_SOON_S: Final = 0.2


class MemoryFile:
    """The file, opened with the tables of a schema; used from one thread.

    A file that cannot be read is put aside, not trusted.
    """

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.base = _open(path, schema)
        except sqlite3.DatabaseError:
            aside = path.with_suffix(".damaged")
            _LOG.warning("the bot's memory could not be read and was put aside as %s", aside.name)
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            path.replace(aside)
            self.base = _open(path, schema)
        self._settling: asyncio.TimerHandle | None = None

    def close(self) -> None:
        """Close the file."""
        if self._settling is not None:
            self._settling.cancel()
        self.settle()
        self.base.close()

    def settle(self) -> None:
        """Make lasting what was written lately; anything else that is made lasting does it as well."""
        with self.written("an answer"):
            pass

    @contextlib.contextmanager
    def soon(self, what: str) -> Iterator[None]:
        """Write something that lasts from the next moment on: a commit of its own would cost more than it."""
        try:
            yield
        except sqlite3.Error as error:
            _LOG.error("%s could not be written: %s", what, error)
        if self._settling is None:
            with contextlib.suppress(RuntimeError):  # without a loop, the next commit comes from somewhere
                self._settling = asyncio.get_running_loop().call_later(_SOON_S, self._settle_now)

    def _settle_now(self) -> None:
        self._settling = None
        self.settle()

    @contextlib.contextmanager
    def written(self, what: str) -> Iterator[None]:
        """Write something that lasts from now on; where that fails, say so and go on."""
        try:
            with self.base:
                yield
        except sqlite3.Error as error:
            _LOG.error("%s could not be written: %s", what, error)


def _open(path: Path, schema: Sequence[str]) -> sqlite3.Connection:
    """Open the file; a kill loses nothing written, a power cut at most the last moments."""
    base = sqlite3.connect(path, timeout=2, cached_statements=64)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA trusted_schema = OFF")
        for tables in schema:
            base.executescript(tables)
        base.execute("SELECT COUNT(*) FROM answers").fetchone()
    except sqlite3.DatabaseError:
        base.close()
        raise
    path.chmod(0o600)
    return base
