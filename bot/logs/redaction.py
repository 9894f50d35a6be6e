"""Nothing written anywhere carries the token, and one event is one line."""

import re
from typing import Final

MASK: Final = "‹token›"
MOST_BYTES: Final = 4096
_WINDOW = 12
_TOKEN_SHAPED = re.compile(r"\b\d{3,20}:[A-Za-z0-9_-]{30,}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Redactor:
    """Replace secrets in text: any twelve characters in a row of them, shorter ones whole."""

    __slots__ = ("_windows",)

    def __init__(self, *secrets: str) -> None:
        self._windows = frozenset(
            secret[i : i + _WINDOW] for secret in secrets for i in range(max(len(secret) - _WINDOW + 1, 1))
        ) - {""}

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
                hidden[at : at + len(window)] = b"\1" * len(window)
                at = text.find(window, at + 1)
        return re.sub("\0+", MASK, "".join("\0" if h else c for c, h in zip(text, hidden, strict=True)))


def one_line(text: str, most: int = MOST_BYTES) -> str:
    """Escape what breaks or colours a line, and keep only the start and end of one over `most` bytes."""
    text = _CONTROL.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode(), text)
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return text
    half = most // 2 - 8
    return data[:half].decode("utf-8", "ignore") + " […] " + data[-half:].decode("utf-8", "ignore")
