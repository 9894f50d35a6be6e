"""Commands: /start with its deep links, /help, /sources, /status, /new, /lang, and the owner's."""

import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import islice
from typing import Final

from bot.fragment import http_url
from bot.pieces import Entity, Piece
from bot.render_telegram import quoted
from bot.telegram import asking, library, listing
from bot.telegram.desk import LOG, Desk
from bot.telegram.incoming import Press, Written
from bot.telegram.keyboards import Keyboard, examples_keyboard, language_keyboard, pages_keyboard
from bot.telegram.sender import Place
from bot.telegram.shelf import Shelf
from bot.texts.reasons import reason
from bot.texts.telegram import TelegramTexts
from bot.utf16 import units
from index.errors import TrichDanError
from retrieval.records import Quote

_PAGE: Final = 10
_LONGEST_TITLE: Final = 90
_ANY_EXAMPLE: Final = "NATO?"


async def command(desk: Desk, written: Written) -> None:
    """Carry out a command; an unknown one gets the help, in private."""
    name = written.command or ""
    if name in _OWNERS and not desk.access.owner(written.person.id):
        await desk.say(_place(written), desk.texts_for(written.person).owners_only)
        return
    action = _OWNERS.get(name) or _COMMANDS.get(name) or (_help if written.private else None)
    if action is not None:
        await action(desk, written)


def _place(written: Written) -> Place:
    return Place(written.chat, written.message if not written.private else None, written.thread)


