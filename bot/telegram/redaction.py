"""Nothing written anywhere carries the token, and one event is one line.

The last step before the stream does it, on the finished text, so that it holds for every library, for
exception texts and for tracebacks. (A filter on a logger would miss its children; one on the record would
miss the traceback.)
"""

import asyncio
import logging
import re
import sys
import threading
from types import TracebackType
from typing import Any, Final, TextIO

MASK: Final = "‹token›"
MOST_BYTES: Final = 4096
_WINDOW = 12
_TOKEN_SHAPED = re.compile(r"\b\d{3,20}:[A-Za-z0-9_-]{30,}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Redactor:
    """Replace secrets in text: whole, halved, and any twelve characters in a row of them."""

    __slots__ = ("_windows",)

    def __init__(self, *secrets: str) -> None:
        self._windows = frozenset(
            secret[i : i + _WINDOW] for secret in secrets for i in range(len(secret) - _WINDOW + 1)
        )

    def __repr__(self) -> str:
        return "Redactor(…)"

    def __call__(self, text: str) -> str:
        """Return the text without secrets."""
        if ":" in text:
            text = _TOKEN_SHAPED.sub(MASK, text)
        hits = [window for window in self._windows if window in text]
        if not hits:
            return text
        hidden = bytearray(len(text))
        for window in hits:
            at = text.find(window)
            while at >= 0:
                hidden[at : at + _WINDOW] = b"\1" * _WINDOW
                at = text.find(window, at + 1)
        return re.sub("\0+", MASK, "".join("\0" if h else c for c, h in zip(text, hidden, strict=True)))


class LineFormatter(logging.Formatter):
    """Format a record as one line of at most 4 KiB without secrets and control characters."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line."""
        record.exc_text = None
        return one_line(self._redact(super().format(record)))


def one_line(text: str) -> str:
    """Escape what breaks or colours a line, and keep start and end of one that is too long."""
    text = _CONTROL.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode(), text)
    data = text.encode("utf-8", "replace")
    if len(data) <= MOST_BYTES:
        return text
    half = MOST_BYTES // 2 - 8
    return data[:half].decode("utf-8", "ignore") + " […] " + data[-half:].decode("utf-8", "ignore")


def install(redact: Redactor, level: int, stream: TextIO | None = None) -> None:
    """Send all logging, warnings and uncaught exceptions of the process through the redactor."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(redact))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in ("httpx", "httpcore", "telegram"):
        # They tell of every request, with its address; only --debug asks for that.
        logging.getLogger(name).setLevel(logging.NOTSET if level <= logging.DEBUG else logging.WARNING)
    logging.captureWarnings(capture=True)
    log = logging.getLogger("trichdan")

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("uncaught exception", exc_info=(kind, error, trace))

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
    sys.unraisablehook = lambda args: log.error("unraisable: %r", args.exc_value)


def loop_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Log exceptions that no task retrieved, without the repr of the objects they are about."""

    def handle(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        logging.getLogger("trichdan").error(
            "%s", context.get("message", "error in the event loop"), exc_info=error
        )

    loop.set_exception_handler(handle)
