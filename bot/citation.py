"""Where a quote stands, in words and as a link, and which part of it a screen shows, made safe; pure."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from bot.texts.en import Texts
from index.text.characters import is_boundary
from retrieval.records import Quote

FirstWords = Callable[[str], str | None]

LONGEST_SHOWN: Final = 1000
"""Characters. A longer sentence is cut on a terminal and in Telegram."""
LEFT_OUT: Final = "[…]"
_LONGEST_HEADING: Final = 100
_NEAR: Final = 40  # characters that a cut may move to fall between two words

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# What a terminal obeys instead of showing: C0 and C1 controls, and marks that reorder the letters around
# them. Lone surrogates cannot be written at all.
_COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands.

    Attributes:
        parts: What is known of title or first words, outlet or author, date, document, heading, and page,
            paragraph or line, in this order, each safe to show.
        url: The http(s) address of the document, where it has one.
        link: The same, opening at the sentence in browsers that follow text fragments, or at its page.
    """

    parts: tuple[str, ...]
    url: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What of a sentence is shown, behind the one that it leans on.

    Attributes:
        text: The sentence or both, or a part of it word for word, with `LEFT_OUT` where there is more of it.
        highlights: Ranges of `text` that a person is to see first.
        whole: How many characters the sentence has, where `text` is a part of it.
    """

    text: str
    highlights: tuple[tuple[int, int], ...] = ()
    whole: int | None = None


def excerpt(quote: Quote, longest: int = LONGEST_SHOWN) -> Excerpt:
    """Return a sentence, one of more than `longest` characters cut around the words that answer.

    Without those it is cut where most of what is highlighted stands together. The sentence that it leans on
    stands before it where both are no longer.
    """
    size = len(quote.text)
    if quote.lead and len(quote.passage) <= longest:
        shift = len(quote.lead.text)
        return Excerpt(quote.passage, tuple((low + shift, high + shift) for low, high in quote.highlights))
    if size <= longest:
        return Excerpt(quote.text, quote.highlights)
    first, last = quote.answer or _densest(quote.highlights, longest // 2)
    start = 0
    if last > longest - _NEAR and first > longest // 4:
        start = _place_to_cut(quote.text, min(first - longest // 4, size - longest + _NEAR))
    end = _place_to_cut(quote.text, start + longest) if start + longest < size else size
    end = start + (len(quote.text[start:end].rstrip()) or end - start)
    before = f"{LEFT_OUT} " if start else ""
    after = f" {LEFT_OUT}" if end < size else ""
    shift = len(before) - start
    marked = ((max(low, start) + shift, min(high, end) + shift) for low, high in quote.highlights)
    return Excerpt(
        f"{before}{quote.text[start:end]}{after}", tuple(each for each in marked if each[0] < each[1]), size
    )


def _densest(ranges: tuple[tuple[int, int], ...], reach: int) -> tuple[int, int]:
    """Return the first range that has most of the others within reach."""
    starts = sorted(start for start, _ in ranges)
    return max(
        ranges,
        key=lambda one: bisect_left(starts, one[0] + reach) - bisect_left(starts, one[0]),
        default=(0, 0),
    )


def beginning(text: str, longest: int) -> str:
    """Return a text, or the beginning of a longer one."""
    return text if len(text) <= longest else f"{text[: _place_to_cut(text, longest)].rstrip()} {LEFT_OUT}"


def ending(text: str, longest: int) -> str:
    """Return a text, or the end of a longer one."""
    if len(text) <= longest:
        return text
    return f"{LEFT_OUT} {text[_place_to_cut(text, len(text) - longest + _NEAR) :]}"


def _place_to_cut(text: str, at: int) -> int:
    """Return the last place up to `at` between two words, or else between two characters."""
    for place in range(at, max(at - _NEAR, 0), -1):
        if text[place - 1].isspace():
            return place
    return next((place for place in range(at, 0, -1) if is_boundary(text, place)), at)


def cite(quote: Quote, texts: Texts, first_words: FirstWords) -> Citation:
    """Say where a quote stands; `first_words` gives those of a document by its id, if there are any."""
    url = http_url(quote.url)
    parts = [
        quote.title or _named_by(first_words(quote.document), quote),
        quote.source or quote.author,
        _day(quote, texts),
        # A document with an address is found by it; any other only by its name.
        None if url else quote.document,
        heading_above(quote),
        _place(quote, texts),
    ]
    shown = url and safe(url)
    return Citation(
        parts=tuple(part for part in map(safe, filter(None, parts)) if part),
        url=shown,
        link=shown and place_link(shown, safe(quote.text), quote.page),
    )


def heading_above(quote: Quote) -> str | None:
    """Return the nearest heading above a quote, or the beginning of it; not the title of its document."""
    heading = quote.headings[-1] if quote.headings else None
    return beginning(heading, _LONGEST_HEADING) if heading and heading != quote.title else None


def _place(quote: Quote, texts: Texts) -> str:
    first = quote.lead or quote
    if first.page:
        return texts.page(first.page)
    return texts.paragraph(quote.paragraph) if quote.paragraph else texts.line(first.line)


def _day(quote: Quote, texts: Texts) -> str | None:
    """Return the day of a document, with what it is inferred from if the document does not state it."""
    if not quote.date:
        return None
    inferred = texts.inferred.get(quote.dated)
    return texts.date(quote.date) + (f" ({inferred})" if inferred else "")


def opening(text: str, limit: int = 48) -> str | None:
    """Return the first words of a text, whole words of at most `limit` characters."""
    head = text[: 4 * limit].strip()
    line = _BREAKS.split(head, maxsplit=1)[0].strip()
    if not line:
        return None
    if len(line) <= limit:
        return line
    short = line[: limit + 1].rsplit(maxsplit=1)[0] if " " in line[: limit + 1] else line[:limit]
    return f"{short.rstrip(' ,;:.–-')}…"


def _named_by(words: str | None, quote: Quote) -> str | None:
    """Let a document's first words stand for its title, unless the quote begins with them."""
    if not words or quote.passage.startswith(words.rstrip("…")):
        return None
    return f"“{words}”"


def safe(text: str) -> str:
    """Make a text safe for one line of a terminal: nothing in it is obeyed, everything else stays."""
    return _COMMANDS.sub(_visible, _BREAKS.sub(" ", text))


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # ESC becomes ␛
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


_WHOLE = 80
_EDGE_WORDS = 5


def http_url(url: str | None) -> str | None:
    """Return the address if it is plain http(s), else None."""
    if url is None or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def sentence_link(url: str, sentence: str) -> str:
    """Return the address with a text fragment; a long sentence is named by its first and last words."""
    words = sentence.split()
    if not words:
        return url
    if len(sentence) <= _WHOLE or len(words) <= 2 * _EDGE_WORDS:
        directive = _encode(" ".join(words))
    else:
        directive = _encode(" ".join(words[:_EDGE_WORDS])) + "," + _encode(" ".join(words[-_EDGE_WORDS:]))
    joint = "" if "#" in url else "#"
    return f"{url}{joint}:~:text={directive}"


def place_link(url: str, sentence: str, page: int | None) -> str:
    """Return the address opening at the page, where the document has pages, else at the sentence."""
    if page is None:
        return sentence_link(url, sentence)
    return url if "#" in url else f"{url}#page={page}"


def _encode(text: str) -> str:
    """Percent-encode everything that means something in a directive, the hyphen too."""
    return quote(text, safe="").replace("-", "%2D")
