"""The log of questions that found no answer: one JSON line each, for the owner, deleted after some days."""

import datetime as dt
import json
import logging
import os
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from bot.system.private import private_file, private_folder

_LOG: Final = logging.getLogger(__name__)
_LONGEST: Final = 2000
_LONGEST_LINE: Final = 16 << 10  # in bytes: a question of that length in JSON, a name and what belongs to it


class Unanswered:
    """The file `unanswered.jsonl`: when, what, in which language, and which kind of failure.

    `kind` is "nothing" where nothing was found, "not_helpful" where something was and a person said that it
    did not answer: the second tells more about the collection's gaps.
    """

    def __init__(self, path: Path, days: int, names: bool) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.keep(days, names)

    def keep(self, days: int, names: bool) -> None:
        """Keep questions for so many days from now on, with or without who asked."""
        self._days = days
        self._names = names

    def add(
        self, kind: str, question: str, language: str, asker: int, name: str, now: dt.datetime | None = None
    ) -> bool:
        """Append a question; tell whether it was kept: a full disk costs the line and nothing else.

        The number and the name of the asker are recorded only if the owner has switched that on.
        """
        if self._days == 0:
            return False
        line: dict[str, Any] = {
            "at": (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds"),
            "kind": kind,
            "language": language,
            "question": question[:_LONGEST],
        }
        if self._names:
            line |= {"user": asker, "name": name}
        try:
            private_folder(self._path.parent)
            written = f"{json.dumps(line, ensure_ascii=False)}\n".encode("utf-8", "replace")
            # The lock is held for moments only, also by `forget_old`.
            with self._lock, os.fdopen(private_file(self._path, os.O_WRONLY | os.O_APPEND), "ab") as file:
                file.write(written)
        except OSError as error:
            _LOG.error("an unanswered question could not be kept: %s", error.strerror)
            return False
        return True

    def recent(self, count: int = 10) -> list[str]:
        """Return the last questions, newest first, from the end of the file, however long it is."""
        try:
            with self._path.open("rb") as file:
                file.seek(max(file.seek(0, os.SEEK_END) - count * _LONGEST_LINE, 0))
                tail = file.read(count * _LONGEST_LINE).split(b"\n")
        except OSError:
            return []
        last = deque((line for raw in tail if (line := _read(raw)) is not None), maxlen=count)
        return [str(line.get("question", "")) for line in reversed(last)]

    def forget_old(self, now: dt.datetime | None = None) -> None:
        """Drop what is too old; the file is replaced whole or not at all.

        Reads line by line, so a long file needs no memory; may be called in a thread of its own.
        """
        oldest = ((now or dt.datetime.now(dt.UTC)) - dt.timedelta(days=self._days)).isoformat(
            timespec="seconds"
        )
        fresh = self._path.with_suffix(".new")
        try:
            if not self._path.exists() or not self._holds_older(oldest):
                return
            with self._path.open("rb") as held, os.fdopen(_emptied(fresh), "wb") as file:
                file.writelines(raw for raw in _lines(held) if _is_kept(raw, oldest))
                file.flush()
                os.fsync(file.fileno())
                with self._lock:  # what has been added meanwhile
                    file.writelines(raw for raw in _lines(held) if _is_kept(raw, oldest))
                    file.flush()
                    fresh.replace(self._path)
        except OSError as error:
            _LOG.error("old unanswered questions could not be dropped: %s", error.strerror)

    def _holds_older(self, oldest: str) -> bool:
        with self._path.open("rb") as held:
            return not all(_is_kept(raw, oldest) for raw in _lines(held))


def _lines(held: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one that is too long, as a power cut may leave behind, pieces that are none."""
    while line := held.readline(_LONGEST_LINE):
        yield line


def _emptied(path: Path) -> int:
    return private_file(path, os.O_WRONLY | os.O_TRUNC)


def _is_kept(raw: bytes, oldest: str) -> bool:
    line = _read(raw)
    return line is not None and str(line.get("at", "")) >= oldest


def _read(raw: bytes) -> dict[str, Any] | None:
    """Read a line; None for one that was cut off by a kill."""
    try:
        line = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None
