"""The updates that arrived: an update is stored before Telegram is told that it arrived.

It is marked as begun right before anything is sent about it. So after a kill the others are still answered,
the one that was being sent is not answered twice, and what Telegram delivers again is recognised. The text
goes when it is begun. One that took the process down twice is passed over.
"""

import json
import logging
import sqlite3
import time
from collections.abc import Sequence
from typing import Any, Final

from bot.telegram.memory.database import MemoryFile

_LOG: Final = logging.getLogger(__name__)
_REMEMBERED: Final = 10_000
_MOST_TRIES: Final = 2
INBOX: Final = """
CREATE TABLE IF NOT EXISTS updates (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, at REAL NOT NULL, payload TEXT,
    tries INTEGER NOT NULL DEFAULT 0);
"""


class Inbox:
    """The updates, in a file; those that could not be written are remembered in memory."""

    def __init__(self, file: MemoryFile) -> None:
        self._file = file
        self._unwritten: dict[int, None] = {}

    def arrived(self, update: int, payload: dict[str, Any], now: float | None = None) -> bool:
        """Store an update; False if it is already known."""
        return self.arrive([(update, payload)], now) == [update]

    def arrive(self, updates: Sequence[tuple[int, dict[str, Any]]], now: float | None = None) -> list[int]:
        """Store updates, all at once; return the numbers of those that were not known."""
        at = time.time() if now is None else now
        new = {number: payload for number, payload in reversed(updates) if number not in self._unwritten}
        numbers = dict.fromkeys(number for number, _ in updates if number in new)
        for _ in range(2):
            try:
                with self._file.base:
                    return [number for number in numbers if self._insert(number, new[number], at)]
            except sqlite3.Error as error:
                if not self._file.failed("the inbox", "written", error):
                    break
        # A full disk must not silence the bot: it goes on, remembering in memory only.
        fresh = [number for number in numbers if not self._knows(number)]
        self._unwritten |= dict.fromkeys(fresh)
        while len(self._unwritten) > _REMEMBERED:
            del self._unwritten[next(iter(self._unwritten))]
        return fresh

    def _insert(self, update: int, payload: dict[str, Any], at: float) -> bool:
        text = _written(payload)
        done = self._file.base.execute(
            "INSERT OR IGNORE INTO updates (id, at, payload) VALUES (?, ?, ?)", (update, at, text)
        )
        return done.rowcount == 1 and text is not None

    def _knows(self, update: int) -> bool:
        return bool(self._file.rows("SELECT 1 FROM updates WHERE id = ?", (update,)))

    def attempt(self, update: int) -> bool:
        """Count an attempt at an update; False if it has been tried too often."""
        with self._file.written("the inbox"):
            rows = self._file.base.execute(
                "UPDATE updates SET tries = tries + 1 WHERE id = ? RETURNING tries", (update,)
            ).fetchall()
            return all(tries <= _MOST_TRIES for (tries,) in rows)
        return True

    def withdraw(self, update: int) -> None:
        """Take back an attempt that ended well, before the next; the text stays."""
        with self._file.soon("the inbox"):
            self._file.base.execute("UPDATE updates SET tries = tries - 1 WHERE id = ?", (update,))

    def begun(self, update: int) -> None:
        """Mark an update as begun: it is never begun again. Its text is dropped."""
        self._file.write("the inbox", "UPDATE updates SET payload = NULL WHERE id = ?", update)

    def waiting(self) -> list[dict[str, Any]]:
        """Return the updates that arrived and were not begun, in the order of their arrival.

        One whose text can no longer be read is passed over for good.
        """
        rows = self._file.rows("SELECT id, payload FROM updates WHERE payload IS NOT NULL ORDER BY arrival")
        found = []
        for number, text in rows:
            payload = _read(text)
            if payload is None:
                _LOG.error("an update that cannot be read any more was passed over")
                self.begun(number)
            else:
                found.append(payload | {"update_id": number})
        return found

    def tidy(self) -> None:
        """Forget old numbers; never an update that still waits."""
        self._file.write(
            "the tidying",
            "DELETE FROM updates WHERE payload IS NULL AND arrival <= (SELECT MAX(arrival) FROM updates) - ?",
            _REMEMBERED,
        )


def _written(payload: dict[str, Any]) -> str | None:
    """Return an update as text, escaped so that any database takes it; None where that cannot be done."""
    try:
        return json.dumps(payload)
    except (ValueError, TypeError, RecursionError) as error:
        _LOG.error("an update that cannot be written down was passed over: %s", type(error).__name__)
        return None


def _read(text: object) -> dict[str, Any] | None:
    try:
        payload = json.loads(str(text))
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None
