"""Reading: what documents say, and one clear sentence for each that cannot be read."""

import codecs
import datetime as dt
import errno
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SourceError, SourceUnreadable
from index.records import Document
from index.sources import Limits, Options, read, sample_documents, sample_folder
from index.sources.metadata.stated_dates import date_in_address, parse_date
from tests.index.sources.written.web import pack


def reading(*paths: Path, limit: int = 1 << 20) -> tuple[list[Document], list[str]]:
    """Return the documents under `paths`, and the problems."""
    problems: list[str] = []
    options = Options(Limits(document=limit))
    documents = list(read(paths, lambda problem: problems.append(str(problem)), options=options))
    return documents, problems


def test_plain_text_is_untouched(tmp_path: Path) -> None:
    """Line ends, Unicode forms and odd characters stay as they are; the id is the path in the folder."""
    text = "Một\r\nhai\rba\n\u2028 hoà ho\u0300a \u00a0\u200b\x1b e\u0301\n"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.TXT").write_bytes(text.encode())
    documents, problems = reading(tmp_path)
    assert documents == [Document("sub/a.TXT", text)]
    assert problems == []
    assert reading(tmp_path / "sub" / "a.TXT")[0][0].id == "a.TXT"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
@pytest.mark.parametrize("suffix", ["txt", "md", "jsonl"])
def test_marks_of_encoding(tmp_path: Path, mark: bytes, encoding: str, suffix: str) -> None:
    """A byte order mark names the encoding and is no part of the text."""
    text = "Tiếng Việt 中文 \U0001f600."
    content = text if suffix != "jsonl" else f'{{"text": "khác"}}\n{{"text": "{text}"}}'
    (tmp_path / f"a.{suffix}").write_bytes(mark + content.encode(encoding))
    documents, problems = reading(tmp_path)
    assert (documents[-1].text, problems) == (text, [])


BROKEN: list[tuple[str, bytes, str]] = [
    ("a.txt", b"", "is empty"),
    ("a.txt", b" \n\t\r\n", "is empty"),
    ("a.txt", codecs.BOM_UTF8, "is empty"),
    ("a.txt", "Việt".encode() + b"\xff.", "byte 0xff at offset 6"),
    ("a.txt", codecs.BOM_UTF8 + b"ab\xc3", "byte 0xc3 at offset 5"),
    ("a.txt", "Tiếng đã".encode("cp1258", "replace"), "is not valid UTF-8"),
    ("a.txt", b"\xed\xa0\x80", "byte 0xed at offset 0"),
    ("a.txt", codecs.BOM_UTF16_LE + b"a\0b", "is not valid UTF-16"),
    ("a.txt", codecs.BOM_UTF16_LE + b"a\0\x00\xd8b\0", "is not valid UTF-16"),
    ("a.txt", b"abc\0def", "binary file (NUL at byte 3)"),
    ("a.md", b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
    ("a.txt", codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "binary file"),
    ("a.txt", b"x" * (1 << 20) + b"x", "larger than the limit of 1 MiB"),
    ("a.pdf", b"%PDF-1.7", "is a damaged PDF file"),
    ("a.xlsx", b"\0\1", "is no Excel (XLSX) file"),
    ("a.docx", b"Text.", "is no Word (DOCX) file"),
    ("a", b"text", "of a kind that cannot be read"),
    ("a.txt.gz", b"\x1f\x8btext", "is a gzip file"),
    ("b.txt.gz", b"text", "of a kind that cannot be read"),
]


@pytest.mark.parametrize(("name", "data", "expected"), BROKEN)
def test_a_bad_file_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, expected: str
) -> None:
    """One sentence with the file's name, and nothing else is lost."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text("Tốt.", "utf-8")
    documents, problems = reading(tmp_path)
    assert [document.text for document in documents] == ["Tốt."]
    assert len(problems) == 1
    assert expected in problems[0]
    assert str(tmp_path / name) in problems[0]
    assert "\n" not in problems[0]


def a_pipe(path: Path) -> None:
    """Make a pipe that nobody writes to."""
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    """Make a socket."""
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))


def a_folder(path: Path) -> None:
    """Make a folder that is called like a file, with nothing in it."""
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "expected"), [(a_pipe, "not a regular file"), (a_socket, "cannot be opened")]
)
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None], expected: str) -> None:
    """A pipe would be waited for without end, a device read without end."""
    make(tmp_path / "a.txt")
    (tmp_path / "z.txt").write_text("Tốt.", "utf-8")
    documents, problems = reading(tmp_path)
    assert len(documents) == 1
    assert len(problems) == 1
    assert expected in problems[0]


def test_a_device_is_refused(tmp_path: Path) -> None:
    """Also behind a link that was named itself."""
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    documents, problems = reading(tmp_path / "zero.txt")
    assert documents == []
    assert "not a regular file" in problems[0]


def test_links_that_lead_out_are_left_out(tmp_path: Path) -> None:
    """A folder of documents cannot pull in the rest of the disk; links within it are read."""
    (tmp_path / "secret.txt").write_text("Bí mật.", "utf-8")
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.txt").write_text("Tốt.", "utf-8")
    (root / "within.txt").symlink_to(root / "sub" / "a.txt")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "outer").symlink_to(tmp_path)
    (root / "loop").symlink_to(root)
    (root / "gone.txt").symlink_to(root / "nowhere.txt")
    documents, problems = reading(root)
    assert [(d.id, d.text) for d in documents] == [("within.txt", "Tốt."), ("sub/a.txt", "Tốt.")]
    assert len(problems) == 4
    for name in ("out.txt", "outer", "loop", "gone.txt"):
        assert any(str(root / name) in problem for problem in problems)


def test_hidden_files_are_skipped(tmp_path: Path) -> None:
    """Folders of tools are no documents."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("x", "utf-8")
    (tmp_path / ".a.txt").write_text("x", "utf-8")
    (tmp_path / "b.txt").write_text("Tốt.", "utf-8")
    documents, problems = reading(tmp_path)
    assert ([document.id for document in documents], problems) == (["b.txt"], [])


