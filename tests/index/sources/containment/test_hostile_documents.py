"""S9: hostile documents end in one sentence, within time and memory, and the others are read all the same."""

import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SourceError, TrichDanError
from index.sources import Limits, Options, read
from index.sources.containment.guard import Guard
from index.sources.files.files import HeldFile
from tests.index.sources.written.cases import ARTICLE
from tests.index.sources.written.office import books
from tests.index.sources.written.pdfs import drawn, pdfs
from tests.index.sources.written.web import pack, page
from tests.index.sources.written.zipped import workbook

LIMITS = Limits(document=8 << 20, text=1 << 20, seconds=20.0, members=100, archive=8 << 20, unpacked=32 << 20)
DOCX, EPUB, PDF = books()[0].data, books()[7].data, pdfs()[0].data


def bomb(name: str = "a.txt", size: int = 64 << 20) -> bytes:
    """Pack many spaces."""
    return pack({name: b" " * size})


def inside(data: bytes, **members: bytes) -> bytes:
    """Pack an archive again with other members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return pack(held | {name.replace("__", "/"): value for name, value in members.items()})


def lying(data: bytes) -> bytes:
    """Say in an archive's list that its first member is small."""
    place = data.index(b"PK\x01\x02")
    return data[: place + 24] + struct.pack("<L", 10) + data[place + 28 :]


def linked() -> bytes:
    """Pack a link to a file outside."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return written.getvalue()


def locked(data: bytes) -> bytes:
    """Say of every member that it has a password."""
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(sign) + offset
        data = data[:at] + b"\x01\x00" + data[at + 2 :]
    return data


def far(place: str) -> bytes:
    """Write a workbook with a cell at a place."""
    data = workbook({"a": [["Câu."], ["Xa."]]})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'"A2"', f'"{place}"'.encode())
    return inside(data, **{"xl__worksheets__sheet1.xml": sheet})


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"x" * 1000 + b'">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)
) + b"]><l>&i;</l>"  # fmt: skip
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title>'
STREAM = zlib.compress(b" " * (300 << 20), 9)

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bomb": ("a.zip", bomb),
    "bomb in a document": ("a.docx", lambda: inside(DOCX, word__document2=b" " * (33 << 20))),
    "bomb in a book": ("a.epub", lambda: inside(EPUB, OEBPS__x=b" " * (33 << 20))),
    "bomb of a page": (
        "a.pdf", lambda: b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + STREAM + b"\nendstream",
    ),
    "nested": ("a.zip", lambda: pack({"b.zip": bomb()})),
    "lies about a size": ("a.zip", lambda: lying(pack({"a.txt": b"x" * 5000}))),
    "many members": ("a.zip", lambda: pack({f"{n}.txt": b"x" for n in range(101)})),
    "leads out": ("a.zip", lambda: pack({"../a.txt": b"x"})),
    "absolute": ("a.zip", lambda: pack({"/etc/a.txt": b"x"})),
    "other separators": ("a.zip", lambda: pack({"..\\a.txt": b"x"})),
    "drive": ("a.zip", lambda: pack({"C:/a.txt": b"x"})),
    "link": ("a.zip", linked),
    "password": ("a.zip", lambda: locked(pack({"a.txt": b"x"}))),
    "cut archive": ("a.zip", lambda: pack({"a.txt": b"x" * 100})[:-30]),
    "empty archive": ("a.zip", lambda: pack({})),
    "cut pdf": ("a.pdf", lambda: PDF[: len(PDF) // 4]),
    "cut docx": ("a.docx", lambda: DOCX[: len(DOCX) // 2]),
    "cut epub": ("a.epub", lambda: EPUB[: len(EPUB) // 2]),
    "docx without a body": ("a.docx", lambda: pack({"[Content_Types].xml": b"<x/>"})),
    "docx with entities": ("a.docx", lambda: inside(DOCX, word__document=b"") and pack(
        {"[Content_Types].xml": ENTITIES, "word/document.xml": ENTITIES})),
    "feed with entities": ("a.rss", lambda: ENTITIES.replace(b"<l>", b"<rss>").replace(b"</l>", b"</rss>")),
    "feed that reads files": ("b.rss", lambda: OUTSIDE),
    "scanned": ("a.pdf", lambda: drawn([[], []])),
    "deep page": ("a.html", lambda: b"<html>" + b"<div>" * 200_000 + b"x"),
    "empty page": ("a.html", lambda: b"<html></html>"),
    "page without end": ("a.html", lambda: b"<html><p>" + b"<a href=" * 100_000),
    "too large": ("a.txt", lambda: b"x" * ((8 << 20) + 1)),
    "too much text": ("a.txt", lambda: b"x " * (1 << 20)),
    "nul": ("a.txt", lambda: b"x\0y"),
    "half a pair": ("a.jsonl", lambda: b'{"text": "\\ud800"}'),
    "spreadsheet": ("a.xlsx", lambda: pack({"[Content_Types].xml": b"", "xl/workbook.xml": b""})),
    "distant cells": ("a.xlsx", lambda: far("ZZ999999")),
    "cells too distant to count": ("a.xlsx", lambda: far(f"A{'9' * 19}")),
    "columns too distant to count": ("a.xlsx", lambda: far("ZZZZZZZZZ1")),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000),
    "table without a row": ("a.csv", lambda: b"a,b\n"),
    "table with an open quote": ("a.csv", lambda: b'text\n"abc' + b"x" * 1000),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_one_sentence_and_the_others_are_read(tmp_path: Path, what: str) -> None:
    """Nothing of the file is read, its name and what to do are said, and the file after it is there."""
    name, make = HOSTILE[what]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.html").write_text(page(ARTICLE), "utf-8")
    problems: list[str] = []
    found = list(read([tmp_path], lambda error: problems.append(str(error)), options=Options(LIMITS)))
    assert [document.id for document in found] == ["z.html"]
    assert problems
    for problem in problems:
        assert problem.isprintable()
        assert len(problem) < 600
        assert name in problem
        assert "passwd" not in problem


def test_distant_cells_take_nothing_with_them(tmp_path: Path) -> None:
    """What stands behind them in their archive is read."""
    (tmp_path / "a.zip").write_bytes(pack({"a.xlsx": far("ZZ999999"), "b.xlsx": far("B3"), "c.txt": b"c"}))
    problems: list[str] = []
    found = list(read([tmp_path], lambda error: problems.append(str(error))))
    assert [document.id for document in found] == ["a.zip/b.xlsx", "a.zip/c.txt"]
    assert ["a.zip/a.xlsx has cells too far" in problem for problem in problems] == [True]


def test_there_are_thirty() -> None:
    """As many as the promise says."""
    assert len(HOSTILE) >= 30


def test_time_is_limited() -> None:
    """A reader that takes too long is ended, and the next file is read by a new one."""
    data = (b"<html><body>" + b"<p>" + ARTICLE[0].encode() + b"</p>") * 20_000
    limits = Limits(seconds=0.5)
    problems: list[Exception] = []
    with Guard() as guard:
        with pytest.raises(Exception, match=r"took longer than 0\.5 s"):
            list(guard.read(HeldFile("a.html", "a", data), problems.append, Options(limits)))
        (document,) = guard.read(HeldFile("b.html", "b", page(ARTICLE).encode()), problems.append, Options())
    assert document.id == "b"


def test_memory_is_limited() -> None:
    """A reader that needs too much says so, or ends; the next file is read all the same."""
    data = b"<html><body>" + b"<p><b>x</b></p>" * 2_000_000
    problems: list[Exception] = []
    with Guard() as guard:
        try:
            found = list(guard.read(HeldFile("a.html", "a", data), problems.append, Options()))
            assert found == []
        except Exception as error:
            problems.append(error)
        assert len(problems) == 1
        assert "a.html" in str(problems[0])
        assert list(guard.read(HeldFile("b.html", "b", page(ARTICLE).encode()), problems.append, Options()))


def test_a_system_that_starts_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file is to blame, and none is left out for it: the reading ends with what is the case."""
    (tmp_path / "a.html").write_text(page(ARTICLE), "utf-8")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    problems: list[Exception] = []
    with pytest.raises(TrichDanError, match="cannot be started") as raised:
        list(read([tmp_path], problems.append))
    assert not isinstance(raised.value, SourceError)
    assert problems == []


