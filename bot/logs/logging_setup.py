"""Set up the log: its level, its format, and the redactor that every line goes through.

Redacting is the last step before the stream, on the finished text, so that it holds for every library, for
exception texts and for tracebacks. (A filter on a logger would miss its children; one on the record would
miss the traceback.)
"""

import datetime as dt
import json
import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO

from bot.logs.redaction import MOST_BYTES, Redactor, one_line

if TYPE_CHECKING:
    import asyncio

LogFormat = Literal["text", "json"]

PACKAGES: Final = ("index", "retrieval", "bot", "trichdan")
"""Ours; their modules log under their own names."""

_LOG: Final = logging.getLogger(__name__)
_MOST_OF_A_FIELD: Final = 1536
_LEAST_OF_A_FIELD: Final = (
    384  # four of them fit into a line of 4 KiB even where JSON escapes every character
)


class LineFormatter(logging.Formatter):
    """Format a record as one line of at most 4 KiB without secrets and control characters."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line."""
        record.exc_text = None
        return one_line(self._redact(super().format(record)))


class JsonFormatter(logging.Formatter):
    """Format a record as a JSON object on one line: time, level, logger, message, and the error if any."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line."""
        line = self._line(record, _MOST_OF_A_FIELD)
        return line if len(line.encode()) <= MOST_BYTES else self._line(record, _LEAST_OF_A_FIELD)

    def _line(self, record: logging.LogRecord, most: int) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        fields = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        if record.stack_info:
            fields["stack"] = record.stack_info
        plain = {name: one_line(self._redact(text), most) for name, text in fields.items()}
        return json.dumps(plain, ensure_ascii=False)


_FORMATTERS: Final = {"text": LineFormatter, "json": JsonFormatter}


def install(
    redact: Redactor, level: int, stream: TextIO | None = None, log_format: LogFormat = "text"
) -> None:
    """Send all logging, warnings and uncaught exceptions of the process through the redactor.

    Other libraries are heard from WARNING on; at DEBUG they log every request, with its address.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_FORMATTERS[log_format](redact))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level if level <= logging.DEBUG else max(level, logging.WARNING))
    for name in PACKAGES:
        logging.getLogger(name).setLevel(level)
    logging.getLogger("telegram").setLevel(logging.WARNING)  # at DEBUG it writes out messages
    logging.captureWarnings(capture=True)

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _LOG.critical("uncaught exception", exc_info=(kind, error, trace))

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
    sys.unraisablehook = lambda args: _LOG.error("unraisable: %r", args.exc_value)


def log_loop_errors(loop: "asyncio.AbstractEventLoop") -> None:
    """Log exceptions that no task retrieved, without the repr of the objects they are about."""

    def handle(_: "asyncio.AbstractEventLoop", context: dict[str, Any]) -> None:
        error = context.get("exception")
        _LOG.error("%s", context.get("message", "error in the event loop"), exc_info=error)

    loop.set_exception_handler(handle)


def level_of(name: str | None, usual: int) -> int:
    """Return the level that a setting names, or the usual one where it names none."""
    return logging.getLevelNamesMapping()[name.upper()] if name else usual
