"""What the bot remembers across a restart, in one SQLite file of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.telegram.memory.database import MemoryFile
from bot.telegram.memory.given_answers import ANSWERS, Answers
from bot.telegram.memory.guests import GUESTS, Guests
from bot.telegram.memory.inbox import INBOX, Inbox

_OTHERS: Final = """
CREATE TABLE IF NOT EXISTS languages (person INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS notes (
    chat INTEGER, message INTEGER, what TEXT NOT NULL, language TEXT NOT NULL, PRIMARY KEY (chat, message));
CREATE TABLE IF NOT EXISTS days (day TEXT, what TEXT, count INTEGER NOT NULL, PRIMARY KEY (day, what));
"""


class State:
    """The file, opened; used from one thread.

    Attributes:
        inbox: The updates that arrived.
        answers: The answers that were given.
        guests: Whom the owners let in.
    """

    def __init__(self, path: Path) -> None:
        self._file = MemoryFile(path, (INBOX, ANSWERS, GUESTS, _OTHERS))
        self.inbox = Inbox(self._file)
        self.answers = Answers(self._file)
        self.guests = Guests(self._file)

    @property
    def damages(self) -> int:
        """How often the file was damaged, put aside and begun anew."""
        return self._file.damages

    def when_damaged(self, tell: Callable[[], None]) -> None:
        """Have it told when the file is found to be damaged from now on."""
        self._file.on_damage = tell

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def settle(self) -> None:
        """Make lasting what was written lately."""
        self._file.settle()

    def tidy(self, memory_days: int) -> None:
        """Forget what is past its time; never an update that still waits."""
        self.inbox.tidy()
        self.answers.tidy(memory_days)
        self.guests.tidy(memory_days)
        self._file.write("the tidying", "DELETE FROM days WHERE day < date('now', '-400 days')")

    # Notes about changes that go on.

    def keep_note(self, chat: int, message: int, what: str, language: str) -> None:
        """Keep that a message tells about a change that has no end yet."""
        statement = "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)"
        self._file.write("a note", statement, chat, message, what, language)

    def drop_note(self, chat: int, message: int) -> None:
        """Note that the change of a message has ended."""
        self._file.write("a note", "DELETE FROM notes WHERE chat = ? AND message = ?", chat, message)

    def notes(self) -> list[tuple[int, int, str, str]]:
        """Return what is kept: chat, message, what it is about, and the language."""
        found = self._file.rows("SELECT chat, message, what, language FROM notes")
        return [(chat, message, what, language) for chat, message, what, language in found]

    # Languages and counts.

    def language(self, person: int) -> str | None:
        """Return the language a person chose."""
        rows = self._file.rows("SELECT code FROM languages WHERE person = ?", (person,))
        return str(rows[0][0]) if rows else None

    def choose_language(self, person: int, code: str | None) -> None:
        """Keep the language a person chose; None to follow their Telegram again."""
        if code is None:
            self._file.write("a language", "DELETE FROM languages WHERE person = ?", person)
        else:
            self._file.write("a language", "INSERT OR REPLACE INTO languages VALUES (?, ?)", person, code)

    def count(self, what: str, more: int = 1) -> None:
        """Add to today's count of something."""
        with self._file.soon("a count"):
            self._file.base.execute(
                "INSERT INTO days VALUES (date('now'), ?, ?) ON CONFLICT (day, what) "
                "DO UPDATE SET count = count + excluded.count",
                (what, more),
            )

    def counts(self, days: int = 30) -> dict[str, int]:
        """Return the counts of the last days."""
        rows = self._file.rows(
            "SELECT what, SUM(count) FROM days WHERE day > date('now', ?) GROUP BY what", (f"-{days} days",)
        )
        return {what: int(count) for what, count in rows}
