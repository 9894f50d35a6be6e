"""The kind of a file: by what it begins with, then by its suffix."""

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

from index.errors import Message, SourceError

HEAD = 2048
"""How many bytes of a file are looked at."""


class Kind(StrEnum):
    """What a file can be."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word (DOCX)"
    EPUB = "EPUB"
    CSV = "CSV"
    JSONL = "JSONL"
    FEED = "RSS or Atom"
    ZIP = "ZIP"
    RTF = "RTF"
    ODT = "OpenDocument text"
    ODS = "OpenDocument spreadsheet"
    ODP = "OpenDocument slides"
    XLSX = "Excel (XLSX)"
    PPTX = "PowerPoint (PPTX)"
    MAIL = "e-mail"
    MBOX = "mailbox"


_SUFFIXES = {
    ".txt": Kind.PLAIN,
    ".text": Kind.PLAIN,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".odt": Kind.ODT,
    ".rtf": Kind.RTF,
    ".xlsx": Kind.XLSX,
    ".ods": Kind.ODS,
    ".pptx": Kind.PPTX,
    ".odp": Kind.ODP,
    ".epub": Kind.EPUB,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".eml": Kind.MAIL,
    ".mbox": Kind.MBOX,
    ".zip": Kind.ZIP,
}
SUFFIXES = tuple(_SUFFIXES)
"""Suffixes of the files that are read, in lower case; others are read where their beginning is known."""

# A file that says so itself is never read as text, whatever it is called.
_MARKED = (
    Kind.PDF, Kind.DOCX, Kind.EPUB, Kind.ZIP, Kind.RTF, Kind.ODT, Kind.ODS, Kind.ODP, Kind.XLSX, Kind.PPTX,
)  # fmt: skip
# What holds rows, entries or files that may say ids of their own.
_HOLDING = (
    Kind.CSV, Kind.JSONL, Kind.XLSX, Kind.ODS, Kind.FEED, Kind.MAIL, Kind.MBOX, Kind.ZIP,
)  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = (
    Message("a Word file of before 2007"),
    Message("convert it: libreoffice --headless --convert-to docx FILE"),
)
_EXCEL = (
    Message("an Excel file of before 2007"),
    Message("convert it: libreoffice --headless --convert-to xlsx FILE"),
)
_POWERPOINT = (
    Message("a PowerPoint file of before 2007"),
    Message("convert it: libreoffice --headless --convert-to pptx FILE"),
)
# By the suffix: which program wrote one stands somewhere behind its beginning.
_OLD = {
    **dict.fromkeys((".doc", ".dot"), _WORD),
    **dict.fromkeys((".xls", ".xlt"), _EXCEL),
    **dict.fromkeys((".ppt", ".pps"), _POWERPOINT),
    ".msg": (Message("a letter of Outlook"), Message("save it as .eml")),
    **dict.fromkeys(
        (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm"),
        (Message("locked with a password"), Message("save it without one")),
    ),
}
_ANY_OLD = Message("an old or locked Office file"), Message("save it as .docx, .xlsx or .pptx, unlocked")
_UNPACK, _PACK_AS_ZIP = Message("unpack it"), Message("pack it as .zip")
_PICTURE = Message("a picture"), Message("this program reads text")
_FOREIGN = (
    (b"\x1f\x8b", (Message("a gzip file"), _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", (Message("a 7-Zip archive"), _PACK_AS_ZIP)),
    (b"Rar!\x1a\x07", (Message("a RAR archive"), _PACK_AS_ZIP)),
    (b"BZh", (Message("a bzip2 file"), _UNPACK)),
    (b"\xfd7zXZ\x00", (Message("an xz file"), _UNPACK)),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"SQLite format 3\0", (Message("a database"), Message("export it as .csv"))),
)
# What may stand before the first element. Each alternative begins with what no other begins with and never
# gives back what it took, so that every character is looked at once.
_BEFORE_ROOT = re.compile(
    r"\s++|<\?.*?\?>|<!--.*?-->|<!doctype\s++(?!html\b)[^>]*+>", re.IGNORECASE | re.DOTALL
)
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_MAILBOX = re.compile(rb"From \S++[^\r\n]*\d{4}[ \t]*\r?\n[A-Za-z][\w-]*:[ \t]")
_HEADER = re.compile(rb"([A-Za-z][\w-]*):[ \t]|[ \t]+\S")
# Headers that only programs write; what begins as a letter and has none of them is text.
_BY_PROGRAMS = frozenset(
    {b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"dkim-signature"}
)


def kind_of(name: str, head: bytes) -> Kind | None:
    """Return the kind of a file by its name and its first `HEAD` bytes, None where both say nothing.

    Raises:
        SourceError: It is of a kind that is known and not read, or not of the kind its name says.
    """
    by_name = _SUFFIXES.get(PurePath(name).suffix.lower())
    by_content = _by_content(head)
    if by_content:
        return by_content
    if head.startswith(_OLD_OFFICE):
        what, advice = _OLD.get(PurePath(name).suffix.lower(), _ANY_OLD)
        raise SourceError("{name} is {what}; {advice}.", name=name, what=what, advice=advice)
    for beginning, (what, advice) in _FOREIGN:
        if head.startswith(beginning):
            raise SourceError("{name} is {what}; {advice}.", name=name, what=what, advice=advice)
    if by_name in _MARKED:
        raise SourceError(
            "{name} is no {kind} file, whatever its name says; left out.", name=name, kind=by_name.value
        )
    return by_name


def may_give(name: str, own: str, identifier: str) -> bool:
    """Tell whether a file of this name may hold a document with such an id; `own` is the id of the file.

    By the name alone, since what stands in the file is told by whoever may have been taken over by it.
    """
    kind = _SUFFIXES.get(PurePath(name).suffix.lower())
    return (
        kind is None or kind in _HOLDING or identifier == own or identifier.startswith((f"{own}/", f"{own}:"))
    )


def _by_content(head: bytes) -> Kind | None:
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(head)
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if _MAILBOX.match(head):
        return Kind.MBOX
    if _is_letter(head):
        return Kind.MAIL
    text = _beginning(head[:HEAD])
    root = _root(text)
    if _HTML.match(text, root):
        return Kind.HTML
    return Kind.FEED if _FEED.match(text, root) else None


def _is_letter(head: bytes) -> bool:
    """Tell whether these are headers of a letter, and nothing else before the first empty line."""
    lines = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
    lines = lines[:-1] if len(head) >= HEAD and len(lines) > 1 else lines  # the last one is cut
    found = [_HEADER.match(line) for line in lines]
    names = {match[1].lower() for match in found if match and match[1]}
    return all(found) and len(names) > 1 and bool(names & _BY_PROGRAMS)


def _root(text: str) -> int:
    """Return where the first element of a text would begin."""
    at = 0
    while skipped := _BEFORE_ROOT.match(text, at):
        at = skipped.end()
    return at


def _packed(head: bytes) -> Kind:
    """Tell the kinds that are ZIP archives inside; which one is certain only after its list is read."""
    if head[30:].startswith(b"mimetypeapplication/epub+zip"):
        return Kind.EPUB
    return Kind.ZIP


def _beginning(head: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
