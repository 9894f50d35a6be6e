"""An `Answer` as Telegram messages: plain text with entities, cut at 4,096 UTF-16 units. Pure.

Nothing is ever parsed by Telegram, so no document can inject markup. What Telegram itself turns into a link
inside a quote (`@name`, `/command`, a bare address) stays as it is: a quote is given byte for byte, and a
person who follows such a link sees where it leads; previews are off.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.citation import LONGEST_SHOWN, Excerpt, beginning, ending, excerpt, heading_above
from bot.telegram.messages import entities
from bot.telegram.messages.pieces import LIMIT, Block, Piece, continued, join, pack, styled
from bot.telegram.messages.utf16 import units
from bot.texts.en import EN
from bot.texts.refusals import refusal
from bot.texts.telegram import TelegramTexts
from bot.texts.vi import VI
from index.records import Dated
from index.text.segment import LONGEST_SENTENCE
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Quote, Refusal, Status

MOST_MESSAGES = 5
"""The most messages of an answer: the more sentences there are, the shorter they are cut."""
_LENGTHS = (LONGEST_SHOWN, 500, 250, 120, 60)  # of a sentence, in characters, the longest that will do
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
        understood: The question as a follow-up or its short forms were understood; None where it is as typed.
        collection: Where nothing was found: one sentence on what the collection holds, unless that was said.
        sample: Whether the collection is the sample, which is said.
        note: A sentence of our own above the answer.

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
    note: str | None = None


def render(view: View, texts: TelegramTexts) -> tuple[Piece, ...]:
    """Return the messages of an answer, in order; never none, and never more than `MOST_MESSAGES`."""
    blocks: list[Piece] = []
    for longest in _LENGTHS:
        blocks = _blocks(view, texts, longest)
        messages = pack(blocks)
        if len(messages) <= MOST_MESSAGES:
            return messages
    # It is the addresses behind the words that fill the messages.
    bare = (Piece(block.text, tuple(e for e in block.entities if not e.url)) for block in blocks)
    return pack(bare)


def _blocks(view: View, texts: TelegramTexts, longest: int) -> list[Piece]:
    answer = view.answer
    blocks = _above(view, texts)
    if answer.status is Status.REFUSED:
        blocks.append(Piece(refusal(answer.reason or Refusal.NO_WORDS, texts.code)))
    elif answer.status is Status.FOUND:
        blocks += _quotes(answer.quotes[: view.shown], view, texts, longest)
    else:
        blocks.append(styled(texts.not_found if answer.near else texts.nothing, "bold"))
        if view.collection:
            blocks.append(Piece(view.collection))
        if answer.only != EVERYTHING:
            blocks.append(Piece(texts.without_filter))
        if view.related:
            blocks.append(styled(texts.related_heading, "italic"))
            blocks += _quotes(answer.related, view, texts, longest)
    if view.sample:
        blocks.append(styled(texts.sample, "italic"))
    return blocks


def _above(view: View, texts: TelegramTexts) -> list[Piece]:
    """Return what precedes an answer: what was asked, and how it was understood."""
    said = [(view.asked, "bold"), (view.note, "italic")]
    said.append((view.understood and texts.understood.format(question=view.understood), "italic"))
    only = view.answer.only
    said.append((None if only == EVERYTHING else _ONLY[texts.code](only), "italic"))
    return [styled(text, kind) for text, kind in said if text]


def by_date(answer: Answer, shown: int) -> Answer:
    """Return an answer with its quotes in the order of their days, undated ones last."""

    def day(quote: Quote) -> dt.date:
        return quote.date or dt.date.max

    quotes = (*sorted(answer.quotes[:shown], key=day), *answer.quotes[shown:])
    return replace(answer, quotes=quotes, related=tuple(sorted(answer.related, key=day)))


def quoted(quote: Quote, texts: TelegramTexts, opening: str | None = None) -> tuple[Piece, ...]:
    """Return one quote with its citation, as inline results and permalinks show it: a whole sentence."""
    return pack(_quote(quote, "", Context(None, None), texts, opening, LONGEST_SENTENCE))


def heading(quote: Quote, opening: str | None) -> str:
    """Return the label of a document: its title, else its first words, else its name.

    First words that the quote itself shows are left out.
    """
    if opening and quote.passage.startswith(opening.strip("“”").rstrip("…")):
        opening = None
    name = " ".join((quote.title or opening or quote.document).split())
    return name if len(name) <= _TITLE else name[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _quotes(quotes: tuple[Quote, ...], view: View, texts: TelegramTexts, longest: int) -> list[Piece]:
    blocks: list[Piece] = []
    for place, quote in enumerate(quotes):
        context = view.contexts.get(place, Context(None, None))
        opening = view.openings.get(quote.document)
        number = f"[{place + 1}] " if len(quotes) > 1 else ""
        blocks += _quote(quote, number, context, texts, opening, longest)
    return blocks


def _quote(
    quote: Quote, number: str, context: Context, texts: TelegramTexts, opening: str | None, longest: int
) -> list[Piece]:
    """Return the quotation with its citation below; more than one piece only where it is too long for one."""
    part = excerpt(replace(quote, lead=None) if context.before else quote, longest)
    citation = _citation(quote, number, texts, opening, part.whole)
    block = Block()
    if context.before:
        block.add(ending(context.before, longest), "italic")
        block.add("\n")
    _add_highlighted(block, part)
    if context.after:
        block.add("\n")
        block.add(beginning(context.after, longest), "italic")
    kind = "expandable_blockquote" if block.size > _EXPANDABLE_FROM else "blockquote"
    block.span(kind, 0)
    whole = block.piece()
    if block.size + 1 + units(citation.text) <= LIMIT:
        return [join(whole, citation, "\n")]
    return [*continued(whole, texts.continued), citation]


def _add_highlighted(block: Block, quote: Excerpt) -> None:
    """Add what is shown of the sentence, the words that carry the answer in bold."""
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


def _citation(
    quote: Quote, number: str, texts: TelegramTexts, opening: str | None, whole: int | None
) -> Piece:
    block = Block()
    block.add(number)
    _add_reference(block, quote, texts, opening)
    if whole:
        block.add(f" · {texts.cut.format(characters=texts.number(whole))}")
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
    if above := heading_above(quote):
        facts.append(above)
    if quote.page:
        facts.append(texts.page.format(page=quote.page))
    elif quote.paragraph and not link:
        facts.append(texts.paragraph.format(paragraph=quote.paragraph))
    elif not link:
        facts.append(texts.line.format(line=(quote.lead or quote).line))
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
