"""Names of members as other systems write them into an archive."""

import io
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Sequence

import pytest

from index.errors import SourceError
from index.progress import nobody
from index.sources.files.archive_names import names_of
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.reading import documents_within

_MARKS_IN_1258 = "\u0300\u0301\u0303\u0309\u0323"


def as_1258(text: str) -> bytes:
    """Write Vietnamese as Windows does: a letter, then its tone where the two have no place together."""
    written = bytearray()
    for character in unicodedata.normalize("NFC", text):
        try:
            written += character.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", character)
            letter = "".join(part for part in parts if part not in _MARKS_IN_1258)
            written += unicodedata.normalize("NFC", letter).encode("cp1258")
            written += "".join(part for part in parts if part in _MARKS_IN_1258).encode("cp1258")
    return bytes(written)


def archive(names: Sequence[bytes], extra: bytes = b"") -> bytes:
    """Pack members whose names are these bytes, without the flag that says that they are UTF-8."""
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as packed:
        warnings.simplefilter("ignore")  # names are put in only after this
        for name in names:
            member = zipfile.ZipInfo("x" * len(name))
            member.extra = extra
            packed.writestr(member, "Một câu.")
    data = bytearray(written.getvalue())
    for sign, offset in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46)):
        at = 0
        for name in names:
            at = data.index(sign, at)
            data[at + offset : at + offset + len(name)] = name
            at += 4
    return bytes(data)


def names(written: Sequence[bytes], extra: bytes = b"") -> tuple[list[str], bool]:
    """Return what members are called, and whether that is certain."""
    found, is_certain = names_of(zipfile.ZipFile(io.BytesIO(archive(written, extra))))
    return list(found.values()), is_certain


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        (["báo cáo năm.txt", "tài liệu/Huế.txt"], "utf-8"), (["報告書.txt", "データ.txt"], "cp932"),
        (["年度报告.txt", "新闻/会议记录.txt"], "gbk"), (["Château été.txt"], "cp437"), (["plain.txt"], "ascii"),
    ],
)  # fmt: skip
def test_encodings(said: list[str], encoding: str) -> None:
    """All names of an archive together say in which one they are."""
    assert names([name.encode(encoding) for name in said]) == (said, True)


def test_vietnamese_windows() -> None:
    """Its tones are characters of their own, and are put together."""
    said = ["Quyết định số 5.txt", "Đơn xin nghỉ phép.txt"]
    assert names([as_1258(name) for name in said]) == (said, True)


@pytest.mark.parametrize(
    "written", ["Отчет.txt".encode("cp1251"), "会議録.txt".encode("cp932"), "한국어.txt".encode("cp949")]
)
def test_what_is_not_certain_is_said(written: bytes) -> None:
    """The member is read all the same, and its archive is named."""
    problems: list[str] = []
    held = HeldFile("a.zip", "a.zip", archive([written]))
    (document,) = documents_within(held, lambda error: problems.append(str(error)), Options(), nobody)
    assert document.text == "Một câu."
    assert problems == ["a.zip names its files in an encoding that is not known; some may be wrong."]


def test_the_name_in_unicode_besides() -> None:
    """It counts where it belongs to the name that it stands beside, and not where that was changed since."""
    name, other = "中.txt".encode("gbk"), b"\xff\xfe.txt"
    body = b"\x01" + struct.pack("<L", zlib.crc32(name)) + "中.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert names([name], extra) == (["中.txt"], True)
    assert names([other], extra)[1] is False


def test_a_name_that_leads_out_in_its_own_encoding() -> None:
    """It is refused as any other."""
    problems: list[SourceError] = []
    held = HeldFile("a.zip", "a.zip", archive(["../thư.txt".encode(), "mở.txt".encode()]))
    assert [each.id for each in documents_within(held, problems.append, Options(), nobody)] == [
        "a.zip/mở.txt"
    ]
    assert "leads out" in str(problems[0])
