"""PDF: one document a file, with the page on which every sentence stands; the only door to pdfium."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.records import Document
from index.sources.files import Input, Report
from index.sources.language import language_code
from index.sources.legacy import modern
from index.sources.limits import Options
from index.sources.metadata import date_line, heading, made_on, origin
from index.sources.pdf_layout import Line, Page, run_together

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_STAMP = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"\(?(?:untitled|anonymous|unspecified)\)?|(?:microsoft word - )?[^ ]*\.\w{2,4}|document\d*", re.I
)
_PREFIX = re.compile(r"microsoft (?:word|powerpoint) - ", re.I)
# pdfium's sign for the hyphen of a divided word, at which it leaves out the line break.
_DIVIDED = "\ufffe"
_BREAK = re.compile(r"\r\n|\n|\r|\ufffe")
_FEWEST_LETTERS = 10  # of a page on average; a scanned page has none, or a stamp of the scanner
_MOST_UNREADABLE = 0.1
_PICTURE = 3  # FPDF_PAGEOBJ_IMAGE


def read_pdf(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a PDF file; pages without text are reported.

    Raises:
        SourceError: It is locked, damaged, scanned, or its letters cannot be read.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    data = file.read()
    try:
        opened = PdfDocument(data)
    except PdfiumError as error:
        if "assword" in str(error):
            message = f"{file.name} is locked with a password; save it without one."
        else:
            message = f"{file.name} is a damaged PDF file; save it again."
        raise SourceError(message) from None
    try:
        yield _document(opened, file, report, options)
    except PdfiumError as error:
        raise SourceError(f"{file.name} is a damaged PDF file ({error}); save it again.") from None
    finally:
        opened.close()


def _document(opened: "PdfDocument", file: Input, report: Report, options: Options) -> Document:
    pages: list[Page] = []
    size = 0
    for page in opened:
        pages.append(_page(page))
        size += sum(len(line.text) for line in pages[-1].lines)
        if size > options.limits.text:
            raise SourceError(
                f"{file.name} holds more text than the limit of {options.limits.text:,} characters; split it."
            )
    _require_text(opened, pages, file.name, report)
    text, starts = run_together(pages)
    unreadable = sum(text.count(sign) for sign in ("\0", "\ufffd")) + sum(
        "\ue000" <= c <= "\uf8ff" for c in text
    )
    if unreadable > _MOST_UNREADABLE * len(text):
        raise SourceError(
            f"{file.name} does not say which letters its signs are (its fonts have no Unicode); "
            "save it as PDF again from the program it was written in."
        )
    text, starts = _without_nul(text, starts)
    text, starts = modern(text, file.name, starts)
    said = {
        key: value.strip() for key, value in opened.get_metadata_dict().items() if value.strip("\0 \t\r\n")
    }
    source, url = origin(text)
    return Document(
        file.id,
        text,
        title=_title(said.get("Title")) or heading(text),
        source=source,
        url=url,
        date=date_line(text) or made_on(text, url, _day(said.get("CreationDate"))),
        author=_title(said.get("Author")),
        language=_language(opened),
        pages=starts,
    )


def _page(page: "PdfPage") -> Page:
    textpage = page.get_textpage()
    count = textpage.count_chars()
    text = textpage.get_text_range(0, count) if count else ""
    exact = len(text) == count  # else letters beyond the basic plane have moved the places
    lines: list[Line] = []
    start = 0
    ends = [(match.start(), match.end(), match[0] == _DIVIDED) for match in _BREAK.finditer(text)]
    for end, following, divided in [*ends, (len(text), len(text), False)]:
        words = text[start:end]
        stripped = words.strip()
        if stripped:
            first = start + len(words) - len(words.lstrip())
            last = first + len(stripped) - 1
            boxes = [textpage.get_charbox(min(place, count - 1), loose=True) for place in (first, last)]
            (left, bottom, _, top), (_, low, right, high) = boxes
            if not exact:
                left, right = 0.0, 1.0
            clean = " ".join(stripped.split()) + ("-" if divided else "")
            lines.append(Line(clean, left, right, min(bottom, low), max(top, high)))
        start = following
    height: float = page.get_height()
    textpage.close()
    page.close()
    return Page(tuple(lines), height)


def _require_text(opened: "PdfDocument", pages: list[Page], name: str, report: Report) -> None:
    """Refuse scanned documents, and report single pages without text."""
    letters = [sum(len(line.text) for line in page.lines) for page in pages]
    if sum(letters) < _FEWEST_LETTERS * len(pages):
        if any(_has_picture(opened, number) for number in range(min(len(pages), 5))):
            raise SourceError(
                f"{name} holds pictures of pages and no text (it was scanned); "
                "run text recognition (OCR) on it and add the result."
            )
        if not sum(letters):
            raise SourceError(f"{name} holds no text; left out.")
    without = [n for n, size in enumerate(letters) if not size and _has_picture(opened, n)]
    if without:
        shown = ", ".join(str(n + 1) for n in without[:10]) + (", …" if len(without) > 10 else "")
        report(
            SourceError(f"{name} has pages without text, perhaps scanned ({shown}); the others were read.")
        )


def _has_picture(opened: "PdfDocument", number: int) -> bool:
    page = opened[number]
    try:
        return next(iter(page.get_objects(filter=[_PICTURE])), None) is not None
    finally:
        page.close()


def _without_nul(text: str, starts: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Take out signs that are no characters, and move the pages accordingly."""
    bad = [place for place, c in enumerate(text) if c == "\0" or "\ud800" <= c <= "\udfff"]
    if not bad:
        return text, starts
    moved = tuple(start - sum(place < start for place in bad) for start in starts)
    gone = set(bad)
    return "".join(c for place, c in enumerate(text) if place not in gone), moved


def _title(said: str | None) -> str | None:
    """Return what is a title, not the name that a program gave by itself."""
    title = _PREFIX.sub("", " ".join((said or "").split()))
    return None if not title or _NO_TITLE.fullmatch(title) else title


def _day(stamp: str | None) -> dt.date | None:
    match = _STAMP.match(stamp or "")
    if not match or not match[3]:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _language(opened: "PdfDocument") -> str | None:
    """Return the language that the file names."""
    import ctypes

    import pypdfium2.raw as pdfium

    get = getattr(pdfium, "FPDFCatalog_GetLanguage", None)
    if get is None:
        return None
    size = get(opened, None, 0)
    if not 2 < size < 200:
        return None
    buffer = ctypes.create_string_buffer(size)
    get(opened, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return language_code(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
