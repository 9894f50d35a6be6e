"""The log of questions that found no answer: one JSON line each, for the owner, forgotten after its days."""

import datetime as dt
import json
import logging
import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_LOG: Final = logging.getLogger("trichdan.telegram")
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Who asked; written down only when the owner has switched that on."""

    id: int
    name: str


class Unanswered:
    """The file `unanswered.jsonl`: when, what, in which language, and which kind of failure.

    `kind` is "nothing" where nothing was found, "not_helpful" where something was and a person said that it
    did not answer: the second tells more about the collection's gaps.
    """

    def __init__(self, path: Path, days: int, names: bool) -> None:
        self._path = path
        self._days = days
        self._names = names

    def add(
        self, kind: str, question: str, language: str, asker: AskedBy, now: dt.datetime | None = None
    ) -> None:
        """Append a question; the disk being full costs the line and nothing else."""
        if self._days == 0:
            return
        line: dict[str, Any] = {
            "at": (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds"),
            "kind": kind,
            "language": language,
            "question": question[:_LONGEST],
        }
        if self._names:
            line |= {"user": asker.id, "name": asker.name}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8", errors="replace") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            _LOG.error("an unanswered question could not be kept: %s", error.strerror)

    def recent(self, count: int = 10) -> list[str]:
        """Return the last questions, newest first."""
        last: deque[dict[str, Any]] = deque(self._lines(), maxlen=count)
        return [str(line.get("question", "")) for line in reversed(last)]

    def forget_old(self, now: dt.datetime | None = None) -> None:
        """Drop what is older than its days; the file is replaced whole or not at all."""
        if not self._path.exists():
            return
        oldest = ((now or dt.datetime.now(dt.UTC)) - dt.timedelta(days=self._days)).isoformat(
            timespec="seconds"
        )
        lines = list(self._lines())
        kept = [line for line in lines if str(line.get("at", "")) >= oldest]
        if len(kept) == len(lines):
            return
        fresh = self._path.with_suffix(".new")
        try:
            with fresh.open("w", encoding="utf-8") as file:
                file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in kept)
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(0o600)
            fresh.replace(self._path)
        except OSError as error:
            _LOG.error("old unanswered questions could not be dropped: %s", error.strerror)

    def _lines(self) -> list[dict[str, Any]]:
        """Read the file; a line cut off by a kill is passed over."""
        try:
            text = self._path.read_text("utf-8", "replace")
        except OSError:
            return []
        lines = []
        for raw in text.split("\n"):
            try:
                line = json.loads(raw)
            except ValueError:
                continue
            if isinstance(line, dict):
                lines.append(line)
        return lines
