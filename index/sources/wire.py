"""What goes between the program and its reading process: JSON that is checked where it arrives, and bytes."""

import datetime as dt
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

from index.records import Document
from index.sources.kinds import Kind
from index.sources.limits import Limits, Options

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be read."""

    kind: Kind
    name: str
    id: str
    options: Options
    data: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What was read: documents, problems, and why the rest could not be."""

    documents: tuple[Document, ...]
    problems: tuple[str, ...] = ()


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
    }
    return json.dumps(head).encode(), request.data


def parse_request(head: bytes, data: bytes) -> Request:
    """Return the request that two parts are."""
    said = json.loads(head)
    options = Options(Limits(**said["limits"]), said["columns"])
    return Request(Kind(said["kind"]), said["name"], said["id"], options, data)


def reply_part(documents: Sequence[Document], problems: Sequence[str]) -> bytes:
    """Return a reply as one part."""
    rows = [asdict(d) | {"date": d.date and d.date.isoformat()} for d in documents]
    return json.dumps({"documents": rows, "problems": list(problems)}).encode()


def parse_reply(data: bytes) -> Reply:
    """Return the reply that a part is.

    Raises:
        ValueError: It is none. Who reads hostile files is not believed to be sound itself.
    """
    try:
        said = json.loads(data)
        documents = tuple(_document(row) for row in said["documents"])
        problems = tuple(str(problem) for problem in said["problems"])
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no reply") from error
    return Reply(documents, problems)


def _document(row: dict[str, object]) -> Document:
    texts = {key: row[key] for key in ("title", "source", "url", "author", "language")}
    if not all(value is None or isinstance(value, str) for value in texts.values()):
        raise ValueError("no document")
    identifier, text, body, pages, date = (row[key] for key in ("id", "text", "body", "pages", "date"))
    if not (isinstance(identifier, str) and isinstance(text, str) and isinstance(body, int)):
        raise ValueError("no document")
    if not (isinstance(pages, list) and all(type(page) is int for page in pages)):
        raise ValueError("no document")
    if [0, *pages, len(text)] != sorted([0, *pages, len(text)]) or not 0 <= body <= len(text):
        raise ValueError("no document")
    "".join([identifier, text, *(str(value) for value in texts.values())]).encode()
    day = dt.date.fromisoformat(date) if isinstance(date, str) else None
    return Document(identifier, text, date=day, body=body, pages=tuple(pages), **texts)  # type: ignore[arg-type]
