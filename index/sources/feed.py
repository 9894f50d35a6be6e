"""RSS and Atom: entries with what they say of themselves; the only door to feedparser."""

import calendar
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from io import BytesIO

from index.errors import SourceError
from index.records import Document
from index.sources.files import Input, Report
from index.sources.language import language_code
from index.sources.legacy import modern
from index.sources.limits import Options
from index.sources.markup import parse_html, text_of
from index.sources.metadata_dates import parse_date


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    Attributes:
        id: What the feed calls it: its identifier, else its address.
        url: http(s) address, where it has one.
        title, author, date: As the entry says.
        text: What the feed itself holds of it, as text.
        is_whole: Whether that is the whole article (`content`), not a summary.
    """

    id: str
    url: str | None
    title: str | None
    author: str | None
    date: dt.date | None
    text: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, its language, its entries in the order of the feed."""

    title: str | None
    language: str | None
    entries: tuple[FeedEntry, ...] = field(default_factory=tuple)


def parse_feed(data: bytes, name: str) -> Feed:
    """Return what a feed holds; nothing is fetched.

    Raises:
        SourceError: It is no feed.
    """
    import feedparser

    parsed = feedparser.parse(BytesIO(data), sanitize_html=True, resolve_relative_uris=True)
    if not parsed.get("version"):
        raise SourceError(f"{name} is not an RSS or Atom feed; left out.")
    entries = tuple(entry for each in parsed.entries if (entry := _entry(each)))
    return Feed(_line(parsed.feed.get("title")), language_code(parsed.feed.get("language")), entries)


def read_feed(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield a document an entry, of what the feed itself holds.

    Raises:
        SourceError: It is no feed, or has no entries.
    """
    feed = parse_feed(file.read(), file.name)
    if not feed.entries:
        raise SourceError(f"{file.name} is a feed without entries; left out.")
    for number, entry in enumerate(feed.entries, 1):
        if entry.text:
            yield entry_document(entry, feed, f"{file.id}:{number}")
        else:
            report(SourceError(f"Entry {number} of {file.name} has no text; left out."))


def entry_document(entry: FeedEntry, feed: Feed, default_id: str) -> Document:
    """Return the document of what a feed itself holds of an entry."""
    return Document(
        entry.url or entry.id or default_id,
        modern(entry.text, entry.url or default_id)[0],
        title=entry.title,
        source=feed.title,
        url=entry.url,
        date=entry.date,
        author=entry.author,
        language=feed.language,
    )


def _entry(said: "dict[str, object]") -> FeedEntry | None:
    contents = said.get("content")
    whole = ""
    if isinstance(contents, list):
        whole = max((_text(content.get("value")) for content in contents), key=len, default="")
    summary = _text(said.get("summary"))
    url = said.get("link")
    address = url if isinstance(url, str) and url.startswith(("http://", "https://")) else None
    identifier = str(said.get("id") or address or "")
    text = whole if len(whole) >= len(summary) else summary
    if not (identifier or text):
        return None
    return FeedEntry(
        identifier,
        address,
        _line(said.get("title")),
        _line(said.get("author")),
        _day(said.get("published"), said.get("published_parsed"))
        or _day(said.get("updated"), said.get("updated_parsed")),
        text,
        bool(whole),
    )


def _day(written: object, stamp: object) -> dt.date | None:
    """Return the day as it was where the entry was written; of a form only feedparser reads, that of UTC."""
    if isinstance(written, str):
        try:
            return parsedate_to_datetime(written).date()
        except (ValueError, TypeError):
            if day := parse_date(written):
                return day
    if isinstance(stamp, time.struct_time):
        try:
            return dt.datetime.fromtimestamp(calendar.timegm(stamp), dt.UTC).date()
        except (ValueError, OverflowError, OSError):
            return None
    return None


def _text(html: object) -> str:
    if not isinstance(html, str) or not html.strip():
        return ""
    root = parse_html(html)
    return "" if root is None else text_of(root)


def _line(html: object) -> str | None:
    return " ".join(_text(html).split()) or None
