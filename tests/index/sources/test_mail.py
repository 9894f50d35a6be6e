"""Letters and mailboxes: what each says, and what is attached to it."""

import datetime as dt

import pytest

from index.errors import SourceError
from index.progress import nobody
from index.records import Document
from index.sources.files.files import HeldFile
from index.sources.files.kinds import Kind, kind_of
from index.sources.files.limits import Limits, Options
from index.sources.reading import documents_within
from tests.counting import calls, repeated
from tests.index.sources.written.zipped import packed


def read(data: str | bytes, name: str = "a.eml", **limits: int) -> tuple[list[Document], list[str]]:
    """Return the documents and the problems of a file."""
    problems: list[str] = []
    held = HeldFile(name, name, data if isinstance(data, bytes) else data.encode())
    options = Options(Limits(**limits))
    found = documents_within(held, lambda error: problems.append(str(error)), options, nobody)
    return list(found), problems


def letter(*parts: str, kind: str = "mixed") -> str:
    """Write a letter of several parts."""
    inside = "".join(f"--x\n{part}\n" for part in parts)
    return f"From: b@c.vn\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=x\n\n{inside}--x--\n"


TEXT = "Content-Type: text/plain; charset=utf-8\n\nCâu."
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>Trang.</p>"
CSV = 'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{}"\n\ntext\nDòng.'
PICTURE = "Content-Type: image/png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="


def test_attached_files_are_read_by_their_kinds() -> None:
    """Each under the letter's id; those of one name are told apart, a folder in a name is none, and a bad one is named."""
    found, problems = read(
        letter(
            TEXT,
            CSV.format("b.csv"),
            CSV.format("../b.csv"),
            CSV.format("c.gif").replace("text\n", "GIF89a\n"),
        )
    )
    assert [(each.id, each.text) for each in found] == [
        ("a.eml", "Câu."), ("a.eml/b.csv:2", "Dòng."), ("a.eml/2-b.csv:2", "Dòng."),
    ]  # fmt: skip
    assert problems == ["a.eml/c.gif is a picture; this program reads text."]
    assert found[0].author == "b@c.vn"


def test_one_of_several_forms() -> None:
    """The first that is text, once; a page is read as one, and the pictures in it are part of it."""
    assert [each.text for each in read(letter(TEXT, HTML, kind="alternative"))[0]] == ["Câu."]
    found, problems = read(letter(HTML, PICTURE, kind="related"))
    assert ([each.text for each in found], problems) == (["Trang."], [])


def test_letters_in_letters() -> None:
    """A letter that is attached is read with what is attached to it, but not endlessly deep."""
    inside = "Content-Type: message/rfc822\n\n{}"
    twice = letter(TEXT, inside.format("Subject: Hai\nContent-Type: text/plain\n\nTrong."))
    assert [(each.id, each.title, each.text) for each in read(twice)[0]] == [
        ("a.eml", None, "Câu."), ("a.eml/1.eml", "Hai", "Trong."),
    ]  # fmt: skip
    deep = b"Subject: x\nMessage-ID: <1>\n\nx"
    for _ in range(7):
        deep = b"Message-ID: <1>\nContent-Type: message/rfc822\n\n" + deep
    assert any("too many others" in problem for problem in read(deep)[1])


def test_an_archive_that_is_attached() -> None:
    """Its members are read, each by its kind."""
    import base64

    data = base64.encodebytes(packed({"x.txt": "Trong tệp nén."})).decode()
    part = f'Content-Type: application/zip\nContent-Disposition: attachment; filename="a.zip"\nContent-Transfer-Encoding: base64\n\n{data}'
    assert [(each.id, each.text) for each in read(letter(part))[0]] == [
        ("a.eml/a.zip/x.txt", "Trong tệp nén.")
    ]


def test_lines_that_go_on() -> None:
    """A line that ends in a space goes on in the next, where the letter says that it is written so."""
    said = "Message-ID: <1>\nSubject: x\nContent-Type: text/plain; format=flowed; charset=utf-8\n\nMột câu \ndài.\n-- \nAn"
    assert read(said)[0][0].text == "Một câu dài.\n-- \nAn"


def test_a_mailbox_with_letters_that_cannot_be_read() -> None:
    """One that is too large or empty is named by its number, and the others are read."""
    start = "From a@b.vn Fri Jul 12 10:00:00 2024\nSubject: {}\n\n{}\n\n"
    data = (
        start.format("Một", ">From xa.")
        + start.format("Hai", "x" * 2000)
        + start.format("Ba", "")
        + start.format("Bốn", "Câu.")
    )
    found, problems = read(data, "h.mbox", document=1000)
    assert [(each.id, each.title, each.text) for each in found] == [
        ("h.mbox:1", "Một", "From xa."), ("h.mbox:4", "Bốn", "Câu."),
    ]  # fmt: skip
    assert ["h.mbox:2 is larger" in problems[0], problems[1]] == [True, "h.mbox:3 holds no text; left out."]


