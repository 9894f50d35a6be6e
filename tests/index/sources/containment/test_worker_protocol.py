"""What comes back from the reading process is checked: whoever took it over may write anything."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from index.errors import Message
from index.records import Dated, Document, Heading
from index.sources.containment.course import Budget
from index.sources.containment.guard import Guard
from index.sources.containment.worker_protocol import (
    LARGEST_BLOCK,
    Ask,
    Done,
    Exhausted,
    Reached,
    Reply,
    parse_reply,
    reply_part,
)
from index.sources.files.files import HeldFile
from index.sources.files.kinds import Kind
from index.sources.files.limits import LONGEST_FIELD, Limits, Options
from index.sources.web.feed import Feed, FeedEntry, modest

DOCUMENT = Document(
    "a/b.txt", "Một câu.\n\U0001f600", title="Tên", url="https://a.b/", date=dt.date(2024, 7, 12), body=2,
    dated=Dated.FILE_NAME, language="vi", pages=(0, 4),
    headings=(Heading(2, 3, 1), Heading(4, 8, 12)), lined=False,
)  # fmt: skip
ENTRY = FeedEntry("x", "https://a.b/", "t", None, dt.date(2024, 7, 12), "Câu.", True)


@pytest.mark.parametrize(
    "message",
    [
        DOCUMENT,
        Ask(0, 1),
        Done(),
        Done(Kind.FEED),
        Exhausted(),
        Reached((3, 0), "a.zip/b.txt"),
        Reached((1 << 40,), Message("Row {number} of {name}", number=2, name="{name}")),
        Message("{name} is empty; left out.", name="a.txt"),
        Feed("t", None, (ENTRY,)),
    ],
)
def test_messages_arrive_as_they_were(message: Reply) -> None:
    """Whatever kind they are, with how far the reading has come."""
    assert parse_reply(reply_part(message, 7), 100) == (message, 7)


LONG = "x" * (LONGEST_FIELD + 1)
BROKEN_DOCUMENTS = [
    {"id": ""}, {"id": None}, {"id": 1}, {"id": LONG}, {"id": "a\0b"}, {"id": "\ud800"}, {"text": None},
    {"text": "x" * 101}, {"text": "\ud800"}, {"title": LONG}, {"title": 1}, {"source": LONG},
    {"author": "\ud800"},
    {"url": "javascript:x"}, {"url": "file:///etc/passwd"}, {"body": -1}, {"body": 1000}, {"body": True},
    {"pages": [9, 1]}, {"pages": [0, 1000]}, {"pages": ["0"]}, {"pages": None}, {"date": "yesterday"},
    {"dated": "never"}, {"remarks": [1]},
    {"headings": None}, {"headings": [1]}, {"headings": [[0, 1]]}, {"headings": [[0, 1, "1"]]},
    {"headings": [[0, 1000, 1]]}, {"headings": [[-1, 1, 1]]}, {"headings": [[2, 1, 1]]},
    {"headings": [[4, 5, 1], [0, 1, 1]]}, {"headings": [[0, 3, 1], [2, 4, 1]]},
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN_DOCUMENTS, ids=repr)
def test_broken_documents(broken: dict[str, object]) -> None:
    """An id, a text, a place, an address that cannot be is no message."""
    named, said, advance = json.loads(reply_part(DOCUMENT))
    with pytest.raises(ValueError, match=r"."):
        parse_reply(json.dumps([named, said | broken, advance]).encode(), 100)


@pytest.mark.parametrize(
    "part",
    [
        b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b"[1, 2, 3]", b'["Request", {}, 0]', b'["str", "a", -1]',
        b'["str", "a", 1e400]', b'["str", 1, 0]', b'["str", "a\\u001b[31m", 0]',
        b'["Done", {"kind": "x"}, 0]',
        b'["Ask", {"place": -1, "most": 1}, 0]',
        b'["Ask", {"place": 0, "most": %d}, 0]' % (LARGEST_BLOCK + 1),
        *(
            b'["Reached", {"at": %s, "name": "a"}, 0]' % at
            for at in (b"[]", b"[-1]", b"[true]", b"[.5]", b"1", b"[%d]" % (1 << 62), b"[%s1]" % (b"1," * 32))
        ),
        *(
            b'["Reached", {"at": [1], "name": %s}, 0]' % name
            for name in (b"1", b"null", b'"\\u001b"', b'{"template": 1}', b'"%s"' % (b"x" * 9_000))
        ),
        b'["Feed", {"title": null, "language": null, "entries": 1}, 0]',
    ],
)  # fmt: skip
def test_what_is_no_message(part: bytes) -> None:
    """Nothing but `ValueError` comes of it."""
    with pytest.raises(ValueError, match=r"."):
        parse_reply(part, 100)


def test_a_file_gives_no_more_than_it_can() -> None:
    """Neither more documents than it has room for, nor more text."""
    limits = Limits(text=100, unpacked=200, members=3)
    budget = Budget(HeldFile("a", "a", b"x" * 50), limits)
    for _ in range(2):
        budget.take(replace(DOCUMENT, text="x" * 100))
    with pytest.raises(ValueError, match="more than"):
        for _ in range(2):
            budget.take(replace(DOCUMENT, text="x" * 100))
    budget = Budget(HeldFile("a", "a", b""), limits)
    with pytest.raises(ValueError, match="more than"):
        for _ in range(300):
            budget.take(Message("a problem"))


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("a/b.pdf", ["a/b.pdf", "a/b.pdf/1", "a/b.pdf:2"], 3),
        ("a/b.pdf", ["a/c.txt", "a/b.pdfx", "a/b", "b.pdf", "https://a.example/"], 0),
        ("a/b.TXT", ["a/c.txt"], 0),
        ("a/b.jsonl", ["anything"], 1),
        ("a/b.zip", ["anything"], 1),
        ("a/b", ["anything"], 1),
    ],
)
def test_a_reader_names_no_document_of_others(
    monkeypatch: pytest.MonkeyPatch, name: str, given: list[str], kept: int
) -> None:
    """Whoever has taken it over cannot put another document into the place of a file that has only one.

    Tables, letters and archives may hold rows that say their own ids, as may what nothing is known of.
    """
    told = [replace(DOCUMENT, id=each) for each in given]
    monkeypatch.setattr(Guard, "_messages", lambda *_: iter(told))
    problems: list[str] = []
    with Guard() as guard:
        found = list(guard.read(HeldFile(name, name, b"x"), lambda e: problems.append(str(e)), Options()))
    assert found == told[:kept]
    assert len(problems) == len(given) - kept
    for each, problem in zip(given, problems, strict=False):
        assert problem == f"{name} calls a document {each}, as no part of it is called; left out."


@pytest.mark.parametrize("field", ["id", "url", "title", "author"])
def test_a_feed_with_a_field_of_undue_length(field: str) -> None:
    """Its other entries arrive, and what identifies this one still tells it from others."""
    long = [replace(ENTRY, **{field: f"https://a.b/{LONG}{n}"}) for n in range(2)]  # type: ignore[arg-type]
    sent = modest(Feed("t", None, (*long, ENTRY)))
    feed, _ = parse_reply(reply_part(sent), 100)
    assert isinstance(feed, Feed)
    assert feed.entries[2] == ENTRY
    if field == "id":
        assert len({entry.id for entry in feed.entries}) == 3
    else:
        assert [getattr(entry, field) for entry in feed.entries[:2]] == [None, None]


def test_a_feed_whose_name_is_of_undue_length() -> None:
    """It is read without its name."""
    assert parse_reply(reply_part(modest(Feed(LONG, None, (ENTRY,)))), 100)[0] == Feed(None, None, (ENTRY,))


def test_the_reader_sends_a_feed_of_due_lengths() -> None:
    """One long name does not end the reading of a whole feed."""
    item = "<item><title>{}</title><description>{}</description></item>"
    items = item.format(LONG, "Một.") + item.format("", "Hai.")
    data = f'<rss version="2.0"><channel><title>Báo</title>{items}</channel></rss>'.encode()
    with Guard() as guard:
        feed = guard.read_feed(HeldFile("a.rss", "http://a.b/rss", data), Options())
    assert [(entry.title, entry.text) for entry in feed.entries] == [(None, "Một."), (None, "Hai.")]
