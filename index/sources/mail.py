"""Letters (.eml) and mailboxes (.mbox): what each says, who sent it and when, and what is attached to it."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from typing import Any, NamedTuple, cast

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind, remark
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report, alone, too_large
from index.sources.files.limits import Options
from index.sources.files.position import Position
from index.sources.legacy import modern
from index.sources.markup.trees import parse_html, text_of
from index.sources.metadata.stated_dates import date_in_header
from index.sources.web.hidden import take_hidden_out

_FROM = re.compile(rb"From \S.*\d{4}\s*$")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SOFT_END = re.compile(r"(?<!^--) \r?\n(?=[^>\s])", re.MULTILINE)
# Of no use to a reader: proofs of who signed.
_PROOFS = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_SAYING = ("text/plain", "text/html")


_LONGEST_HEADER = 8_192
"""How many characters of a header are looked at: the library does not take linear time."""


class _Bounded(policy.EmailPolicy):
    """The library's way of reading, for no more than the beginning of a header."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - a header of any kind
        return super().header_fetch_parse(
            name, value if len(value) <= _LONGEST_HEADER else value[:_LONGEST_HEADER]
        )


class Attachment(NamedTuple):
    """A file in a message: its name there, and its bytes."""

    name: str
    data: bytes


class Letter(NamedTuple):
    """A letter.

    Attributes:
        name: What to call it in an error.
        id: The id of its document, before those of what is attached to it.
        document: What it says, None where it says nothing itself.
        attachments: Files in it, in their order, none of them a picture in its text.
        position: Where it stands in what is read.
    """

    name: str
    id: str
    document: Document | None
    attachments: tuple[Attachment, ...]
    position: Position


def letter_of(file: Input) -> Letter:
    """Return the letter of a file.

    Raises:
        SourceError: Its encoding is not known.
    """
    return _letter(file.read(), file.name, file.id, file.position)


def letters_of(file: Input, report: Report, options: Options) -> Iterator[Letter]:
    """Yield the letters of a mailbox, each called after it and its number; what cannot be is reported."""
    number = 0
    for number, data in enumerate(_parted(file, options.limits.document), 1):
        name = f"{file.name}:{number}"
        if (position := file.position.enter(number, name)) is None:
            continue
        try:
            if data is None:
                raise too_large(name, options.limits.document)
            with alone(name):
                yield _letter(data, name, f"{file.id}:{number}", position)
        except SourceError as error:
            report(error)
    if not number:
        raise SourceError("{name} holds no text; left out.", name=file.name)


def _parted(file: Input, limit: int) -> Iterator[bytes | None]:
    """Yield the letters of a mailbox, None for one that is larger than the limit."""
    lines: list[bytes] | None = None
    size, is_after_blank, is_large = 0, True, False
    for _, line in file.lines():
        if line is not None and is_after_blank and _FROM.match(line):
            if lines is not None:
                yield None if is_large else _ESCAPED.sub(rb"\1", b"".join(lines))
            lines, size, is_large = [], 0, False
        elif lines is not None:
            size += len(line or b"")
            is_large = is_large or line is None or size > limit
            if not is_large:
                lines.append(line or b"")
        is_after_blank = line is not None and not line.strip()
    if lines is not None:
        yield None if is_large else _ESCAPED.sub(rb"\1", b"".join(lines))


def _letter(data: bytes, name: str, identifier: str, position: Position) -> Letter:
    message = message_from_bytes(data, policy=_Bounded())
    texts: list[str] = []
    hidden: list[str] = []
    files: list[Attachment] = []
    for part in _parts(message):
        if part.get_content_type() in _SAYING and not _file_name(part):
            texts.append(_said(part, name, hidden))
        elif not _is_in_text(part) and part.get_content_type() not in _PROOFS:
            files.append(_attachment(part, len(files) + 1))
    text = "\n\n".join(filter(None, (text.strip() for text in texts)))
    if not text and not files:
        raise SourceError("{name} holds no text; left out.", name=name)
    sender, address = parseaddr(_header(message, "from"))
    document = Document(
        identifier,
        modern(text, name)[0],
        title=_header(message, "subject") or None,
        date=date_in_header(_header(message, "date")),
        author=sender or address or None,
        remarks=remark(RemarkKind.HIDDEN, len(hidden), (), hidden),
    )
    return Letter(name, identifier, document if text else None, tuple(_apart(files)), position)


def _parts(message: Message) -> Iterator[Message]:
    """Yield what a letter is made of; of several forms of one thing the first that can be read as text."""
    if not message.is_multipart() or message.get_content_maintype() != "multipart":
        yield message
        return
    parts = [part for part in cast(list[Message], message.get_payload()) if isinstance(part, Message)]
    if message.get_content_subtype() == "alternative":
        found = [list(_parts(part)) for part in parts]
        is_said = [any(each.get_content_type() in _SAYING for each in part) for part in found]
        parts_of = next(
            (part for part, said in zip(found, is_said, strict=True) if said), found[0] if found else []
        )
        yield from parts_of
        return
    for part in parts:
        yield from _parts(part)


def _said(part: Message, name: str, hidden: list[str]) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    text = decode(data, name, declared=part.get_content_charset())
    if part.get_content_type() == "text/html":
        root = parse_html(text)
        if root is None:
            return ""
        hidden += take_hidden_out(root)
        return text_of(root)
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    return _SOFT_END.sub(" ", text) if flowed else text


def _attachment(part: Message, number: int) -> Attachment:
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload()
        held = inside[0] if isinstance(inside, list) and inside else None
        data = held.as_bytes() if isinstance(held, Message) else b""
        return Attachment(_file_name(part) or f"{number}.eml", data)
    found = part.get_payload(decode=True)
    return Attachment(_file_name(part) or str(number), found if isinstance(found, bytes) else b"")


def _apart(files: list[Attachment]) -> Iterator[Attachment]:
    """Yield files, each with a name of its own."""
    taken: set[str] = set()
    for number, file in enumerate(files, 1):
        name = file.name
        while name in taken:
            name = f"{number}-{name}"
        taken.add(name)
        yield file._replace(name=name)


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # a header that the library cannot make sense of: what it raises is told nowhere
        name = ""
    return "".join(c if c.isprintable() else " " for c in name).replace("\\", "/").rpartition("/")[2].strip()


def _is_in_text(part: Message) -> bool:
    """Tell whether a part is a picture that its text shows."""
    shown = part.get_content_disposition() == "inline" or part.get("content-id") is not None
    return part.get_content_maintype() == "image" and shown


def _header(message: EmailMessage | Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # one that the library cannot make sense of, such as a year of thirty digits
        return ""