async def _start(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    if written.text and written.text.startswith("q"):
        await _permalink(desk, written, texts)
        return
    examples: tuple[str, ...] = ()
    tag = ""
    portrait = desk.portrait
    text = texts.start
    if desk.shelves.loaded:
        with desk.shelves.reading() as shelf:
            text += "\n\n" + desk.about(shelf, texts)
            if portrait and portrait.generation == shelf.generation.name:
                examples, tag = portrait.examples, shelf.tag
    if examples:
        text += "\n\n" + texts.examples
        text += "".join(f"\n{number}. {example}" for number, example in enumerate(examples, 1))
    await desk.say(_place(written), text, examples_keyboard(len(examples), tag))


async def _permalink(desk: Desk, written: Written, texts: TelegramTexts) -> None:
    """Show the quote that a deep link leads to."""
    parameter = written.text or ""

    def find() -> tuple[Quote, str | None] | None:
        with desk.shelves.reading() as shelf:
            quote = shelf.follow(parameter)
            return None if quote is None else (quote, shelf.opening(quote.document))

    found = await desk.workers.run(find)
    if found is None:
        await desk.say(_place(written), texts.quote_gone)
    else:
        await desk.sender.send(_place(written), quoted(found[0], texts, found[1]))


async def _help(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    shown = dict(texts.commands)
    if desk.access.owner(written.person.id):
        shown |= texts.owner_commands
    lines = "\n".join(f"/{name} – {what}" for name, what in shown.items())
    text = texts.help.format(bot=desk.me.username, commands=lines)
    if desk.access.owner(written.person.id) and desk.feeder is not None:
        text += "\n\n" + texts.feed_help.format(limits=library.limits(desk, texts))
    await desk.say(_place(written), text)


async def _ask(desk: Desk, written: Written) -> None:
    if written.text:
        await asking.ask(desk, written, written.text)
        return
    texts = desk.texts_for(written.person)
    examples = desk.portrait.examples if desk.portrait else ()
    example = examples[0] if examples else _ANY_EXAMPLE
    await desk.say(_place(written), texts.nothing_to_ask.format(example=example))


async def _new(desk: Desk, written: Written) -> None:
    desk.state.answers.forget_talk(written.chat, written.person.id)
    await desk.say(_place(written), desk.texts_for(written.person).new)


async def _lang(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    await desk.say(_place(written), texts.lang, language_keyboard(texts))


async def choose_language(desk: Desk, pressed: Press, code: str) -> None:
    """Keep the language that a button names, and speak it at once."""
    if code not in (*desk.texts, "auto"):
        await desk.sender.answer_callback(pressed.query, desk.texts_for(pressed.person).unusable)
        return
    desk.state.choose_language(pressed.person.id, None if code == "auto" else code)
    texts = desk.texts_for(pressed.person)
    said = texts.lang_follow if code == "auto" else texts.lang_set
    await desk.sender.answer_callback(pressed.query, said)
    if pressed.private and pressed.chat and pressed.message:
        await desk.sender.edit(pressed.chat, pressed.message, Piece(said), language_keyboard(texts))


async def _sources(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    piece, keyboard = await desk.workers.run(lambda: _page(desk, 0, texts))
    await desk.sender.send(_place(written), (piece,), keyboard)


async def turn_page(desk: Desk, pressed: Press, page: int, texts: TelegramTexts) -> None:
    """Show another page of the sources, in place."""
    piece, keyboard = await desk.workers.run(lambda: _page(desk, page, texts))
    if pressed.chat and pressed.message:
        await desk.sender.edit(pressed.chat, pressed.message, piece, keyboard)


def _page(desk: Desk, page: int, texts: TelegramTexts) -> tuple[Piece, Keyboard]:
    """Lay out one page of the documents; a page beyond the last is the last."""
    with desk.shelves.reading() as shelf:
        generation = shelf.generation
        pages = max((generation.documents + _PAGE - 1) // _PAGE, 1)
        page = min(max(page, 0), pages - 1)
        text = desk.about(shelf, texts) + "\n"
        entities: list[Entity] = []
        for document in islice(generation.iter_documents(), page * _PAGE, (page + 1) * _PAGE):
            title = " ".join((document.title or shelf.opening(document.id) or document.id).split())
            title = title[:_LONGEST_TITLE]
            text += "\n• "
            url = http_url(document.url)
            if url:
                entities.append(Entity("text_link", units(text), units(title), url))
            facts = [document.source, texts.day(document.date) if document.date else None]
            facts.append(None if url or title == document.id else document.id)
            text += " · ".join([title, *(" ".join(fact.split())[:_LONGEST_TITLE] for fact in facts if fact)])
        return Piece(text, tuple(entities)), pages_keyboard(page, pages, shelf.tag, texts)


async def _status(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    if not desk.shelves.loaded:
        await desk.say(_place(written), texts.no_collection)
        return
    with desk.shelves.reading() as shelf:
        text = _status_text(desk, shelf, texts)
    await desk.say(_place(written), text)


def _status_text(desk: Desk, shelf: Shelf, texts: TelegramTexts) -> str:
    generation = shelf.generation
    minutes, seconds = divmod(int(time.monotonic() - desk.started), 60)
    hours, minutes = divmod(minutes, 60)
    return texts.status.format(
        documents=texts.number(generation.documents),
        sentences=texts.number(generation.sentences),
        newest=texts.day(generation.newest) if generation.newest else "–",
        generation=generation.name,
        encoder=shelf.encoder,
        access=texts.access_open if desk.access.open else texts.access_listed,
        uptime=f"{hours}:{minutes:02}:{seconds:02}",
    )


async def _reload(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    try:
        fresh = await desk.workers.run(lambda: desk.shelves.refresh(again=True))
        await desk.workers.run(desk.paint)
    except TrichDanError as error:
        LOG.error("the new generation could not be opened: %s", error)
        await desk.say(_place(written), texts.reload_failed.format(reason=reason(str(error), texts.code)))
        return
    with desk.shelves.reading() as shelf:
        template = texts.reload_new if fresh else texts.reload_same
        text = template.format(
            generation=shelf.generation.name,
            documents=texts.number(shelf.generation.documents),
            sentences=texts.number(shelf.generation.sentences),
        )
    await desk.say(_place(written), text)


async def _stats(desk: Desk, written: Written) -> None:
    texts = desk.texts_for(written.person)
    counts = desk.state.counts()
    found, not_found = counts.get("found", 0), counts.get("not_found", 0)
    text = texts.stats.format(
        asked=texts.number(found + not_found + counts.get("refused", 0)),
        found=texts.number(found),
        not_found=texts.number(not_found),
        helpful=counts.get("helpful", 0),
        not_helpful=counts.get("not_helpful", 0),
        median=round(statistics.median(desk.durations)) if desk.durations else "–",
    )
    recent = desk.unanswered.recent()
    if recent:
        text += "\n\n" + texts.stats_unanswered.format(days=desk.settings.unanswered_days)
        text += "".join(f"\n• {' '.join(question.split())[:200]}" for question in recent)
    await desk.say(_place(written), text)


_Action = Callable[[Desk, Written], Awaitable[None]]
_COMMANDS: Final[dict[str, _Action]] = {
    "start": _start,
    "help": _help,
    "ask": _ask,
    "sources": _sources,
    "status": _status,
    "new": _new,
    "lang": _lang,
}
_OWNERS: Final[dict[str, _Action]] = {
    "documents": partial(listing.show, picking=False),
    "remove": partial(listing.show, picking=True),
    "reload": _reload,
    "stats": _stats,
}
