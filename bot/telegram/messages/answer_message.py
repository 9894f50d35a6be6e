"""An `Answer` as Telegram messages: plain text with entities, cut at 4,096 UTF-16 units. Pure.

Nothing is ever parsed by Telegram, so no document can inject markup. What Telegram itself turns into a link
inside a quote (`@name`, `/command`, a bare address) stays as it is: a quote is given byte for byte, and a
person who follows such a link sees where it leads; previews are off.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.telegram.messages import entities
from bot.telegram.messages.pieces import LIMIT, Block, Piece, continued, join, pack, styled
from bot.telegram.messages.utf16 import units
from bot.texts.en import EN
from bot.texts.refusals import refusal
from bot.texts.telegram import TelegramTexts
from bot.texts.vi import VI
from index.records import Dated
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Quote, Refusal, Status

_MOST_HIGHLIGHTS = 12
_EXPANDABLE_FROM = 320
_TITLE = 70
_MOST_PLACES = 5
_ONLY: Mapping[str, Callable[[DocumentFilter], str]] = {"vi": VI.only, "en": EN.only}


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
        collection: Where nothing was found: one sentence on what the collection holds, unless that was said.
        sample: Whether the collection is the sample, which is said.

    """

    answer: Answer
    shown: int = 3
    related: bool = False
    contexts: Mapping[int, Context] = field(default_factory=dict)
    openings: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    understood: str | None = None
    collection: str | None = None
    sample: bool = False


def render(view: View, texts: TelegramTexts) -> tuple[Piece, ...]:
    """Return the messages of an answer, in order; never none."""
    answer = view.answer
    blocks: list[Piece] = []
    if view.asked:
        blocks.append(styled(view.asked, "bold"))
    if view.understood:
        blocks.append(styled(texts.understood.format(question=view.understood), "italic"))
    if answer.only != EVERYTHING:
        blocks.append(styled(_ONLY[texts.code](answer.only), "italic"))
    if answer.status is Status.REFUSED:
        blocks.append(Piece(refusal(answer.reason or Refusal.NO_WORDS, texts.code)))
    elif answer.status is Status.FOUND:
        blocks += _quotes(answer.quotes[: view.shown], view, texts)
    else:
        blocks.append(styled(texts.not_found if answer.near else texts.nothing, "bold"))
        if view.collection:
            blocks.append(Piece(view.collection))
        if answer.only != EVERYTHING:
            blocks.append(Piece(texts.without_filter))
        if view.related:
            blocks.append(styled(texts.related_heading, "italic"))
            blocks += _quotes(answer.related, view, texts)
    if view.sample:
        blocks.append(styled(texts.sample, "italic"))
    return pack(blocks)


def quoted(quote: Quote, texts: TelegramTexts, opening: str | None = None) -> tuple[Piece, ...]:
    """Return one quote with its citation, as inline results and permalinks show it."""
    return pack(_quote(quote, 0, 1, Context(None, None), texts, opening))


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
    block = Block()
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
        return [join(whole, citation, "\n")]
    return [*continued(whole, texts.continued), citation]


def _add_highlighted(block: Block, quote: Quote) -> None:
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
    block = Block()
    block.add(number)
    _add_reference(block, quote, texts, opening)
    for i, other in enumerate(quote.also[:_MOST_PLACES]):
        block.add("\n" + texts.also if i == 0 else "; ")
        _add_place(block, other, texts)
    if more := len(quote.also[_MOST_PLACES:]) + quote.also_more:
        block.add("; " + texts.also_more.format(more=more))
    return block.piece()


def _add_reference(block: Block, quote: Quote, texts: TelegramTexts, opening: str | None) -> None:
    """Add title, outlet, date and place; the title is a link to the sentence where there is an address."""
    url = entities.link(quote.url)
    link = entities.place(url, quote.text, quote.page) if url else None
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


def _add_place(block: Block, quote: Quote, texts: TelegramTexts) -> None:
    """Add outlet and date, in few words; the outlet is the link."""
    url = entities.link(quote.url)
    if not url or not quote.source:
        _add_reference(block, quote, texts, None)
        return
    block.add(
        " ".join(quote.source.split())[:_TITLE], "text_link", entities.place(url, quote.text, quote.page)
    )
    if quote.date:
        block.add(f" · {_day(quote.date, quote.dated, texts)}")


def _day(date: dt.date, how: Dated, texts: TelegramTexts) -> str:
    """Return a day, with what it is inferred from where the document itself does not say it."""
    inferred = {
        Dated.ADDRESS: texts.by_address,
        Dated.FILE_NAME: texts.by_file_name,
        Dated.FILE: texts.by_file,
    }.get(how)
    return texts.day(date) + (f" ({inferred})" if inferred else "")