@pytest.mark.parametrize("name", ["Thumbs.db", "ehthumbs.db", "Desktop.ini", ".DS_Store", "~$port.docx"])
def test_what_systems_put_into_folders_is_no_problem(tmp_path: Path, name: str) -> None:
    """Nobody put it there, so nobody is told of it."""
    (tmp_path / name).write_bytes(b"\x00\x01")
    (tmp_path / "a.txt").write_text("Một câu.", "utf-8")
    problems: list[SourceError] = []
    assert [document.id for document in read([tmp_path], problems.append)] == ["a.txt"]
    assert problems == []


def test_order_is_sorted(tmp_path: Path) -> None:
    """Whatever the file system gives."""
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert [document.id for document in reading(tmp_path)[0]] == ["a.txt", "c.txt", "b/10.txt", "b/2.txt"]


def test_paths_that_cannot_be_used_are_errors_at_once(tmp_path: Path) -> None:
    """Nothing is read before all paths are known to be good."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "z.txt").write_text("Tốt.", "utf-8")
    with pytest.raises(SourceError, match="nowhere does not exist; check the path"):
        read([tmp_path / "z.txt", tmp_path / "nowhere"], print)
    with pytest.raises(SourceError, match="holds no document"):
        read([tmp_path / "z.txt", tmp_path / "empty"], print)
    with pytest.raises(SourceError, match="name at least one"):
        read([], print)


def test_an_unreadable_name_is_refused(tmp_path: Path) -> None:
    """A name that is not UTF-8 cannot be cited; control characters in one cannot break a line."""
    odd = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(odd, "wb") as file:  # noqa: PTH123 - a name that no Path can be written for
        file.write(b"x")
    (tmp_path / "a\n\x1b[31m.bin").write_bytes(b"x")
    (tmp_path / "z.txt").write_text("Tốt.", "utf-8")
    documents, problems = reading(tmp_path)
    assert len(documents) == 1
    assert len(problems) == 2
    assert all(problem.isprintable() for problem in problems)


def test_two_documents_with_one_id(tmp_path: Path) -> None:
    """The first is kept, the second is refused with both places."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "tin.txt").write_text(f"Tin {folder}.", "utf-8")
    documents, problems = reading(tmp_path / "a", tmp_path / "b")
    assert [document.text for document in documents] == ["Tin a."]
    assert len(problems) == 1
    for place in ("a/tin.txt", "b/tin.txt", "another id"):
        assert place in problems[0]


