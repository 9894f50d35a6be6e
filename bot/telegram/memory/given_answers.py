"""The answers given, as their buttons, edits and replies need them."""

import json
import math
import time
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram.memory.database import MemoryFile

_MOST_ANSWERS: Final = 50_000
_DAY: Final = 86_400.0
_MOST_LOOKED_AT: Final = 1000
ANSWERS: Final = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, chat INTEGER NOT NULL, asker INTEGER NOT NULL, asked_in INTEGER NOT NULL,
    messages TEXT NOT NULL, question TEXT NOT NULL, understood INTEGER NOT NULL, generation TEXT NOT NULL,
    view TEXT NOT NULL, language TEXT NOT NULL, verdict TEXT, at REAL NOT NULL,
    subject INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS asked (key TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS answers_asked ON answers (chat, asked_in);
CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
CREATE INDEX IF NOT EXISTS answers_talk ON answers (chat, asker, at);
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
        asked: The question as it was written, where it is to be kept; read it by `Answers.asked`.

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
    asked: str | None = None


class Answers:
    """The answers, in a file."""

    def __init__(self, file: MemoryFile) -> None:
        self._file = file

    def remember(self, answer: Remembered) -> None:
        """Keep an answer, or what has changed in it; one that is no longer a subject stays so."""
        with self._file.soon("an answer"):
            self._file.base.execute(
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

            if answer.asked is not None:
                self._file.base.execute(
                    "INSERT OR REPLACE INTO asked VALUES (?, ?)", (answer.key, answer.asked)
                )

    def asked(self, key: str) -> str | None:
        """Return the question as it was written, where that is known."""
        row = self._file.base.execute("SELECT text FROM asked WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def answer(self, key: str, chat: int) -> Remembered | None:
        """Look up an answer by its key; only in the chat it was given in."""
        return self._one("key = ? AND chat = ?", key, chat)

    def answer_to(self, chat: int, message: int) -> Remembered | None:
        """Look up the answer to a message."""
        return self._one("chat = ? AND asked_in = ? ORDER BY at DESC", chat, message)

    def answer_in(self, chat: int, message: int) -> Remembered | None:
        """Look up the answer that one of the bot's messages belongs to."""
        # A message of the bot comes after what asked for it, in most cases soon: few answers are looked at.
        return self._one(
            "key IN (SELECT key FROM answers WHERE chat = ? AND asked_in < ? ORDER BY asked_in DESC LIMIT ?) "
            "AND EXISTS (SELECT 1 FROM json_each(messages) WHERE value = ?) ORDER BY at DESC",
            chat,
            message,
            _MOST_LOOKED_AT,
            message,
        )

    def talk(
        self, chat: int, person: int, not_before: float, before: float = math.inf, most: int = 4
    ) -> list[Remembered]:
        """Look up what a person asked in a chat before a time, latest first, unless long ago or forgotten.

        What has been prepared and not been answered is not part of it.
        """
        return self._some(
            "chat = ? AND asker = ? AND at > ? AND at < ? AND subject = 1 AND generation != '' "
            "ORDER BY at DESC",
            *(chat, person, not_before, before),
            most=most,
        )

    def forget_talk(self, chat: int, person: int) -> None:
        """Let nothing said so far be a subject; the buttons of the answers keep working."""
        statement = "UPDATE answers SET subject = 0 WHERE chat = ? AND asker = ?"
        self._file.write("a talk", statement, chat, person)

    def move(self, old: int, new: int) -> None:
        """Move the answers of a group to its new number, where its messages have other numbers."""
        statement = "UPDATE answers SET chat = ?, asked_in = 0, messages = '[]' WHERE chat = ?"
        self._file.write("a group", statement, new, old)

    def _one(self, where: str, *values: object) -> Remembered | None:
        return next(iter(self._some(where, *values, most=1)), None)

    def _some(self, where: str, *values: object, most: int) -> list[Remembered]:
        rows = self._file.rows(f"SELECT * FROM answers WHERE {where} LIMIT {most}", values)  # noqa: S608 - our own words
        try:
            return [_read(row) for row in rows]
        except (ValueError, TypeError) as error:
            self._file.failed("an answer", "read", error)
            return []

    def tidy(self, days: int) -> None:
        """Forget what is older than this many days, and what is too much."""
        with self._file.written("the tidying"):
            self._file.base.execute("DELETE FROM answers WHERE at < ?", (time.time() - days * _DAY,))
            self._file.base.execute(
                "DELETE FROM answers WHERE key IN "
                "(SELECT key FROM answers ORDER BY at DESC LIMIT -1 OFFSET ?)",
                (_MOST_ANSWERS,),
            )
            self._file.base.execute("DELETE FROM asked WHERE key NOT IN (SELECT key FROM answers)")


def _read(row: tuple[Any, ...]) -> Remembered:
    """Return a row as an answer; raises a ValueError or TypeError for one that was never written so."""
    shown, opened, related = json.loads(row[8])
    numbers = [row[1], row[2], row[3], shown, *json.loads(row[4]), *opened]
    texts = [row[0], row[5], row[7], row[9]]
    if not all(type(each) is int for each in numbers) or not all(type(each) is str for each in texts):
        raise TypeError("an answer has values of other kinds")
    return Remembered(
        key=row[0], chat=row[1], asker=row[2], asked_in=row[3], messages=tuple(json.loads(row[4])),
        question=row[5], understood=bool(row[6]), generation=row[7], view=(shown, tuple(opened), related),
        language=row[9], verdict=row[10], at=float(row[11]),
    )  # fmt: skip
