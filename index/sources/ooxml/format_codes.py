"""Codes of the number formats of Excel, taken apart; pure."""

import re
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
}  # fmt: skip
"""Formats that a file names by number only; the days and times of 14 and 22 are those of the computer."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+)|(?P<power>E[+-])"
    r"|(?P<figure>[0#?])|(?P<mark>[.,%/@;])|(?P<literal>[-$+():!^&'~{}<>= ]|[^\x00-\x7f])",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+)", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)")
"""A sign and a bound."""
_LOCAL = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f]{1,4}))?")
_OF_THE_COMPUTER = frozenset({0xF400, 0xF800})
_ENGLISH = 9
_LONGEST = 255


class FormatPart(NamedTuple):
    """A part of a code.

    Attributes:
        kind: "literal" where it stands for itself; "foreign" where names are in a language that is not known
            here; else what the code calls for: "figure", "date", "elapsed", "half", "power", "general",
            "condition", "mark".
        text: What it is in the code.
    """

    kind: str
    text: str


Section = tuple[FormatPart, ...]
"""What a code has for some of the values."""


class UnknownFormatError(Exception):
    """A format that is not known here, or does not fit the value."""


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[Section, ...]:
    """Return the sections of a code: for positive numbers, negative ones, zero, text; fewer for all.

    Raises:
        UnknownFormatError: Something in it is not known here, or is another on each computer.
    """
    if len(code) > _LONGEST:
        raise UnknownFormatError
    sections: list[list[FormatPart]] = [[]]
    place = 0
    while place < len(code):
        match = _TOKEN.match(code, place)
        if match is None:
            raise UnknownFormatError
        place = match.end()
        kind = match.lastgroup or ""
        text = match[kind]
        if text == ";" and kind == "mark":
            sections.append([])
        elif kind == "bracket":
            sections[-1] += _bracket(text)
        elif kind in ("quoted", "escaped", "literal"):
            sections[-1].append(FormatPart("literal", text))
        elif kind in ("width", "fill"):  # white space to the width of a letter, or of the cell
            sections[-1].append(FormatPart("literal", " "))
        else:
            sections[-1].append(FormatPart(kind, text.lower() if kind == "date" else text))
    return tuple(map(tuple, sections))


def _bracket(text: str) -> list[FormatPart]:
    if _COLOUR.fullmatch(text):
        return []
    if text and text.lower() in ("h" * len(text), "m" * len(text), "s" * len(text)):
        return [FormatPart("elapsed", text.lower())]
    if CONDITION.fullmatch(text):
        return [FormatPart("condition", text)]
    local = _LOCAL.fullmatch(text)
    if local is None:
        raise UnknownFormatError
    language = int(local[2] or "409", 16)
    if language in _OF_THE_COMPUTER:
        raise UnknownFormatError
    return [FormatPart("literal", local[1])] + [FormatPart("foreign", "")] * (language & 0x3FF != _ENGLISH)