ROWS: list[tuple[str | bytes, str]] = [
    ("{", "is not JSON"),
    ("[1]", "is not a JSON object"),
    ("5", "is not a JSON object"),
    ("null", "is not a JSON object"),
    ('{"title": "x"}', 'has no "text"'),
    ('{"text": ""}', 'has no "text"'),
    ('{"text": " \\n"}', 'has no "text"'),
    ('{"text": 5}', '"text" that is not a string'),
    ('{"text": ["x"]}', '"text" that is not a string'),
    ('{"text": "x", "id": true}', '"id" that is not a string'),
    ('{"text": "\\ud800"}', "a character that is none"),
    ('{"text": "a\\u0000b"}', "a character that is none"),
    ('{"text": "x\\u0000", "id": "\\udfff"}', "a character that is none"),
    (b'{"text": "\xff"}', "byte 0xff at offset 10"),
    (b'{"text": "\0"}', "binary"),
    ("[" * 100_000, "is not JSON"),
    ('{"text": ' + "1" * 5_000 + "}", "is not JSON that can be read"),
    ('{"text": "' + "x" * (1 << 20) + '"}', "larger than the limit"),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_a_bad_row_is_named_by_its_number(tmp_path: Path, row: str | bytes, expected: str) -> None:
    """The rows around it are read."""
    data = row if isinstance(row, bytes) else row.encode()
    path = tmp_path / "tin.jsonl"
    path.write_bytes(b'{"text": "first"}\n\n' + data + b'\n{"text": "last"}')
    documents, problems = reading(path)
    assert [(d.id, d.text) for d in documents] == [("tin.jsonl:1", "first"), ("tin.jsonl:4", "last")]
    assert len(problems) == 1
    assert problems[0].startswith(f"Row 3 of {path}")
    assert expected in problems[0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": {}}, ['"title" that is not a string']),
        ({"author": "\ud800"}, ['"author" with a character that is none']),
        ({"url": "javascript:alert(1)"}, ['"url" that is not http or https']),
        ({"date": "hôm qua"}, ['"date" that is not a day']),
        ({"date": "2024-02-30", "url": "x.vn"}, ['"date" that is not a day', '"url" that is not http']),
    ],
)
def test_a_row_is_read_without_what_it_says_wrongly(
    tmp_path: Path, values: dict[str, object], expected: list[str]
) -> None:
    """The text counts; each other value that cannot be used is named, and what is right is kept."""
    row = {"id": "a", "text": "Câu.", "source": "TTXVN"} | values
    path = tmp_path / "tin.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    documents, problems = reading(path)
    assert documents == [Document("a", "Câu.", source="TTXVN")]
    assert len(problems) == len(expected)
    for problem, said in zip(problems, expected, strict=True):
        assert problem.startswith(f"Row 1 of {path} has a {said}")
        assert problem.endswith("; read without it.")


def test_one_bomb_spoils_no_archive(tmp_path: Path) -> None:
    """The member that is one is named, and the others are read."""
    members = {"a.txt": b"Con voi.", "b.txt": b" " * (64 << 20), "c.txt": b"Con chim."}
    (tmp_path / "a.zip").write_bytes(pack(members))
    documents, problems = reading(tmp_path)
    assert [document.id for document in documents] == ["a.zip/a.txt", "a.zip/c.txt"]
    assert len(problems) == 1
    assert "b.txt is packed" in problems[0]


