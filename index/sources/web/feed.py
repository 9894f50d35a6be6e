"""RSS and Atom: entries with what they say about themselves; the only door to feedparser."""

import calendar
import datetime as dt
import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from urllib.parse import urljoin

from index.errors import SourceError
from index.records import Document
from index.sources.files.files import Input, Report
from index.sources.files.limits import LONGEST_FIELD, Options
from index.sources.legacy import modern
from index.sources.markup.markup_equations import write_equations
from index.sources.markup.trees import parse_html, text_of
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import date_in_header, parse_date
from index.sources.web.hidden import take_hidden_out


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    Attributes:
        id: Its identifier in the feed, else its address, else the digest of what it says.
        url: Address that begins with http(s), where it has one; nobody has tried it yet.
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


def parse_feed(data: bytes, name: str, url: str | None = None) -> Feed:
    """Return what a feed holds; nothing is fetched.

    Args:
        data: The feed.
        name: What to call it in an error.
        url: Where it was fetched; relative addresses start there, else at what it calls its site.

    Raises:
        SourceError: It is no feed.
    """
    import feedparser

    # What is taken of it is text: nothing has to be made safe, and an escaped CDATA section would be lost.
    parsed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise SourceError("{name} is not an RSS or Atom feed; left out.", name=name)
    base = url or _address(parsed.feed.get("link"), None)
    entries = tuple(_entry(each, base) for each in parsed.entries)
    return Feed(_line(parsed.feed.get("title")), language_code(parsed.feed.get("language")), entries)


def modest(feed: Feed) -> Feed:
    """Return a feed without names and addresses of undue length; of such an identifier the digest stays."""
    entries = (
        replace(
            entry,
            id=entry.id if len(entry.id) <= LONGEST_FIELD else hashlib.sha256(entry.id.encode()).hexdigest(),
            url=_modest(entry.url),
            title=_modest(entry.title),
            author=_modest(entry.author),
        )
        for entry in feed.entries
    )
    return Feed(_modest(feed.title), feed.language, tuple(entries))


def read_feed(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield one document per entry, from what the feed itself holds.

    Raises:
        SourceError: It is no feed, or has no entries.
    """
    feed = parse_feed(file.read(), file.name)
    if not feed.entries:
        raise SourceError("{name} is a feed without entries; left out.", name=file.name)
    for number, entry in enumerate(feed.entries, 1):
        if entry.text:
            yield entry_document(entry, feed, file.id)
        else:
            report(
                SourceError("Entry {number} of {name} has no text; left out.", number=number, name=file.name)
            )


def entry_document(entry: FeedEntry, feed: Feed, origin: str) -> Document:
    """Return the document of what a feed itself holds of an entry.

    Its id is its address. Any other identifier is at most unique in the feed, so it follows that of the feed.

    Args:
        entry: One that has text.
        feed: The feed.
        origin: Id of the feed: its file or its address.
    """
    identifier = entry.url or f"{origin}#{entry.id}"
    return Document(
        identifier,
        modern(entry.text, identifier)[0],
        title=entry.title,
        source=feed.title,
        url=entry.url,
        date=entry.date,
        author=entry.author,
        language=feed.language,
    )


def _modest(said: str | None) -> str | None:
    return said if said is None or len(said) <= LONGEST_FIELD else None


def _entry(said: "dict[str, object]", base: str | None) -> FeedEntry:
    contents = said.get("content")
    whole = ""
    if isinstance(contents, list):
        whole = max((_text(content.get("value")) for content in contents), key=len, default="")
    summary = _text(said.get("summary"))
    text = whole if len(whole) >= len(summary) else summary
    address, title = _address(said.get("link"), base), _line(said.get("title"))
    return FeedEntry(
        str(said.get("id") or "") or address or hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        address,
        title,
        _line(said.get("author")),
        _day(said.get("published"), said.get("published_parsed"))
        or _day(said.get("updated"), said.get("updated_parsed")),
        text,
        bool(whole),
    )


def _address(link: object, base: str | None) -> str | None:
    """Return the http(s) address that a link is, in what stands at `base`."""
    if not isinstance(link, str) or not (written := _unwrapped(link).strip().replace(" ", "%20")):
        return None
    try:
        address = urljoin(base or ("https:" if written.startswith("//") else ""), written)
    except ValueError:  # such as http://[: whoever asks for it says so
        address = written
    return address if address.lower().startswith(("http://", "https://")) else None


def _day(written: object, stamp: object) -> dt.date | None:
    """Return the day as it was where the entry was written; of a form only feedparser reads, that of UTC."""
    if isinstance(written, str) and (day := date_in_header(written) or parse_date(written)):
        return day
    if isinstance(stamp, time.struct_time):
        try:
            return dt.datetime.fromtimestamp(calendar.timegm(stamp), dt.UTC).date()
        except (ValueError, OverflowError, OSError):
            return None
    return None


def _unwrapped(text: str) -> str:
    """Return a text out of CDATA sections that were escaped, and so became part of it."""
    return text.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in text else text


def _text(html: object) -> str:
    if not isinstance(html, str) or not html.strip():
        return ""
    root = parse_html(_unwrapped(html))
    if root is None:
        return ""
    write_equations(root)
    take_hidden_out(root)
    return text_of(root)


def _line(html: object) -> str | None:
    return " ".join(_text(html).split()) or None
