"""Values of an update, held to their form: nothing behind meets what no database takes. Pure."""

import re
from typing import Final

_LONGEST_TEXT: Final = 4096
_SURROGATES: Final = re.compile("[\ud800-\udfff]+")
_NUMBERS: Final = range(-(1 << 62), 1 << 62)


def number(value: object) -> int:
    """Return a whole number that can be stored."""
    if type(value) is not int:
        raise TypeError("a whole number is something else")
    if value not in _NUMBERS:
        raise ValueError("a number is beyond all bounds")
    return value


def text(value: object) -> str:
    """Return a text that can be stored and sent, no longer than a message."""
    if not isinstance(value, str):
        raise TypeError("a text is something else")
    return _SURROGATES.sub("\ufffd", value[:_LONGEST_TEXT])


def perhaps_number(value: object) -> int | None:
    """Return a number, or None for None."""
    return None if value is None else number(value)


def perhaps_text(value: object) -> str | None:
    """Return a text, or None for None."""
    return None if value is None else text(value)
