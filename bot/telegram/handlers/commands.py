"""Commands: /start with its deep links, /help, /sources, /status, /new, /lang, and the owner's."""

import logging
import statistics
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from bot.telegram.collection.live import NotYet
from bot.telegram.handlers import admitting, document_list, questions, status, uploads
from bot.telegram.messages.answer_message import quoted
from bot.telegram.messages.entities import Entity, bearable
from bot.telegram.messages.entities import link as telegram_link
from bot.telegram.messages.keyboards import (
    Keyboard,
    Verb,
    examples_keyboard,
    language_keyboard,
    pages_keyboard,
)
from bot.telegram.messages.pieces import Piece, plain
from bot.telegram.messages.utf16 import units
from bot.telegram.services import COLLECTION, Services
from bot.telegram.services.rereading import reread_settings
from bot.telegram.transport.calls import Place
from bot.telegram.updates.values import Press, Written
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from bot.texts.telegram import TelegramTexts
from index.errors import TrichDanError
from retrieval.records import Quote

_LOG: Final = logging.getLogger(__name__)

_PAGE: Final = 10
_LONGEST_TITLE: Final = 90
_ANY_EXAMPLE: Final = "NATO?"


async def command(services: Services, written: Written) -> None:
    """Carry out a command; an unknown one gets the help, in private."""
    name = written.command or ""
    if name in _OWNERS and not services.access.owner(written.person.id):
        # In a group, without our name, it is most likely meant for another bot with the same command.
        if written.named:
            await services.say(_place(written), services.texts_for(written.person).owners_only)
        return
    action = _OWNERS.get(name) or _COMMANDS.get(name) or (_help if written.named else None)
    if action is not None:
        await action(services, written)


def _place(written: Written) -> Place:
    return Place(written.chat, written.message if not written.private else None, written.thread)


async def _start(services: Services, written: Written) -> None:
    texts = services.texts_for(written.person)
    if written.text and written.text.startswith("q"):
        await _permalink(services, written, texts)
        return
    examples: tuple[tuple[str, str], ...] = ()
    text = texts.start
    if services.live.loaded:
        with services.live.reading() as live:
            text += "\n\n" + services.about(live, texts)
            examples = services.examples(live)
        services.told.note(written.chat, written.person.id, COLLECTION)
    else:
        text += f"\n\n{texts.no_collection}"
    if examples:
        text += "\n\n" + texts.examples
    await services.say(_place(written), text, examples_keyboard(examples))


async def _permalink(services: Services, written: Written, texts: TelegramTexts) -> None:
    """Show the quote that a deep link leads to."""
    parameter = written.text or ""

    def find() -> tuple[Quote, str | None] | None:
        with services.live.reading() as live:
            quote = live.follow(parameter)
            return None if quote is None else (quote, live.opening(quote.document))

    if services.workers.full:
        await services.say(_place(written), texts.busy)
        return
    try:
        found = await services.workers.run(find)
    except NotYet:
        await services.say(_place(written), texts.busy)
        return
    if found is None:
        await services.say(_place(written), texts.quote_gone)
    else:
        await services.sender.send(_place(written), quoted(found[0], texts, found[1]))


async def _help(services: Services, written: Written) -> None:
    texts = services.texts_for(written.person)
    shown = dict(texts.commands)
    if services.access.owner(written.person.id):
        shown |= texts.owner_commands
    lines = "\n".join(f"/{name} – {what}" for name, what in shown.items())
    inline = texts.help_inline.format(bot=services.me.username) if services.me.inline else ""
    text = texts.help.format(bot=services.me.username, commands=lines, inline=inline)
    if services.access.owner(written.person.id) and services.jobs is not None:
        text += "\n\n" + texts.feed_help.format(limits=uploads.limits(services, texts))
    await services.say(_place(written), text)


async def _ask(services: Services, written: Written) -> None:
    if written.text:
        await questions.ask(services, written, written.text)
        return
    texts = services.texts_for(written.person)
    examples = services.portrait.examples if services.portrait else ()
    example = examples[0] if examples else _ANY_EXAMPLE
    await services.say(_place(written), texts.nothing_to_ask.format(example=example))


async def _new(services: Services, written: Written) -> None:
    services.state.answers.forget_talk(written.chat, written.person.id)
    await services.say(_place(written), services.texts_for(written.person).new)


async def _lang(services: Services, written: Written) -> None:
    texts = services.texts_for(written.person)
    await services.say(_place(written), texts.lang, language_keyboard(texts))


