"""What goes between the program and its reading process: frames of JSON that are checked where they arrive.

The program sends a request; what comes back is one reply after another: what to read next of the file
(`Ask`), which part of it is read from now on (`Reached`), documents, problems, a feed, and at the end `Done`,
or that memory has run out (`Exhausted`).
"""

import datetime as dt
import json
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from index import remarks
from index.errors import Message, Name, Value
from index.records import Dated, Document, parse_headings
from index.sources.files.files import shown
from index.sources.files.kinds import Kind
from index.sources.files.limits import LONGEST_FIELD, Limits, Options
from index.sources.files.position import At
from index.sources.web.feed import Feed, FeedEntry

LENGTH = struct.Struct("<Q")
LARGEST_BLOCK = 1 << 20
"""Most bytes of a file that are asked for at once."""
_MOST_PAGES = 1_000_000
LONGEST_PROBLEM = 8_192
_LONGEST_NAME = 2_000
_DEEPEST = 32  # parts within parts; readers go less deep


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be read: its documents, or of a feed what it says of its entries, or only its kind.

    Its documents from the part at `start` on, where another reader was lost on one before.
    """

    what: str
    name: str
    id: str
    size: int
    options: Options
    start: At = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """The reader needs up to `most` bytes of the file from a place on."""

    place: int
    most: int


@dataclass(frozen=True, slots=True)
class Done:
    """The file has been read; what kind it is, where only that was asked."""

    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """What comes next is of the part at a position, which is called so."""

    at: At
    name: Name


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The reader has no memory left for what it is reading."""


Reply = Ask | Done | Document | Exhausted | Feed | Message | Reached
"""What the reader says; a `Message` is a problem."""


def send(stream: BinaryIO, part: bytes) -> None:
    """Write a part after its length."""
    stream.write(LENGTH.pack(len(part)))
    stream.write(part)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> bytes:
    """Read one part.

    Raises:
        EOFError: The other side has ended, or sends more than `most` bytes.
    """
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (size,) = LENGTH.unpack(head)
    data = stream.read(size) if size <= most else b""
    if len(data) < size:
        raise EOFError
    return data


def request_part(request: Request) -> bytes:
    """Return a request as a part."""
    return json.dumps(asdict(request)).encode()


def parse_request(part: bytes) -> Request:
    """Return the request that a part is."""
    said = json.loads(part)
    options = Options(Limits(**said["options"]["limits"]), said["options"]["columns"])
    return Request(said["what"], said["name"], said["id"], said["size"], options, tuple(said["start"]))


def reply_part(reply: Reply, advance: int = 0) -> bytes:
    """Return a reply as a part, with how many bytes of lines or members have been read since the last."""
    match reply:
        case Message():
            value: object = _shown(reply).plain()
        case Reached(at, name):
            value = {"at": at, "name": _shown(name).plain() if isinstance(name, Message) else _name(name)}
        case _:
            value = asdict(reply)
    named = type(reply).__name__
    return json.dumps([named, value, advance], default=dt.date.isoformat).encode()


def parse_reply(part: bytes, text: int) -> tuple[Reply, int]:
    """Return the reply that a part is, and how far it says that the reading has come since the last.

    Raises:
        ValueError: It is none, or its text has more than `text` characters. Who reads hostile files is not
            believed to be sound itself.
    """
    try:
        named, said, advance = json.loads(part)
        if not 0 <= _int(advance) < 1 << 62:
            raise ValueError("no step")
        return _REPLIES[named](said, text), advance
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no reply") from error


def _ask(said: dict[str, object], _: int) -> Ask:
    place, most = _int(said["place"]), _int(said["most"])
    if place < 0 or not 0 <= most <= LARGEST_BLOCK:
        raise ValueError("no place")
    return Ask(place, most)


def _done(said: dict[str, Any], _: int) -> Done:
    return Done(None if said["kind"] is None else Kind(said["kind"]))


def _exhausted(_said: object, _: int) -> Exhausted:
    return Exhausted()


def _problem(said: object, _: int) -> Message:
    problem = Message.parse(said)
    _require_sentence(str(problem))
    return problem


def _reached(said: dict[str, Any], _: int) -> Reached:
    at = tuple(map(_int, said["at"]))
    if not 0 < len(at) <= _DEEPEST or not all(0 <= number < 1 << 62 for number in at):
        raise ValueError("no position")
    name = said["name"] if isinstance(said["name"], str) else Message.parse(said["name"])
    _require_sentence(str(name))
    return Reached(at, name)


def _require_sentence(said: str) -> None:
    if len(said) > LONGEST_PROBLEM or not said.isprintable():
        raise ValueError("no problem")


def _shown(problem: Message) -> Message:
    """Return a problem with names that can be shown, each cut to a length that leaves room for the others."""
    return Message(shown(problem.template), **{name: _name(value) for name, value in problem.values.items()})


def _name(value: Value) -> Value:
    if isinstance(value, Message):
        return _shown(value)
    return shown(value)[:_LONGEST_NAME] if isinstance(value, str) else value


def _feed(said: dict[str, object], text: int) -> Feed:
    entries = said["entries"]
    if not isinstance(entries, list):
        raise TypeError("no feed")
    found = tuple(map(_entry, entries))
    if sum(len(entry.text) for entry in found) > text:
        raise ValueError("too much text")
    return Feed(_said(said["title"]), _said(said["language"]), found)


def _entry(row: dict[str, object]) -> FeedEntry:
    identifier, text, is_whole = row["id"], row["text"], row["is_whole"]
    if not (isinstance(identifier, str) and isinstance(text, str) and isinstance(is_whole, bool)):
        raise TypeError("no entry")
    text.encode()
    url, title, author = (_said(row[key]) for key in ("url", "title", "author"))
    return FeedEntry(str(_said(identifier)), url, title, author, _day(row["date"]), text, is_whole)


def _document(row: dict[str, Any], longest: int) -> Document:
    title, source, url, author, language = (
        _said(row[key]) for key in ("title", "source", "url", "author", "language")
    )
    identifier, text, body, pages = _said(row["id"]), row["text"], _int(row["body"]), row["pages"]
    if not (identifier and isinstance(text, str) and len(text) <= longest and "\0" not in identifier):
        raise ValueError("no document")
    if not (isinstance(pages, list) and len(pages) <= _MOST_PAGES and all(type(p) is int for p in pages)):
        raise ValueError("no document")
    if [0, *pages, len(text)] != sorted([0, *pages, len(text)]) or not 0 <= body <= len(text):
        raise ValueError("no document")
    if url is not None and not url.startswith(("http://", "https://")):
        raise ValueError("no address")
    text.encode()  # half a pair is no character
    return Document(
        identifier, text, title=title, source=source, url=url, date=_day(row["date"]), body=body,
        dated=Dated(row["dated"]), author=author, language=language, pages=tuple(pages),
        remarks=remarks.parse(row["remarks"]), headings=parse_headings(row["headings"], len(text)),
        lined=row["lined"] is True,
    )  # fmt: skip


def _said(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST_FIELD:
        raise ValueError("no text")
    value.encode()
    return value


def _int(value: object) -> int:
    if type(value) is not int:
        raise TypeError("no number")
    return value


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None


_REPLIES: dict[str, Callable[[Any, int], Reply]] = {
    "Ask": _ask,
    "Done": _done,
    "Exhausted": _exhausted,
    "Reached": _reached,
    "Message": _problem,
    "Feed": _feed,
    "Document": _document,
}