def test_many_small_bombs_spoil_an_archive(tmp_path: Path) -> None:
    """None is large enough to be one by itself; together they are."""
    (tmp_path / "a.zip").write_bytes(pack({f"{n}.txt": b" " * (1 << 20) for n in range(40)}))
    (tmp_path / "z.txt").write_text("Con voi.", "utf-8")
    documents, problems = reading(tmp_path)
    assert [document.id for document in documents] == ["z.txt"]
    assert len(problems) == 1
    assert "a.zip is packed" in problems[0]


def test_no_row_or_entry_takes_the_place_of_a_file(tmp_path: Path) -> None:
    """Whichever is read first; what a feed calls an entry, and is no address, stands behind its own name."""
    (tmp_path / "ok.txt").write_text("Con mèo tên là Mướp.", "utf-8")
    row = json.dumps({"id": "ok.txt", "text": "Giả."})
    (tmp_path / "a.jsonl").write_text(f'{row}\n{{"id": "z.jsonl", "text": "Thật."}}', "utf-8")
    (tmp_path / "z.jsonl").write_text(row, "utf-8")
    (tmp_path / "b.rss").write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title><item><guid>ok.txt</guid>'
        "<description>Giả mạo.</description></item></channel></rss>",
        "utf-8",
    )
    documents, problems = reading(tmp_path)
    assert [(document.id, document.text) for document in documents] == [
        ("b.rss#ok.txt", "Giả mạo."),
        ("ok.txt", "Con mèo tên là Mướp."),
    ]
    assert len(problems) == 3
    for problem, row_of in zip(problems, ("a.jsonl", "a.jsonl", "z.jsonl"), strict=True):
        assert problem.startswith("The id ")
        assert row_of in problem


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    """They are named, and are not among what is there and cannot be read."""
    (tmp_path / "a.txt").write_text("Con mèo.", "utf-8")
    for name, there in (("x.txt", "none.txt"), ("y", "none"), ("z.txt", "a.txt/b.txt"), ("o.txt", "o.txt")):
        (tmp_path / name).symlink_to(there)
    problems: list[SourceError] = []
    assert [document.id for document in read([tmp_path], problems.append)] == ["a.txt"]
    assert [type(problem) for problem in problems] == [SourceError] * 4
    for name in ("x.txt", "y", "z.txt", "o.txt"):
        assert [problem for problem in problems if f"{tmp_path / name} " in str(problem)]


def test_links_that_lead_in_a_circle(tmp_path: Path) -> None:
    """They are named, wherever they stand, and the others are read."""
    (tmp_path / "z.txt").write_text("Con voi.", "utf-8")
    for name in ("circle", "circle.txt"):
        (tmp_path / name).symlink_to(tmp_path / name)
    documents, problems = reading(tmp_path)
    assert [document.id for document in documents] == ["z.txt"]
    assert all("circle" in problem for problem in problems)
    assert len(problems) == 2


