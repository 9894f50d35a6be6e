"""Whom the owners let in by a button, who has asked them to, and which groups have a new number."""

import time
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from bot.telegram.memory.database import MemoryFile

_DAY: Final = 86_400.0
GUESTS: Final = """
CREATE TABLE IF NOT EXISTS guests (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, standing INTEGER NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
"""


class Standing(IntEnum):
    """What the owners have decided about somebody."""

    ASKED = 0
    LET_IN = 1
    TURNED_AWAY = 2


@dataclass(frozen=True, slots=True)
class Guest:
    """A person, or a group by its negative number, and what they were called when they asked."""

    id: int
    name: str


class Guests:
    """The guests, in a file."""

    def __init__(self, file: MemoryFile) -> None:
        self._file = file

    def knock(self, guest: Guest) -> bool:
        """Record that somebody asks to be let in; False if they have asked before."""
        with self._file.written("a guest"):
            done = self._file.base.execute(
                "INSERT OR IGNORE INTO guests VALUES (?, ?, ?, ?)",
                (guest.id, guest.name, Standing.ASKED, time.time()),
            )
            return done.rowcount == 1
        return False

    def decide(self, number: int, standing: Standing, name: str | None = None) -> Guest:
        """Keep an owner's decision about somebody, for good."""
        known = self._file.rows("SELECT name FROM guests WHERE id = ?", (number,))
        guest = Guest(number, name or (str(known[0][0]) if known else str(number)))
        statement = "INSERT OR REPLACE INTO guests VALUES (?, ?, ?, ?)"
        self._file.write("a guest", statement, number, guest.name, standing, time.time())
        return guest

    def forget(self, number: int) -> None:
        """Forget somebody: they may ask to be let in again."""
        self._file.write("a guest", "DELETE FROM guests WHERE id = ?", number)

    def let_in(self) -> list[Guest]:
        """Return who has been let in, in order."""
        rows = self._file.rows(
            "SELECT id, name FROM guests WHERE standing = ? ORDER BY at, id", (Standing.LET_IN,)
        )
        return [Guest(int(number), str(name)) for number, name in rows]

    def move(self, old: int, new: int) -> bool:
        """Record that a group has a new number; False if that is known."""
        with self._file.written("a group"):
            done = self._file.base.execute("INSERT OR IGNORE INTO moved VALUES (?, ?)", (old, new))
            if done.rowcount == 1:
                self._file.base.execute("UPDATE OR REPLACE guests SET id = ? WHERE id = ?", (new, old))
            return done.rowcount == 1
        return False

    def moved(self) -> dict[int, int]:
        """Return the new numbers of groups by their old ones."""
        return {int(old): int(new) for old, new in self._file.rows("SELECT old, new FROM moved")}

    def tidy(self, days: int) -> None:
        """Forget who was not let in, after this many days."""
        statement = "DELETE FROM guests WHERE standing != ? AND at < ?"
        self._file.write("the tidying", statement, Standing.LET_IN, time.time() - days * _DAY)
