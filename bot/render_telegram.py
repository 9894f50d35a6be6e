"""An `Answer` as Telegram messages: plain text with entities, cut at 4,096 UTF-16 units. Pure.

Nothing is ever parsed by Telegram, so no document can inject markup. What Telegram itself turns into a link
inside a quote (`@name`, `/command`, a bare address) stays as it is: a quote is given byte for byte, and a
person who follows such a link sees where it leads; previews are off.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.fragment import http_url, place_link
from bot.texts.refusals import refusal
from bot.texts.telegram import TelegramTexts
from bot.utf16 import cut, units
from index.dates import Dated
from retrieval.records import Answer, Quote, Refusal, Status

LIMIT = 4096
_MOST_ENTITIES = 100
_MOST_HIGHLIGHTS = 12
_EXPANDABLE_FROM = 320
_TITLE = 70
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Entity:
    """Formatting of a part of a text; offset and length in UTF-16 units, kinds as Telegram names them."""

    kind: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: 1 to 4,096 UTF-16 units, at most 100 entities."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The sentences before and after a quote in its document."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class View:
    """What of an answer is on the screen.

    Attributes:
        answer: The answer.
        shown: How many of its quotes.
        related: Whether the sentences below the threshold are opened.
        contexts: By place among the shown quotes, from 0: neighbours that are opened.
        openings: By document id: its first words in quotation marks, for a document without a title.
        asked: The question, where the chat does not show it: the one of a pressed example.
        understood: The question as a follow-up was understood; None for one that stands alone.
        collection: Where nothing was found: one sentence on what the collection holds.

    """

    answer: Answer
    shown: int = 3
    related: bool = False
    contexts: Mapping[int, Context] = field(default_factory=dict)
    openings: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    understood: str | None = None
    collection: str | None = None


class _Block:
    """Text under construction, with the running UTF-16 offset."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.entities: list[Entity] = []
        self.size = 0

    def add(self, text: str, kind: str | None = None, url: str | None = None) -> None:
        length = units(text)
        if kind is not None and length:
            self.entities.append(Entity(kind, self.size, length, url))
        self.parts.append(text)
        self.size += length

    def span(self, kind: str, start: int) -> None:
        if self.size > start:
            self.entities.append(Entity(kind, start, self.size - start))

    def piece(self) -> Piece:
        return Piece("".join(self.parts), tuple(sorted(self.entities, key=lambda e: (e.offset, -e.length))))


def render(view: View, texts: TelegramTexts) -> tuple[Piece, ...]:
    """Return the messages of an answer, in order; never none."""
    answer = view.answer
    blocks: list[Piece] = []
    if view.asked:
        blocks.append(_styled(view.asked, "bold"))
    if view.understood:
        blocks.append(_styled(texts.understood.format(question=view.understood), "italic"))
    if answer.status is Status.REFUSED:
        blocks.append(Piece(refusal(answer.reason or Refusal.NO_WORDS, texts.code)))
    elif answer.status is Status.FOUND:
        blocks += _quotes(answer.quotes[: view.shown], view, texts)
    else:
        blocks.append(_styled(texts.not_found, "bold"))
        if view.collection:
            blocks.append(Piece(view.collection))
        if view.related:
            blocks.append(_styled(texts.related_heading, "italic"))
            blocks += _quotes(answer.related, view, texts)
    return pack(blocks)


def quoted(quote: Quote, texts: TelegramTexts, opening: str | None = None) -> tuple[Piece, ...]:
    """Return one quote with its citation, as inline results and permalinks show it."""
    return pack(_quote(quote, 0, 1, Context(None, None), texts, opening))


def plain(text: str) -> tuple[Piece, ...]:
    """Return a text of our own or a list, cut where it must be."""
    return pack([Piece(text)])