def test_what_rights_keep_from_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a folder and a path that was named: one sentence each, and told apart from what is damaged."""
    (tmp_path / "a.txt").write_text("Con voi.", "utf-8")
    (tmp_path / "b.txt").write_text("Con chim.", "utf-8")
    (tmp_path / "c").mkdir()

    def refused(name: str, doing: Callable[..., object]) -> Callable[..., object]:
        def do(path: object, *arguments: object, **options: object) -> object:
            if str(path).endswith(name):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return doing(path, *arguments, **options)

        return do

    monkeypatch.setattr(os, "open", refused("b.txt", os.open))
    monkeypatch.setattr(os, "scandir", refused("/c", os.scandir))
    problems: list[SourceError] = []
    assert [document.id for document in read([tmp_path], problems.append)] == ["a.txt"]
    assert [type(problem) for problem in problems] == [SourceUnreadable, SourceUnreadable]
    assert "b.txt cannot be opened" in " ".join(map(str, problems))
    assert "/c cannot be read" in " ".join(map(str, problems))
    monkeypatch.setattr(os, "stat", refused("x.txt", os.stat))
    with pytest.raises(SourceUnreadable, match=r"x\.txt cannot be opened \(Permission denied\)"):
        read([tmp_path / "x.txt"], problems.append)


def test_a_row_says_all_it_has(tmp_path: Path) -> None:
    """Columns of other names are left alone, a number is an id too, and the address may give the date."""
    full = {
        "id": "a/1", "title": "Tiêu đề", "text": "Câu.\r\n", "url": "https://x.vn/1", "date": "12/7/2024",
        "source": "TTXVN", "more": [1],
    }  # fmt: skip
    dated = {"id": 7, "text": "Câu.", "url": "https://x.vn/bai-20240712104353995.htm", "title": None}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(full)}\r\n{json.dumps(dated)}\n", "utf-8")
    documents, problems = reading(tmp_path)
    assert problems == []
    assert documents[0] == Document(
        "a/1", "Câu.\r\n", "Tiêu đề", "TTXVN", "https://x.vn/1", dt.date(2024, 7, 12)
    )
    assert (documents[1].id, documents[1].title, documents[1].date) == ("7", None, dt.date(2024, 7, 12))


def test_a_large_file_of_rows_is_no_large_document(tmp_path: Path) -> None:
    """The limit is on a row: a file of many is read."""
    rows = [json.dumps({"text": "x" * 1000}) for _ in range(20)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), "utf-8")
    documents, problems = reading(tmp_path, limit=2000)
    assert (len(documents), problems) == (20, [])


FRONT = '---\ntitle: "Bế mạc"\ndate: 2024-07-12\nurl: https://x.vn/a\nsource: TTXVN\ntags:\n  - a\n---\n'
DAY = dt.date(2024, 7, 12)
MARKDOWN: list[tuple[str, Document]] = [
    ("# Tiêu đề #\n\nCâu.", Document("a.md", "", "Tiêu đề")),
    ("Câu.\n\n## Nhỏ\n\n# Lớn", Document("a.md", "", "Lớn")),
    ("```\n# mã\n```\n# Thật", Document("a.md", "", "Thật")),
    ("#thẻ\nCâu.", Document("a.md", "")),
    (FRONT + "# Khác\nC.", Document("a.md", "", "Bế mạc", "TTXVN", "https://x.vn/a", DAY, len(FRONT))),
    (
        FRONT.replace("\n", "\r\n") + "C.",
        Document("a.md", "", "Bế mạc", "TTXVN", "https://x.vn/a", DAY, len(FRONT) + 8),
    ),
    ("---\nurl: file:///etc/passwd\n---\nC.", Document("a.md", "", body=32)),
    ("---\nkhông đóng\nCâu.", Document("a.md", "")),
    ("\n---\ntitle: x\n---\nC.", Document("a.md", "")),
    ("---\n---\n# A", Document("a.md", "", "A", body=8)),
    ("----\ntitle: x\n----\nC.", Document("a.md", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown(tmp_path: Path, text: str, expected: Document) -> None:
    """Front matter and the first heading; the text is the file's."""
    (tmp_path / "a.md").write_bytes(text.encode())
    document = reading(tmp_path)[0][0]
    assert document.text == text
    assert (document.title, document.source, document.url) == (expected.title, expected.source, expected.url)
    assert (document.date, document.body) == (expected.date, expected.body)


