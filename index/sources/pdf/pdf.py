"""PDF: one document per file, with the page of every sentence, and what was left out of it."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from index.errors import SourceError
from index.records import Document
from index.remarks import Remark, RemarkKind, remark
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import modern
from index.sources.metadata.text_metadata import day_of_text, heading, origin
from index.sources.pdf.glyphs import OpenedPdf, open_pdf
from index.sources.pdf.lines import segments_of
from index.sources.pdf.page import PageGlyphs
from index.sources.pdf.paragraphs import Page, run_together
from index.sources.pdf.running_heads import running_heads, without
from index.sources.pdf.table_rows import lines_of

_STAMP = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"\(?(?:untitled|anonymous|unspecified)\)?|(?:microsoft word - )?[^ ]*\.\w{2,4}|document\d*", re.I
)
_PREFIX = re.compile(r"microsoft (?:word|powerpoint) - ", re.I)
_FEWEST_LETTERS = 10  # of a page on average; a scanned page has none, or a stamp of the scanner
_MOST_UNREADABLE = 0.1


def read_pdf(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a PDF file; pages without text are reported.

    Raises:
        SourceError: It is locked, damaged, scanned, or its letters cannot be read.
    """
    try:
        opened = open_pdf(file.read())
    except PermissionError:
        raise SourceError("{name} is locked with a password; save it without one.", name=file.name) from None
    except ValueError:
        raise SourceError("{name} is a damaged PDF file; save it again.", name=file.name) from None
    with opened:
        try:
            document = _document(opened, file, report, options)
        except ValueError as error:
            raise SourceError(
                "{name} is a damaged PDF file ({why}); save it again.", name=file.name, why=error
            ) from None
    yield document


def _document(opened: OpenedPdf, file: Input, report: Report, options: Options) -> Document:
    pages: list[Page] = []
    read: list[PageGlyphs] = []
    size = 0
    for page in opened.pages():
        pages.append(Page(lines_of(segments_of(page.glyphs)), page.height))
        read.append(page._replace(glyphs=()))
        size += sum(len(line.text) for line in pages[-1].lines)
        if size > options.limits.text:
            raise SourceError(
                "{name} holds more text than the limit of {limit:,} characters; split it.",
                name=file.name,
                limit=options.limits.text,
            )
    without_text = _require_text(opened, pages, file.name, report)
    heads = running_heads(pages)
    text, starts = run_together(without(pages, heads))
    unreadable = sum(text.count(sign) for sign in ("\0", "\ufffd")) + sum(
        "\ue000" <= c <= "\uf8ff" for c in text
    )
    if unreadable > _MOST_UNREADABLE * len(text):
        raise SourceError(
            "{name} does not say which letters its signs are (its fonts have no Unicode); save it as "
            "PDF again from the program it was written in.",
            name=file.name,
        )
    _report_unread(read, file.name, report)
    text, starts = _without_nul(text, starts)
    text, starts = modern(text, file.name, starts)
    said = {key: value.strip() for key, value in opened.said.items() if value.strip("\0 \t\r\n")}
    source, url = origin(text)
    day = day_of_text(text, _day(said.get("CreationDate")))
    return Document(
        file.id,
        text,
        title=_title(said.get("Title")) or heading(text),
        source=source,
        url=url,
        date=day.date,
        dated=day.dated,
        author=_title(said.get("Author")),
        language=opened.language,
        pages=starts,
        remarks=(*_heads(pages, heads), *_others(read, without_text)),
    )


def _require_text(opened: OpenedPdf, pages: list[Page], name: str, report: Report) -> list[int]:
    """Refuse scanned documents; report single pages without text and return them, counted from 1."""
    letters = [sum(len(line.text) for line in page.lines) for page in pages]
    if sum(letters) < _FEWEST_LETTERS * len(pages):
        if any(opened.has_picture(number) for number in range(min(len(pages), 5))):
            raise SourceError(
                "{name} holds pictures of pages and no text (it was scanned); run text recognition (OCR) "
                "on it and add the result.",
                name=name,
            )
        if not sum(letters):
            raise SourceError("{name} holds no text; left out.", name=name)
    without = [n for n, size in enumerate(letters) if not size and opened.has_picture(n)]
    if without:
        shown = ", ".join(str(n + 1) for n in without[:10]) + (", …" if len(without) > 10 else "")
        report(
            SourceError(
                "{name} has pages without text, perhaps scanned ({pages}); the others were read.",
                name=name,
                pages=shown,
            )
        )
    return [n + 1 for n in without]


def _report_unread(read: Sequence[PageGlyphs], name: str, report: Report) -> None:
    numbers = [str(number) for number, page in enumerate(read, 1) if page.unread]
    if numbers:
        shown = ", ".join(numbers[:10]) + (", …" if len(numbers) > 10 else "")
        report(
            SourceError(
                "{name} does not say which letters some of its signs are, on pages {pages}; there its "
                "text has gaps.",
                name=name,
                pages=shown,
            )
        )


def _heads(pages: Sequence[Page], heads: Sequence[frozenset[int]]) -> tuple[Remark, ...]:
    gone = [
        (number, page.lines[place].text)
        for number, (page, places) in enumerate(zip(pages, heads, strict=True), 1)
        for place in sorted(places)
    ]
    return remark(RemarkKind.HEADS, len(gone), (n for n, _ in gone), (text for _, text in gone))


def _others(read: Sequence[PageGlyphs], without_text: Sequence[int]) -> Iterator[Remark]:
    pages = list(enumerate(read, 1))
    yield from remark(RemarkKind.UNREAD_PAGES, len(without_text), without_text)
    yield from remark(
        RemarkKind.UNREAD_GLYPHS, sum(page.unread for page in read), (n for n, page in pages if page.unread)
    )
    hidden = [(n, page.hidden) for n, page in pages if page.hidden]
    yield from remark(RemarkKind.HIDDEN, len(hidden), (n for n, _ in hidden), (words for _, words in hidden))
    for kind, name in ((RemarkKind.FORMS, "forms"), (RemarkKind.ANNOTATIONS, "annotations")):
        said = [(n, words) for n, page in pages for words in getattr(page, name)]
        yield from remark(kind, len(said), (n for n, _ in said), (words for _, words in said))


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