async def choose_language(services: Services, pressed: Press, code: str) -> None:
    """Keep the language that a button names, and use it at once."""
    if code not in (*services.texts, "auto"):
        await services.sender.answer_callback(pressed.query, services.texts_for(pressed.person).unusable)
        return
    services.state.choose_language(pressed.person.id, None if code == "auto" else code)
    texts = services.texts_for(pressed.person)
    said = texts.lang_follow if code == "auto" else texts.lang_set
    await services.sender.answer_callback(pressed.query, said)
    if pressed.private and pressed.chat and pressed.message:
        await services.sender.edit(pressed.chat, pressed.message, Piece(said), language_keyboard(texts))


async def _sources(services: Services, written: Written) -> None:
    texts = services.texts_for(written.person)
    if services.workers.full:
        await services.say(_place(written), texts.busy)
        return
    piece, keyboard = await services.workers.run(lambda: _page(services, 0, texts))
    await services.sender.send(_place(written), (piece,), keyboard)


async def turn_page(services: Services, pressed: Press, page: int, texts: TelegramTexts) -> None:
    """Show another page of the sources, in place."""
    piece, keyboard = await services.workers.run(lambda: _page(services, page, texts))
    if pressed.chat and pressed.message:
        await services.sender.edit(pressed.chat, pressed.message, piece, keyboard)


def _page(services: Services, page: int, texts: TelegramTexts) -> tuple[Piece, Keyboard]:
    """Lay out one page of the documents; a page beyond the last is the last."""
    with services.live.reading() as live:
        generation = live.generation
        pages = max((generation.documents + _PAGE - 1) // _PAGE, 1)
        page = min(max(page, 0), pages - 1)
        text = services.about(live, texts) + "\n"
        entities: list[Entity] = []
        for position in range(page * _PAGE, min((page + 1) * _PAGE, generation.documents)):
            document = generation.document_at(position)
            title = " ".join((document.title or live.opening(document.id) or document.id).split())
            title = title[:_LONGEST_TITLE]
            text += "\n• "
            url = telegram_link(document.url)
            if url:
                entities.append(Entity("text_link", units(text), units(title), url))
            facts = [document.source, texts.day(document.date) if document.date else None]
            facts.append(None if url or title == document.id else document.id)
            text += " · ".join([title, *(" ".join(fact.split())[:_LONGEST_TITLE] for fact in facts if fact)])
        return Piece(text, bearable(tuple(entities))), pages_keyboard(
            Verb.SOURCES, page, pages, live.tag, texts
        )


async def _reload(services: Services, written: Written) -> None:
    texts = services.texts_for(written.person)
    try:
        fresh = await services.workers.run(lambda: reread_settings(services))
        fresh |= await services.workers.run(services.renew)
    except TrichDanError as error:
        _LOG.error("the new generation could not be opened: %s", translate(error, ENGLISH))
        await services.say(_place(written), texts.reload_failed.format(reason=translate(error, texts.code)))
        return
    with services.live.reading() as live:
        template = texts.reload_new if fresh else texts.reload_same
        text = template.format(
            generation=live.generation.name,
            documents=texts.documents(live.generation.documents),
            sentences=texts.sentences(live.generation.sentences),
        )
    await services.say(_place(written), text)


async def _stats(services: Services, written: Written) -> None:
    texts = services.texts_for(written.person)
    counts = services.state.counts()
    found, not_found = counts.get("found", 0), counts.get("not_found", 0)
    text = texts.stats.format(
        asked=texts.number(found + not_found + counts.get("refused", 0)),
        found=texts.number(found),
        not_found=texts.number(not_found),
        helpful=counts.get("helpful", 0),
        not_helpful=counts.get("not_helpful", 0),
        median=round(statistics.median(services.durations)) if services.durations else "–",
    )
    recent = await services.workers.run(services.unanswered.recent)
    if recent:
        text += "\n\n" + texts.stats_unanswered.format(days=services.settings.unanswered_days)
        text += "".join(f"\n• {' '.join(question.split())[:200]}" for question in recent)
    # What was asked in private is not for the rest of the group.
    await services.say_privately(written, plain(text)[0])


_Action = Callable[[Services, Written], Awaitable[None]]
_COMMANDS: Final[dict[str, _Action]] = {
    "start": _start,
    "help": _help,
    "ask": _ask,
    "sources": _sources,
    "status": status.show,
    "new": _new,
    "lang": _lang,
}
_OWNERS: Final[dict[str, _Action]] = {
    "access": admitting.show,
    "documents": partial(document_list.show, picking=False),
    "remove": partial(document_list.show, picking=True),
    "reload": _reload,
    "stats": _stats,
}