def heading(quote: Quote, opening: str | None) -> str:
    """Return what a document is called: its title, else its first words, else its name.

    First words that the quote itself shows are left out.
    """
    if opening and quote.text.startswith(opening.strip("“”").rstrip("…")):
        opening = None
    name = " ".join((quote.title or opening or quote.document).split())
    return name if len(name) <= _TITLE else name[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _quotes(quotes: tuple[Quote, ...], view: View, texts: TelegramTexts) -> list[Piece]:
    blocks: list[Piece] = []
    for place, quote in enumerate(quotes):
        context = view.contexts.get(place, Context(None, None))
        opening = view.openings.get(quote.document)
        blocks += _quote(quote, place, len(quotes), context, texts, opening)
    return blocks


def _quote(
    quote: Quote, place: int, count: int, context: Context, texts: TelegramTexts, opening: str | None
) -> list[Piece]:
    """Return the quotation with its citation below; more than one piece only where it is too long for one."""
    citation = _citation(quote, f"[{place + 1}] " if count > 1 else "", texts, opening)
    block = _Block()
    if context.before:
        block.add(context.before, "italic")
        block.add("\n")
    _add_highlighted(block, quote)
    if context.after:
        block.add("\n")
        block.add(context.after, "italic")
    kind = "expandable_blockquote" if block.size > _EXPANDABLE_FROM else "blockquote"
    block.span(kind, 0)
    whole = block.piece()
    if block.size + 1 + units(citation.text) <= LIMIT:
        return [_join(whole, citation, "\n")]
    return [*_cut(whole, LIMIT - units(texts.continued) - 1, texts), citation]


def _add_highlighted(block: _Block, quote: Quote) -> None:
    """Add the sentence, the words that carry the answer in bold."""
    at = 0
    for start, end in quote.highlights[:_MOST_HIGHLIGHTS]:
        start, end = max(start, at), min(end, len(quote.text))
        words = quote.text[start:end]
        if not words.strip():
            continue
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        block.add(quote.text[at:start])
        block.add(quote.text[start:end], "bold")
        at = end
    block.add(quote.text[at:])


def _citation(quote: Quote, number: str, texts: TelegramTexts, opening: str | None) -> Piece:
    block = _Block()
    block.add(number)
    _add_reference(block, quote, texts, opening)
    for i, other in enumerate(quote.also[:_MOST_PLACES]):
        block.add("\n" + texts.also if i == 0 else "; ")
        _add_place(block, other, texts)
    if more := len(quote.also[_MOST_PLACES:]) + quote.also_more:
        block.add("; " + texts.also_more.format(more=more))
    return block.piece()


def _add_reference(block: _Block, quote: Quote, texts: TelegramTexts, opening: str | None) -> None:
    """Add title, outlet, date and place; the title is a link to the sentence where there is an address."""
    url = http_url(quote.url)
    link = place_link(url, quote.text, quote.page) if url else None
    name = heading(quote, opening)
    block.add(name, "text_link" if link else None, link)
    outlet = quote.source or quote.author
    facts = [" ".join(outlet.split())[:_TITLE]] if outlet else []
    if quote.date:
        facts.append(_day(quote.date, quote.dated, texts))
    if not link and name != quote.document:
        facts.append(" ".join(quote.document.split())[-_TITLE:])
    if quote.page:
        facts.append(texts.page.format(page=quote.page))
    elif not link:
        facts.append(texts.line.format(line=quote.line))
    block.add("".join(f" · {fact}" for fact in facts))


def _add_place(block: _Block, quote: Quote, texts: TelegramTexts) -> None:
    """Add outlet and date, in few words; the outlet is the link."""
    url = http_url(quote.url)
    if not url or not quote.source:
        _add_reference(block, quote, texts, None)
        return
    block.add(" ".join(quote.source.split())[:_TITLE], "text_link", place_link(url, quote.text, quote.page))
    if quote.date:
        block.add(f" · {_day(quote.date, quote.dated, texts)}")


def _day(date: dt.date, how: Dated, texts: TelegramTexts) -> str:
    """Return a day, with what it is inferred from where the document itself does not say it."""
    inferred = {Dated.ADDRESS: texts.by_address, Dated.FILE_NAME: texts.by_file_name}.get(how)
    return texts.day(date) + (f" ({inferred})" if inferred else "")


def _styled(text: str, kind: str) -> Piece:
    return Piece(text, (Entity(kind, 0, units(text)),))


def _join(first: Piece, second: Piece, joint: str) -> Piece:
    shift = units(first.text) + units(joint)
    moved = tuple(Entity(e.kind, e.offset + shift, e.length, e.url) for e in second.entities)
    return Piece(first.text + joint + second.text, first.entities + moved)


def pack(blocks: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put blocks together, an empty line between, into as few messages as they fit; none is cut that fits."""
    messages: list[Piece] = []
    for block in (part for whole in blocks for part in _within_limit(whole)):
        if messages:
            joined = _join(messages[-1], block, "\n\n")
            if units(joined.text) <= LIMIT and len(joined.entities) <= _MOST_ENTITIES:
                messages[-1] = joined
                continue
        messages.append(block)
    return tuple(messages)


def _within_limit(block: Piece) -> list[Piece]:
    if units(block.text) <= LIMIT:
        return [block]
    return [Piece(part.text.strip(), part.entities) for part in _slices(block, LIMIT) if part.text.strip()]


def _cut(block: Piece, limit: int, texts: TelegramTexts) -> list[Piece]:
    """Cut a quotation that is too long for one message; each part says that it goes on."""
    parts = _slices(block, limit)
    more = _styled(texts.continued, "italic")
    return [_join(part, more, "\n") for part in parts[:-1]] + parts[-1:]


def _slices(block: Piece, limit: int) -> list[Piece]:
    """Cut text and entities alike; joined, the texts are the whole."""
    edges = [0]
    while edges[-1] < len(block.text):
        edges.append(edges[-1] + cut(block.text[edges[-1] :], limit))
    parts: list[Piece] = []
    offset = 0
    for start, end in pairwise(edges):
        text = block.text[start:end]
        size = units(text)
        inside = (_clip(entity, offset, offset + size) for entity in block.entities)
        parts.append(Piece(text, tuple(entity for entity in inside if entity is not None)))
        offset += size
    return parts


def _clip(entity: Entity, start: int, end: int) -> Entity | None:
    """Return the part of an entity within a slice, in the offsets of the slice."""
    low, high = max(entity.offset, start), min(entity.offset + entity.length, end)
    return Entity(entity.kind, low - start, high - low, entity.url) if low < high else None