def test_the_reading_process_knows_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its environment is empty: a token in that of the program is not there."""
    monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", "secret")
    with Guard() as guard:
        list(guard.read(HeldFile("b.html", "b", page(ARTICLE).encode()), print, Options()))
        process = guard._process
        assert process is not None
        environment = Path(f"/proc/{process.pid}/environ")
        if environment.exists():
            assert environment.read_bytes() == b""
        pid = process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.slow
def test_a_file_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    """By its size, in one sentence; lines of such a file that are too long are left out one by one."""
    for name in ("a.txt", "a.html", "a.zip", "a.jsonl"):
        with (tmp_path / name).open("wb") as file:
            file.write(b"PK\x03\x04" if name == "a.zip" else b"<html>" if name == "a.html" else b"x")
            file.truncate(1 << 30)
    (tmp_path / "z.txt").write_text(ARTICLE[0], "utf-8")
    problems: list[str] = []
    found = list(read([tmp_path], lambda error: problems.append(str(error)), options=Options(LIMITS)))
    assert [document.id for document in found] == ["z.txt"]
    assert len(problems) == 4


def test_turning_signs_stay_text(tmp_path: Path) -> None:
    """Signs that turn the direction of writing are kept, each where it was."""
    text = "Tin \u202edảo\u202c và \u2066tách\u2069 \u200fchữ.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (document,) = read([tmp_path], print)
    assert document.text == text


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """Rows that were there when they were read are read, half a row is reported, and no more happens."""
    path = tmp_path / "a.jsonl"
    row = b'{"id": "%d", "text": "' + b"Nga hop voi Duc. " * 12_000 + b'"}\n'
    path.write_bytes(b"".join(row % number for number in range(10)))
    problems: list[str] = []
    reading = read([path], lambda error: problems.append(str(error)))
    assert next(reading).id == "0"
    with path.open("r+b") as file:
        file.truncate(700_100)
    assert [document.id for document in reading][:2] == ["1", "2"]
    assert len(problems) == 1
    assert "a.jsonl" in problems[0]