ARTICLE = "Câu một.\n\nCâu hai."
PLAIN: list[tuple[str, tuple[str | None, str | None, str | None, dt.date | None]]] = [
    (f"Tiêu đề\n\n{ARTICLE}", ("Tiêu đề", None, None, None)),
    (f"\n Tiêu đề \r\n\r\n{ARTICLE}", ("Tiêu đề", None, None, None)),
    (f"Đây là một câu.\n\n{ARTICLE}", (None, None, None, None)),
    (f"Dòng đầu\n{ARTICLE}", (None, None, None, None)),
    ("Tiêu đề\n\nMột đoạn.", (None, None, None, None)),
    (f"{'dài ' * 60}\n\n{ARTICLE}", (None, None, None, None)),
    (f"{ARTICLE}\n\nBích Liên (TTXVN)", (None, "TTXVN", None, None)),
    (f"{ARTICLE}\n\nBích Liên (TTXVN).", (None, None, None, None)),
    (f"{ARTICLE}\n\nNguồn: https://x.vn/a", (None, None, "https://x.vn/a", None)),
    (f"{ARTICLE}\n\nLan (TTXVN)\nNguồn: https://x.vn/a", (None, "TTXVN", "https://x.vn/a", None)),
    (f"{ARTICLE}\n\nTheo Báo: https://x.vn/2024/07/12/a", (None, "Báo", "https://x.vn/2024/07/12/a", DAY)),
    (f"{ARTICLE}\nhttps://x.vn/a-20240712.htm\n", (None, None, "https://x.vn/a-20240712.htm", DAY)),
    (f"{ARTICLE}\n\nNguồn: ftp://x.vn/a", (None, None, None, None)),
    (f"Nguồn: https://x.vn/a\n\n{ARTICLE}", (None, None, None, None)),
    (f"Tiêu đề\n\nThứ Sáu, 12/07/2024 10:43\n\n{ARTICLE}", ("Tiêu đề", None, None, dt.date(2024, 7, 12))),
    (f"Ngày đăng: 12-7-2024\n\n{ARTICLE}", (None, None, None, dt.date(2024, 7, 12))),
    (f"Ngày 12/7/2024, ông nói.\n\n{ARTICLE}", (None, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain_text_says_what_it_is(
    tmp_path: Path, text: str, expected: tuple[str | None, str | None, str | None, dt.date | None]
) -> None:
    """Heading, outlet, address and day where the text has them; nothing is guessed."""
    (tmp_path / "a.txt").write_bytes(text.encode())
    document = reading(tmp_path)[0][0]
    assert (document.title, document.source, document.url, document.date) == expected
    assert document.text == text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.vn/a-20240712104353995.htm", dt.date(2024, 7, 12)),
        ("https://x.vn/a-202407121043.htm", dt.date(2024, 7, 12)),
        ("https://x.vn/2024/7/2/a", dt.date(2024, 7, 2)),
        ("https://x.vn/2024-07-12/a", dt.date(2024, 7, 12)),
        ("https://x.vn/a-20241312.htm", None),
        ("https://x.vn/a-20240712996000.htm", None),
        ("https://x.vn/a-4712345.html", None),
        ("https://x.vn/a-120240712.html", None),
        ("https://x.vn/a?d=20240712", None),
        ("https://20240712.vn/a", None),
        ("https://[x", None),
    ],
)
def test_dates_in_addresses(url: str, expected: dt.date | None) -> None:
    """A stamp or folders in the path; numbers that are none, and other parts of the address, are not read."""
    assert date_in_address(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-12", dt.date(2024, 7, 12)),
        ("2024-07-12T10:43:00+07:00", dt.date(2024, 7, 12)),
        ("12/7/2024", dt.date(2024, 7, 12)),
        ("12.07.2024", dt.date(2024, 7, 12)),
        ("12 tháng 7 năm 2024", dt.date(2024, 7, 12)),
        ("12 tháng 7, 2024", dt.date(2024, 7, 12)),
        ("31/2/2024", None),
        ("12/7", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_days(text: str, expected: dt.date | None) -> None:
    """Only full days are days."""
    assert parse_date(text) == expected


def test_the_sample() -> None:
    """The five documents, and of the fifth everything it says of itself."""
    documents = list(sample_documents(lambda problem: pytest.fail(str(problem))))
    assert [document.id for document in documents] == sorted(
        path.name for path in sample_folder().glob("*.txt")
    )
    assert len(documents) == 5
    for document in documents[:4]:
        assert (document.title, document.source, document.url, document.date) == (None, None, None, None)
    article = documents[4]
    assert article.title == "Bế mạc hội nghị thượng đỉnh NATO"
    assert article.source == "Tin Tức TTXVN"
    assert (
        article.url == "https://baotintuc.vn/the-gioi/be-mac-hoi-nghi-thuong-dinh-nato-20240712104353995.htm"
    )
    assert article.date == dt.date(2024, 7, 12)
