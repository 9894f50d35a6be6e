"""Bytes to text: UTF-8, or UTF-16 with its mark; anything else is refused by name and place."""

import codecs

from index.errors import SourceError


def decode(data: bytes, name: str) -> str:
    """Decode a document, without the byte order mark and otherwise untouched.

    Args:
        data: The whole file or row.
        name: What to call it in an error.

    Raises:
        SourceError: It is empty, binary, or broken at a byte that is named.
    """
    mark, encoding = _encoding(data)
    if encoding == "utf-8" and (place := data.find(0)) >= 0:
        raise SourceError(f"{name} is a binary file (NUL at byte {place}), not text; left out.")
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        place = mark + error.start
        label = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        message = (
            f"{name} is not valid {label} (byte 0x{data[place]:02x} at offset {place}); save it as UTF-8."
        )
        raise SourceError(message) from None
    if "\0" in text:
        raise SourceError(
            f"{name} is a binary file (NUL at character {text.index(chr(0))}), not text; left out."
        )
    if not text or text.isspace():
        raise SourceError(f"{name} is empty; left out.")
    return text


def _encoding(data: bytes) -> tuple[int, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return len(mark), encoding
    return 0, "utf-8"
