"""What goes between the program and its reading process: JSON that is checked where it arrives, and bytes."""

import datetime as dt
import json
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO

from index import remarks
from index.records import Document
from index.sources.feed import Feed, FeedEntry
from index.sources.kinds import Kind
from index.sources.limits import Limits, Options

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be read; of a feed perhaps what it says of its entries, not their documents."""

    kind: Kind
    name: str
    id: str
    options: Options
    data: bytes
    entries: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What was read: documents or a feed, and why the rest could not be."""

    documents: tuple[Document, ...] = ()
    problems: tuple[str, ...] = ()
    feed: Feed | None = None


def send(stream: BinaryIO, *parts: bytes) -> None:
    """Write parts, each after its length."""
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> bytes:
    """Read one part.

    Raises:
        EOFError: The other side has ended, or sends more than `most` bytes.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    data = stream.read(size) if size <= most else b""
    if len(data) < size:
        raise EOFError
    return data


def request_parts(request: Request) -> tuple[bytes, bytes]:
    """Return a request as two parts."""
    head = {
        "kind": request.kind.value,
        "name": request.name,
        "id": request.id,
        "limits": asdict(request.options.limits),
        "columns": dict(request.options.columns),
        "entries": request.entries,
    }
    return json.dumps(head).encode(), request.data


def parse_request(head: bytes, data: bytes) -> Request:
    """Return the request that two parts are."""
    said = json.loads(head)
    options = Options(Limits(**said["limits"]), said["columns"])
    return Request(Kind(said["kind"]), said["name"], said["id"], options, data, said["entries"])


def reply_part(reply: Reply) -> bytes:
    """Return a reply as one part."""
    return json.dumps(asdict(reply), default=dt.date.isoformat).encode()


def parse_reply(data: bytes) -> Reply:
    """Return the reply that a part is.

    Raises:
        ValueError: It is none. Who reads hostile files is not believed to be sound itself.
    """
    try:
        said = json.loads(data)
        documents = tuple(_document(row) for row in said["documents"])
        problems = tuple(str(problem) for problem in said["problems"])
        feed = None if said["feed"] is None else _feed(said["feed"])
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no reply") from error
    return Reply(documents, problems, feed)


def _feed(said: dict[str, object]) -> Feed:
    entries = said["entries"]
    if not isinstance(entries, list):
        raise ValueError("no feed")
    return Feed(_text(said["title"]), _text(said["language"]), tuple(map(_entry, entries)))


def _entry(row: dict[str, object]) -> FeedEntry:
    identifier, text, is_whole = row["id"], row["text"], row["is_whole"]
    if not (isinstance(identifier, str) and isinstance(text, str) and isinstance(is_whole, bool)):
        raise ValueError("no entry")
    "".join([identifier, text]).encode()
    url, title, author = (_text(row[key]) for key in ("url", "title", "author"))
    return FeedEntry(identifier, url, title, author, _day(row["date"]), text, is_whole)


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("no text")
    if value is not None:
        value.encode()  # half a pair is none
    return value


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None


def _document(row: dict[str, object]) -> Document:
    title, source, url, author, language = (
        _text(row[key]) for key in ("title", "source", "url", "author", "language")
    )
    identifier, text, body, pages = (row[key] for key in ("id", "text", "body", "pages"))
    if not (isinstance(identifier, str) and isinstance(text, str) and isinstance(body, int)):
        raise ValueError("no document")
    if not (isinstance(pages, list) and all(type(page) is int for page in pages)):
        raise ValueError("no document")
    if [0, *pages, len(text)] != sorted([0, *pages, len(text)]) or not 0 <= body <= len(text):
        raise ValueError("no document")
    "".join([identifier, text]).encode()
    return Document(
        identifier,
        text,
        title=title,
        source=source,
        url=url,
        date=_day(row["date"]),
        body=body,
        author=author,
        language=language,
        pages=tuple(pages),
        remarks=remarks.parse(row["remarks"]),
    )
