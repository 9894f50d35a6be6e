"""What the bot remembers across a restart, in one SQLite file of its own.

`updates` is the inbox: an update is written down before Telegram is told that it arrived, and marked as
begun right before anything is sent about it. So after a kill the others are still answered, the one that was
being sent is not answered twice, and what Telegram delivers again is recognised. The text goes when it is
begun. One that took the process down twice is passed over.
"""

import asyncio
import contextlib
import json
import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_LOG: Final = logging.getLogger("trichdan.telegram")
_REMEMBERED: Final = 10_000
_MOST_ANSWERS: Final = 50_000
_MOST_TRIES: Final = 2
_SOON_S: Final = 0.2
_DAY: Final = 86_400.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS updates (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, at REAL NOT NULL, payload TEXT,
    tries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, chat INTEGER NOT NULL, asker INTEGER NOT NULL, asked_in INTEGER NOT NULL,
    messages TEXT NOT NULL, question TEXT NOT NULL, understood INTEGER NOT NULL, generation TEXT NOT NULL,
    view TEXT NOT NULL, language TEXT NOT NULL, verdict TEXT, at REAL NOT NULL,
    subject INTEGER NOT NULL DEFAULT 1);
CREATE INDEX IF NOT EXISTS answers_asked ON answers (chat, asked_in);
CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
CREATE INDEX IF NOT EXISTS answers_talk ON answers (chat, asker, at);
CREATE TABLE IF NOT EXISTS languages (person INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS notes (
    chat INTEGER, message INTEGER, what TEXT NOT NULL, language TEXT NOT NULL, PRIMARY KEY (chat, message));
CREATE TABLE IF NOT EXISTS days (day TEXT, what TEXT, count INTEGER NOT NULL, PRIMARY KEY (day, what));
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer as its buttons, edits and replies need it.

    Attributes:
        key: What its buttons carry.
        chat: Where it stands.
        asker: Who asked.
        asked_in: The message that asked.
        messages: The messages of the bot that make up the answer.
        question: What was searched for.
        understood: Whether that is a follow-up, put together from what was asked and the talk.
        generation: Which generation answered.
        view: How many quotes are shown, which neighbours are open, whether "perhaps related" is.
        language: In which the bot spoke.
        verdict: "helpful", "not_helpful" or None.
        at: When, in seconds of the epoch.

    """

    key: str
    chat: int
    asker: int
    asked_in: int
    messages: tuple[int, ...]
    question: str
    understood: bool
    generation: str
    view: tuple[int, tuple[int, ...], bool] = (3, (), False)
    language: str = "vi"
    verdict: str | None = None
    at: float = 0.0


class State:
    """The file, opened; used from one thread. A file that cannot be read is put aside, not trusted."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = _open(path)
        except sqlite3.DatabaseError:
            aside = path.with_suffix(".damaged")
            _LOG.warning("the bot's memory could not be read and was put aside as %s", aside.name)
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            path.replace(aside)
            self._base = _open(path)
        self._unwritten: dict[int, None] = {}
        self._settling: asyncio.TimerHandle | None = None

    def close(self) -> None:
        """Close the file."""
        if self._settling is not None:
            self._settling.cancel()
        self.settle()
        self._base.close()

    def settle(self) -> None:
        """Make lasting what was written lately; anything else that is made lasting does it as well."""
        with self._written("an answer"):
            pass

    # The inbox.

    def arrived(self, update: int, payload: dict[str, Any], now: float | None = None) -> bool:
        """Write down an update; False when it is known already."""
        return self.arrive([(update, payload)], now) == [update]

    def arrive(self, updates: Sequence[tuple[int, dict[str, Any]]], now: float | None = None) -> list[int]:
        """Write down updates, all at once; return the numbers of those that were not known."""
        at = time.time() if now is None else now
        new = {number: payload for number, payload in reversed(updates) if number not in self._unwritten}
        numbers = dict.fromkeys(number for number, _ in updates if number in new)
        try:
            with self._base:
                return [number for number in numbers if self._insert(number, new[number], at)]
        except sqlite3.Error as error:
            # A full disk must not silence the bot: it goes on, remembering in memory only.
            _LOG.error("the inbox could not be written: %s", error)
            fresh = [number for number in numbers if not self._knows(number)]
            self._unwritten |= dict.fromkeys(fresh)
            while len(self._unwritten) > _REMEMBERED:
                del self._unwritten[next(iter(self._unwritten))]
            return fresh

    def _insert(self, update: int, payload: dict[str, Any], at: float) -> bool:
        done = self._base.execute(
            "INSERT OR IGNORE INTO updates (id, at, payload) VALUES (?, ?, ?)",
            (update, at, json.dumps(payload, ensure_ascii=False)),
        )
        return done.rowcount == 1

    def _knows(self, update: int) -> bool:
        try:
            return bool(self._base.execute("SELECT 1 FROM updates WHERE id = ?", (update,)).fetchone())
        except sqlite3.Error:
            return False

    def attempt(self, update: int) -> bool:
        """Count an attempt at an update; False when it has been tried too often."""
        with self._written("the inbox"):
            rows = self._base.execute(
                "UPDATE updates SET tries = tries + 1 WHERE id = ? RETURNING tries", (update,)
            ).fetchall()
            return all(tries <= _MOST_TRIES for (tries,) in rows)
        return True

    def begun(self, update: int) -> None:
        """Mark an update as begun: it is never begun again. Its text is dropped."""
        with self._written("the inbox"):
            self._base.execute("UPDATE updates SET payload = NULL WHERE id = ?", (update,))

    def waiting(self) -> list[dict[str, Any]]:
        """Return the updates that arrived and were not begun, in the order of their arrival."""
        rows = self._base.execute("SELECT payload FROM updates WHERE payload IS NOT NULL ORDER BY arrival")
        return [json.loads(payload) for (payload,) in rows]

    # Answers.

    def remember(self, answer: Remembered) -> None:
        """Keep an answer, or what has changed of it; one that is no subject any more stays so."""
        with self._soon("an answer"):
            self._base.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (key) "
                "DO UPDATE SET (chat, asker, asked_in, messages, question, understood, generation, view, "
                "language, verdict, at) = (excluded.chat, excluded.asker, excluded.asked_in, "
                "excluded.messages, excluded.question, excluded.understood, excluded.generation, "
                "excluded.view, excluded.language, excluded.verdict, excluded.at)",
                (
                    answer.key,
                    answer.chat,
                    answer.asker,
                    answer.asked_in,
                    json.dumps(answer.messages),
                    answer.question,
                    answer.understood,
                    answer.generation,
                    json.dumps(answer.view),
                    answer.language,
                    answer.verdict,
                    answer.at or time.time(),
                ),
            )

    def answer(self, key: str, chat: int) -> Remembered | None:
        """Look up an answer by its key; only in the chat it was given in."""
        return self._one("key = ? AND chat = ?", key, chat)

    def answer_to(self, chat: int, message: int) -> Remembered | None:
        """Look up the answer to a message."""
        return self._one("chat = ? AND asked_in = ? ORDER BY at DESC", chat, message)

    def answer_in(self, chat: int, message: int) -> Remembered | None:
        """Look up the answer that one of the bot's messages belongs to."""
        return self._one(
            "chat = ? AND EXISTS (SELECT 1 FROM json_each(messages) WHERE value = ?) ORDER BY at DESC",
            chat,
            message,
        )

    def talk(self, chat: int, person: int, not_before: float) -> Remembered | None:
        """Look up what a person asked last in a chat, unless that is long ago or forgotten."""
        return self._one(
            "chat = ? AND asker = ? AND at > ? AND subject = 1 ORDER BY at DESC", chat, person, not_before
        )

    def forget_talk(self, chat: int, person: int) -> None:
        """Let nothing said so far be a subject any more; the buttons of the answers go on working."""
        with self._written("a talk"):
            self._base.execute("UPDATE answers SET subject = 0 WHERE chat = ? AND asker = ?", (chat, person))

    def _one(self, where: str, *values: object) -> Remembered | None:
        row = self._base.execute(f"SELECT * FROM answers WHERE {where} LIMIT 1", values).fetchone()  # noqa: S608 - our own words
        if row is None:
            return None
        shown, opened, related = json.loads(row[8])
        return Remembered(
            key=row[0], chat=row[1], asker=row[2], asked_in=row[3], messages=tuple(json.loads(row[4])),
            question=row[5], understood=bool(row[6]), generation=row[7], view=(shown, tuple(opened), related),
            language=row[9], verdict=row[10], at=row[11],
        )  # fmt: skip

    # Notes about changes that go on.

    def keep_note(self, chat: int, message: int, what: str, language: str) -> None:
        """Keep that a message tells about a change that has no end yet."""
        with self._written("a note"):
            self._base.execute(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)", (chat, message, what, language)
            )

    def drop_note(self, chat: int, message: int) -> None:
        """Note that the change of a message has ended."""
        with self._written("a note"):
            self._base.execute("DELETE FROM notes WHERE chat = ? AND message = ?", (chat, message))

    def notes(self) -> list[tuple[int, int, str, str]]:
        """Return what is kept: chat, message, what it is about, and the language."""
        return list(self._base.execute("SELECT chat, message, what, language FROM notes"))

    # Languages and counts.

    def language(self, person: int) -> str | None:
        """Return the language a person chose."""
        row = self._base.execute("SELECT code FROM languages WHERE person = ?", (person,)).fetchone()
        return None if row is None else str(row[0])

    def choose_language(self, person: int, code: str | None) -> None:
        """Keep the language a person chose; None to follow their Telegram again."""
        with self._written("a language"):
            if code is None:
                self._base.execute("DELETE FROM languages WHERE person = ?", (person,))
            else:
                self._base.execute("INSERT OR REPLACE INTO languages VALUES (?, ?)", (person, code))

    def count(self, what: str, more: int = 1) -> None:
        """Add to today's count of something."""
        with self._soon("a count"):
            self._base.execute(
                "INSERT INTO days VALUES (date('now'), ?, ?) ON CONFLICT (day, what) "
                "DO UPDATE SET count = count + excluded.count",
                (what, more),
            )

    def counts(self, days: int = 30) -> dict[str, int]:
        """Return the counts of the last days."""
        rows = self._base.execute(
            "SELECT what, SUM(count) FROM days WHERE day > date('now', ?) GROUP BY what", (f"-{days} days",)
        )
        return {what: int(count) for what, count in rows}

    def tidy(self, memory_days: int) -> None:
        """Forget what is past its time; never an update that still waits."""
        with self._written("the tidying"):
            self._base.execute(
                "DELETE FROM updates WHERE payload IS NULL "
                "AND arrival <= (SELECT MAX(arrival) FROM updates) - ?",
                (_REMEMBERED,),
            )
            self._base.execute("DELETE FROM answers WHERE at < ?", (time.time() - memory_days * _DAY,))
            self._base.execute(
                "DELETE FROM answers WHERE key IN "
                "(SELECT key FROM answers ORDER BY at DESC LIMIT -1 OFFSET ?)",
                (_MOST_ANSWERS,),
            )
            self._base.execute("DELETE FROM days WHERE day < date('now', '-400 days')")

    @contextlib.contextmanager
    def _soon(self, what: str) -> Iterator[None]:
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
    def _written(self, what: str) -> Iterator[None]:
        try:
            with self._base:
                yield
        except sqlite3.Error as error:
            _LOG.error("%s could not be written: %s", what, error)


def _open(path: Path) -> sqlite3.Connection:
    """Open the file; a kill loses nothing written, a power cut at most the last moments."""
    base = sqlite3.connect(path, timeout=2, cached_statements=64)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA trusted_schema = OFF")
        base.executescript(_SCHEMA)
        base.execute("SELECT COUNT(*) FROM answers").fetchone()
    except sqlite3.DatabaseError:
        base.close()
        raise
    path.chmod(0o600)
    return base
