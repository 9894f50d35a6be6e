"""Numbers of lists and headings as word processors write them: IX., b), 二."""

from collections.abc import Callable
from typing import TypeVar

Default = TypeVar("Default")
_LARGEST = 1_000_000  # no list is longer, whatever number a file claims
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_HAN = "〇一二三四五六七八九"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


def small_number(text: str | None, default: Default) -> int | Default:
    """Return what an attribute says as a number of fewer than seven digits, else the default."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else default


def written(count: int, how: str) -> str:
    """Return a number in a format of Word, given by its name there; in figures for rare formats."""
    write = _FORMATS.get(how)
    return write(count) if write and 0 < count < _LARGEST else str(count) if how != "none" else ""


def _roman(count: int) -> str:
    written = ""
    if count >= 10_000:
        return str(count)
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def _lettered(count: int, letters: str) -> str:
    """Return a, b, c and after the last letter aa, bb, cc, as Word goes on."""
    times, place = divmod(count - 1, len(letters))
    return letters[place] * (times + 1) if times < 30 else str(count)


def _ordinal(count: int) -> str:
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _han(count: int) -> str:
    if count >= 100:
        return "".join(_HAN[int(digit)] for digit in str(count))
    tens, ones = divmod(count, 10)
    first = (_HAN[tens] if tens > 1 else "") + "十" if tens else ""
    return first + (_HAN[ones] if ones or not tens else "")


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": lambda count: _lettered(count, _LATIN).upper(),
    "lowerLetter": lambda count: _lettered(count, _LATIN),
    "russianUpper": lambda count: _lettered(count, _RUSSIAN).upper(),
    "russianLower": lambda count: _lettered(count, _RUSSIAN),
    "ordinal": _ordinal,
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "decimalEnclosedCircle": lambda count: chr(0x2460 + count - 1) if count <= 20 else str(count),
    "decimalFullWidth": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "ideographDigital", "koreanDigital2"),
        _han,
    ),
}  # fmt: skip
