"""The names of the members of an archive, which older programs write in the encoding of their own system.

A member says so only where its name is in UTF-8 and the program says it. Without that, all names of
an archive are taken to be in one encoding, and one is believed only where it makes words of every name.
"""

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.text.vietnamese import OWN, SELDOM, SHARED

_IN_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_VIETNAMESE = re.compile(f"[{OWN}{SELDOM}{SHARED}\\x20-\\x7e–—’‘“”]+")
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_HALF_WIDTH = re.compile("[｡-ﾟ]")
_CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\\x20-\\x7e]+")
_DOS = re.compile("[\\x20-\\x7eÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜáíóúñÑ]+")
# The first level of the standards of China and Japan: characters that are in use.
_COMMON = {"gbk": (0xB0, 0xD7), "cp932": (0x88, 0x97)}
_LAST_OF_KOREAN = 0xC8  # what stands before it may be Korean
_SHARE = 0.8


def names_of(archive: zipfile.ZipFile) -> tuple[Mapping[zipfile.ZipInfo, str], bool]:
    """Return what each member is called, and whether that is certain."""
    names: dict[zipfile.ZipInfo, str] = {}
    raw: dict[zipfile.ZipInfo, bytes] = {}
    for member in archive.infolist():
        names[member] = member.filename
        if not member.flag_bits & _IN_UTF8 and not member.filename.isascii():
            written = member.orig_filename.encode("cp437", "replace")
            if said := _unicode_path(member.extra, written):
                names[member] = said
            else:
                raw[member] = written
    encoding = _encoding(list(raw.values()))
    for member, written in raw.items():
        names[member] = _decoded(written, encoding or "cp437").replace("\\", "/").split("\0", 1)[0]
    return names, encoding is not None


def _unicode_path(extra: bytes, written: bytes) -> str | None:
    """Return the name that a field besides gives in UTF-8, where it is that of this name."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if int.from_bytes(field[1:5], "little") != zlib.crc32(written):
                return None
            return field[5:].decode("utf-8", "replace")
        place += 4 + size
    return None


def _encoding(names: Sequence[bytes]) -> str | None:
    """Return the encoding that fits all names, None where none or two do."""
    if not names:
        return "ascii"
    if all(_fits(name, "utf-8", str.isprintable) for name in names):
        return "utf-8"
    if all(_fits(name, "cp1258", lambda said: _VIETNAMESE.fullmatch(said) is not None) for name in names):
        return "cp1258"
    fitting = list(_east_asian(names))
    if len(fitting) == 1:
        return fitting[0]
    is_dos = not fitting and all(_DOS.fullmatch(name.decode("cp437")) for name in names)
    return "cp437" if is_dos else None


def _east_asian(names: Sequence[bytes]) -> Iterator[str]:
    for encoding, (low, high) in _COMMON.items():
        said = [_strict(name, encoding) for name in names]
        if any(each is None or _HALF_WIDTH.search(each) for each in said):
            continue
        whole = "".join(filter(None, said))
        leads = [byte for name in names for byte in _leads(name, encoding)]
        is_common = sum(low <= byte <= high for byte in leads) >= _SHARE * len(leads) > 0
        if encoding == "gbk" and max(leads, default=0) <= _LAST_OF_KOREAN:
            continue
        if encoding == "cp932" and _KANA.search(whole):
            yield encoding
            return  # Chinese has none
        if is_common and all(_CJK.fullmatch(each) for each in said if each):
            yield encoding


def _leads(name: bytes, encoding: str) -> Iterator[int]:
    """Yield the first byte of each character of two bytes."""
    for character in name.decode(encoding):
        written = character.encode(encoding)
        if len(written) == 2:
            yield written[0]


def _fits(name: bytes, encoding: str, is_sound: Callable[[str], bool]) -> bool:
    said = _strict(name, encoding)
    return said is not None and is_sound(said)


def _strict(name: bytes, encoding: str) -> str | None:
    try:
        return unicodedata.normalize("NFC", name.decode(encoding))
    except UnicodeDecodeError:
        return None


def _decoded(name: bytes, encoding: str) -> str:
    return unicodedata.normalize("NFC", name.decode(encoding, "replace"))
