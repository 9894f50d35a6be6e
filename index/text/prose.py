"""Whether a passage is prose: a person wrote it to be read, and it is no encoded data, markup or program."""

import re
from typing import Final

SHORTEST: Final = 300
"""Shorter passages are taken for prose: a formula or an address within a text is part of it."""

GAP: Final = "\u2060[…]\u2060"
"""Stands where something is that cannot be read as text; the joiners tell it from what people write."""

_UNBROKEN: Final = re.compile(r"\S{60,}")
# Scripts that part no words: a long row without a space is how they are written.
_UNPARTED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]"
)
_SIGNS: Final = re.compile(r"[<>{}\[\]=;\\&$_#@^~()/]")
_MOST_UNBROKEN: Final = 0.5
_LEAST_UNPARTED: Final = 0.3
_MOST_SIGNS: Final = 0.12


def is_prose(passage: str) -> bool:
    """Tell whether a passage is prose, in whatever script, by its rows without a space and its signs."""
    size = len(passage)
    if sum(1 for _ in _UNPARTED.finditer(passage)) > _LEAST_UNPARTED * size:
        return True
    if sum(match.end() - match.start() for match in _UNBROKEN.finditer(passage)) > _MOST_UNBROKEN * size:
        return False
    return sum(1 for _ in _SIGNS.finditer(passage)) <= _MOST_SIGNS * size
