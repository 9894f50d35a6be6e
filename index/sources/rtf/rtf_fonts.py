"""The fonts of an RTF file, which say in what encoding their letters are written."""

import codecs

from index.sources.office.symbol_font import symbol
from index.sources.rtf.control_words import ENCODINGS, SYMBOLS

_LONGEST_NAME = 100  # characters


class RtfFonts:
    """Fonts by their numbers, and the encoding of the file for those that name none."""

    def __init__(self) -> None:
        self._sets: dict[int | None, int] = {}
        self._names: dict[int | None, str] = {}
        self._encoding = "cp1252"

    def encode_in(self, word: str, number: int | None) -> None:
        """Take the control word that names the encoding of the file."""
        self._encoding = _known("mac_roman" if word == "mac" else f"cp{number}") or self._encoding

    def charset(self, font: int, number: int) -> None:
        """Take the character set of a font."""
        self._sets[font] = number

    def name(self, font: int, part: str) -> None:
        """Take a part of the name of a font."""
        self._names[font] = (self._names.get(font, "") + part)[:_LONGEST_NAME]

    def decode(self, font: int | None, codes: bytes) -> str:
        """Return what bytes in a font say."""
        if self._sets.get(font) == SYMBOLS:
            return "".join(self.sign(font, 0xF000 + code) for code in codes)
        return codes.decode(ENCODINGS.get(self._sets.get(font, 0)) or self._encoding, "replace")

    def sign(self, font: int | None, code: int) -> str:
        """Return the sign that stands at a place of a font of signs; empty where nobody knows it."""
        return symbol(self._names.get(font, "").rstrip(";"), f"{code:x}") or ""


def _known(encoding: str) -> str | None:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8" if encoding == "cp65001" else None
