"""Bytes to text: UTF-8 or UTF-16 where they are that, else the encoding they are in for certain.

What is in none for certain is refused by name and place; the only door to charset-normalizer.
"""

import codecs
import re
import unicodedata

from index.errors import Name, SourceError
from index.sources.legacy import recognise
from index.sources.legacy.recognise import has_vietnamese_words

_MOSTLY = 0.9
_SAMPLE = 1 << 20
_FEWEST_BEYOND = 16  # bytes beyond ASCII; fewer say too little
_MOST_CHAOS = 0.1
_LEAST_COHERENCE = 0.1
_TIED = 0.05
_WESTERN = frozenset(
    [
        "English",
        "French",
        "German",
        "Spanish",
        "Portuguese",
        "Italian",
        "Dutch",
        "Danish",
        "Norwegian",
        "Swedish",
        "Finnish",
    ]
)
_BELIEVED = frozenset(
    ("cp1251", "koi8_r", "cp932", "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr", "cp949")
)
# No word of these languages has a sign in it, nor the letters that only Finnish and its neighbours borrow.
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷][^\W\d_]|[šŠžŽ]")
_DOS = re.compile(r"cp[4-8]\d\d")


def decode(data: bytes, name: Name, *, declared: str | None = None, guess: bool = True) -> str:
    """Decode a document, without the byte order mark; Vietnamese encodings before Unicode are converted.

    Args:
        data: The whole file or row.
        name: What to call it in an error.
        declared: The encoding that the document or its server names; UTF-8 and marks go before it.
        guess: Whether encodings other than UTF-8 and UTF-16 are looked for at all.

    Raises:
        SourceError: It is empty, binary, broken at a byte that is named, or in no encoding for certain.
    """
    text = _decoded(data, name, declared, guess)
    if "\0" in text:
        raise SourceError(
            "{name} is a binary file (NUL at character {place}), not text; left out.",
            name=name,
            place=text.index("\0"),
        )
    if not text or text.isspace():
        raise SourceError("{name} is empty; left out.", name=name)
    return text


def _decoded(data: bytes, name: Name, declared: str | None, guess: bool) -> str:
    mark, encoding = _marked(data)
    if encoding == "utf-8" and (place := data.find(0)) >= 0:
        raise SourceError(
            "{name} is a binary file (NUL at byte {place}), not text; left out.", name=name, place=place
        )
    try:
        return data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        place = mark + error.start
        label = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        broken = SourceError(
            "{name} is not valid {label} (byte {byte} at offset {place}); save it as UTF-8.",
            name=name,
            label=label,
            byte=f"0x{data[place]:02x}",
            place=place,
        )
    if mark or not guess or _is_mostly_utf8(data):
        raise broken
    if declared and (text := _by_name(data, declared)) is not None:
        return text
    return _vietnamese(data, name) or _guessed(data) or _refuse(broken)


def _refuse(error: SourceError) -> str:
    raise error


def _marked(data: bytes) -> tuple[int, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return len(mark), encoding
    return 0, "utf-8"


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell whether this is UTF-8 that was damaged: bytes beyond ASCII nearly all form characters."""
    sample = data[:_SAMPLE]
    beyond = sum(byte >= 0x80 for byte in sample)
    good = sum(len(c.encode()) for c in sample.decode("utf-8", "ignore") if c >= "\x80")
    return good >= _MOSTLY * beyond or (good > 0 and beyond - good <= 2)


def _by_name(data: bytes, declared: str) -> str | None:
    try:
        return data.decode(codecs.lookup(declared).name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _vietnamese(data: bytes, name: Name) -> str | None:
    """Return Vietnamese text in TCVN3, VNI or Windows-1258, None where it is not that for certain."""
    latin = data.decode("latin-1")
    spelling = recognise(latin, name, raw=True)
    if spelling.name:
        return spelling.convert(latin)
    composed = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    return composed if has_vietnamese_words(composed) else None


def _guessed(data: bytes) -> str | None:
    """Return text in the encoding that fits its language, None where it is short or two would fit."""
    sample = data[:_SAMPLE]
    if sum(byte >= 0x80 for byte in sample) < _FEWEST_BEYOND:
        return None
    from charset_normalizer import from_bytes

    matches = [
        match
        for match in from_bytes(sample, enable_fallback=False)
        if match.chaos <= _MOST_CHAOS and not _DOS.fullmatch(match.encoding)
    ]
    best = max(matches, key=lambda match: (match.coherence, -match.chaos), default=None)
    if best is None or best.coherence < _LEAST_COHERENCE:
        return None
    rivals = [match for match in matches if match.coherence >= best.coherence - _TIED]
    western = next((match for match in rivals if "cp1252" in match.could_be_from_charset), None)
    if western is not None:
        # The single-byte encodings of Europe differ in few letters, so this one is believed only where its
        # letters are those of a language it was made for, and no other Latin one ever.
        is_western = western.language in _WESTERN and not _SIGN_IN_WORD.search(str(western))
        return _by_name(data, "cp1252") if is_western else None
    if not _BELIEVED.intersection(best.could_be_from_charset) or any(str(r) != str(best) for r in rivals):
        return None
    return _by_name(data, best.encoding)
