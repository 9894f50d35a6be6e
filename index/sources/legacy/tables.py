"""The encodings themselves: what each Vietnamese letter is in TCVN3 (ABC), VNI and VIQR, and back."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

# TCVN 5712:1993 (VN1), bytes 0x80 to 0xFF; the fonts .VnTime have the same letters from 0xA1 on.
_TCVN3_UPPER_HALF = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3_CONTROLS = {
    0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ", 0x11: "Ứ", 0x12: "Ự",
    0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ",
}  # fmt: skip
TCVN3 = dict(enumerate(_TCVN3_UPPER_HALF, 0x80)) | _TCVN3_CONTROLS
"""Byte → letter."""

# VNI for Windows writes the letter of the alphabet, then a sign for what stands above and below it.
_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HATS = dict(zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_BREVES = dict(zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"

VIQR_TONES = dict(zip("'`?~.", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VOWELS = "aăâeêioôơuưy"


def _compose(letters: str) -> str:
    return unicodedata.normalize("NFC", letters)


def _vni() -> dict[str, str]:
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for vowel in "aeouy":
        table |= {vowel + sign: _compose(vowel + tone) for sign, tone in _TONES.items()}
    del table["yï"]  # has a letter of its own
    for base, letter in (("ô", "ơ"), ("ö", "ư")):
        table |= {base + sign: _compose(letter + tone) for sign, tone in _TONES.items()}
    for vowel in "aeo":
        table[f"{vowel}â"] = _compose(vowel + _CIRCUMFLEX)
        table |= {vowel + sign: _compose(vowel + _CIRCUMFLEX + tone) for sign, tone in _HATS.items()}
    table["aê"] = "ă"
    table |= {f"a{sign}": _compose("a" + _BREVE + tone) for sign, tone in _BREVES.items()}
    return table


def _in_capitals(table: Mapping[str, str]) -> dict[str, str]:
    """Add capitals, also those whose sign was left small."""
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in table.items()}
    return {**table, **mixed, **{key.upper(): value.upper() for key, value in table.items()}}


VNI = _in_capitals(_vni())
"""What stands in the text → letter; what is longest is meant."""


def _viqr() -> dict[str, str]:
    marks = {"ă": "a(", "â": "a^", "ê": "e^", "ô": "o^", "ơ": "o+", "ư": "u+"}
    table = {"dd": "đ", "Dd": "Đ", "DD": "Đ", "dD": "đ"}
    for vowel in _VOWELS:
        written = marks.get(vowel, vowel)
        if vowel in marks:
            table |= {written: vowel, written.upper(): vowel.upper()}
        for sign, tone in VIQR_TONES.items():
            letter = _compose(vowel + tone)
            table |= {written + sign: letter, written.upper() + sign: letter.upper()}
    return table


VIQR = _viqr()
"""What stands in the text → letter, by RFC 1456."""

_CP1252 = {bytes([code]).decode("cp1252", "ignore"): code for code in range(0x80, 0xA0)}


def _replacer(keys: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True)))


_FIND_VNI = _replacer(VNI)
_FIND_VIQR = re.compile(r"\\(.)|" + _replacer(VIQR).pattern, re.DOTALL)
_FROM_TCVN3 = {code: letter for code, letter in TCVN3.items()} | {
    ord(written): TCVN3[code] for written, code in _CP1252.items() if written
}


def from_tcvn3(text: str) -> str:
    """Convert TCVN3, read as Latin-1 or Windows-1252."""
    converted = text.translate(_FROM_TCVN3)
    return _compose(converted) if re.search("[\u0300-\u0323]", converted) else converted


def from_vni(text: str) -> str:
    """Convert VNI, read as Latin-1 or Windows-1252."""
    return _FIND_VNI.sub(lambda match: VNI[match[0]], text)


def from_viqr(text: str) -> str:
    r"""Convert VIQR; a sign after `\` stands for itself."""
    return _FIND_VIQR.sub(lambda match: match[1] or VIQR[match[0]], text)