def deep(levels: int) -> str:
    """Write a letter of parts in parts, more than the library can go into."""
    inside = "Content-Type: text/plain\n\nTrong."
    for level in range(levels):
        inside = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{inside}\n--b{level}--\n"
    return f"Message-ID: <1>\nMIME-Version: 1.0\n{inside}"


def test_a_letter_that_nobody_foresaw_is_alone() -> None:
    """In a mailbox, in a letter and in an archive it is named, and what comes behind it is read."""
    said = "Subject: Hai\nMessage-ID: <2>\n\nCâu.\n"
    mailbox = "".join(f"From a@b.vn Fri Jul 12 10:00:00 2024\n{each}\n" for each in (deep(2000), said))
    found, problems = read(mailbox, "h.mbox")
    assert [(each.id, each.text) for each in found] == [("h.mbox:2", "Câu.")]
    assert problems == ["h.mbox:1 cannot be read (RecursionError); save it again."]
    found, problems = read(packed({"1.eml": deep(2000), "2.eml": said}), "h.zip")
    assert [each.id for each in found] == ["h.zip/2.eml"]
    assert problems == ["h.zip/1.eml cannot be read (RecursionError); save it again."]
    attached = f"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=1.eml\n\n{deep(2000)}"
    found, problems = read(letter(attached, CSV.format("b.csv")))
    assert [each.id for each in found] == ["a.eml/b.csv:2"]
    assert problems == ["a.eml/1.eml cannot be read (RecursionError); save it again."]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Fri, 12 Jul 2024 23:00:00 +0700", dt.date(2024, 7, 12)),
        (f"Fri, 12 Jul 2024 23:00:00 +{'9' * 30}", None),
        (f"Fri, 12 Jul {'9' * 30} 23:00:00 +0700", None),
        ("Fri, 12 Jul 2024 99:00:00 +0700", None), ("", None), ("hôm qua", None),
    ],
)  # fmt: skip
def test_the_date_of_a_letter(written: str, day: dt.date | None) -> None:
    """One that cannot be is none, and the letter is read."""
    (found,), problems = read(f"Message-ID: <1>\nMIME-Version: 1.0\nDate: {written}\n\nCâu.\n")
    assert (found.date, problems) == (day, [])


def test_attached_files_whose_names_look_told_apart() -> None:
    """Each has a name of its own all the same."""
    found, _ = read(letter(*map(CSV.format, ("3-b.csv", "b.csv", "b.csv", "3-b.csv"))))
    assert len({each.id for each in found}) == 4


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Return-Path: <a@b>\nReceived: from x\n\tby y\nFrom: a\n\nx", Kind.MAIL),
        ("From: a\nDate: hôm qua\n\nĐoạn.", Kind.PLAIN), ("Message-ID: là mã thư.\nĐoạn.", Kind.PLAIN),
        ("From a@b Fri Jul 12 10:00:00 2024\nFrom: a\n\nx", Kind.MBOX), ("From Paris, June 2024\nIt rained.", Kind.PLAIN),
    ],
)  # fmt: skip
def test_what_begins_as_a_letter(head: str, kind: Kind) -> None:
    """Only with headers that programs write, and nothing else before the first empty line."""
    assert kind_of("a.txt", head.encode()) is kind


def test_an_old_office_file_says_how_it_is_converted() -> None:
    """By its suffix; what ought to be new is locked."""
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for name, said in {
        "a.doc": "convert it: libreoffice --headless --convert-to docx FILE",
        "a.XLS": "convert it: libreoffice --headless --convert-to xlsx FILE",
        "a.ppt": "convert it: libreoffice --headless --convert-to pptx FILE",
        "a.docx": "locked with a password", "a.msg": "save it as .eml", "a": "save it as .docx, .xlsx or .pptx",
    }.items():  # fmt: skip
        with pytest.raises(SourceError) as raised:
            kind_of(name, old)
        assert said in str(raised.value)


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?B?YQ==?= ",
        "Subject: =?utf-8?Q?a?=",
        "From: a,",
        "Content-Type: text/plain; a=b;",
        "Date: 1 ",
    ],
)
def test_a_header_of_any_length_takes_no_more_than_its_beginning(header: str) -> None:
    """Twice the header takes no more calls, once it is long: what the library does with it is quadratic."""
    name, _, unit = header.partition(" ")

    def reading(value: str) -> None:
        letter = f"Message-ID: <a@b>\nMIME-Version: 1.0\n{name} {value}\n\nChào các bạn.\n"
        (said,) = documents_within(
            HeldFile("a.eml", "a.eml", letter.encode()), lambda error: None, Options(), nobody
        )
        assert said.text == "Chào các bạn."

    reading(repeated(unit, 20_000))
    shorter, longer = (calls(reading, repeated(unit, size)) for size in (20_000, 80_000))
    assert longer < 1.2 * shorter
