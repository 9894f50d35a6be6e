"""The documents of the collection for its owners: pages of a list, and removing one after confirmation."""

from typing import Final

from bot.telegram.handlers import uploads
from bot.telegram.handlers.progress_message import ProgressMessage
from bot.telegram.messages.keyboards import Button, Keyboard, Pressed, Verb, data, pages_keyboard
from bot.telegram.messages.pieces import Piece, plain
from bot.telegram.services import Services
from bot.telegram.transport.calls import Place
from bot.telegram.updates.values import Press, Written
from bot.texts.telegram import TelegramTexts
from index.records import Document

_PAGE: Final = 8
_LONGEST: Final = 60


async def show(services: Services, written: Written, *, picking: bool) -> None:
    """Send the first page; `picking` adds a button for each document."""
    texts = services.texts_for(written.person)
    if picking and services.jobs is None:
        await services.say(Place(written.chat), texts.feed_off)
        return
    piece, keyboard = await services.workers.run(lambda: _page(services, 0, texts, picking=picking))
    await services.sender.send(Place(written.chat, None, written.thread), (piece,), keyboard)


async def press(services: Services, pressed: Press, said: Pressed, texts: TelegramTexts) -> None:
    """Do what a button of the list says, for an owner."""
    chat, message = pressed.chat or 0, pressed.message or 0
    if said.verb in (Verb.DOCUMENTS, Verb.PICK):
        await services.sender.answer_callback(pressed.query)
        picking = said.verb is Verb.PICK
        piece, keyboard = await services.workers.run(
            lambda: _page(services, said.argument, texts, picking=picking)
        )
        await services.sender.edit(chat, message, piece, keyboard)
        return
    document, count = await services.workers.run(lambda: _document(services, said))
    if document is None:
        await services.sender.answer_callback(pressed.query, texts.feed_list_old, alert=True)
        return
    await services.sender.answer_callback(pressed.query)
    name = _shown(document)
    if said.verb is Verb.CONFIRM:
        text = texts.remove_sure.format(name=name, sentences=texts.sentences(count))
        yes = Button(texts.remove_yes, data(Verb.TAKE_OUT, said.key, said.argument))
        no = Button(texts.remove_no, data(Verb.PICK, said.key, said.argument // _PAGE))
        await services.sender.edit(chat, message, plain(text)[0], ((yes, no),))
    elif services.jobs is not None:
        note = ProgressMessage(services, Place(chat), message, texts, name)
        uploads.begin(services.jobs, note, uploads.take_out(services, services.jobs, note, document.id))


def _document(services: Services, said: Pressed) -> tuple[Document | None, int]:
    """Return the document that a button is about, and how many sentences it has."""
    with services.live.reading() as live:
        if live.tag != said.key or not 0 <= said.argument < live.generation.documents:
            return None, 0
        document = live.generation.document_at(said.argument)
        return document, len(live.generation.rows_of(document.id))


def _page(services: Services, page: int, texts: TelegramTexts, *, picking: bool) -> tuple[Piece, Keyboard]:
    """Lay out one page; a page beyond the last is the last."""
    with services.live.reading() as live:
        generation, tag = live.generation, live.tag
        pages = max((generation.documents + _PAGE - 1) // _PAGE, 1)
        page = min(max(page, 0), pages - 1)
        first = page * _PAGE
        shown = range(first, min(first + _PAGE, generation.documents))
        documents = [generation.document_at(position) for position in shown]
        head = texts.remove_pick if picking else texts.documents_head
        lines = [head.format(documents=texts.documents(generation.documents), page=page + 1, pages=pages), ""]
        for number, document in enumerate(documents, first + 1):
            count = texts.sentences(len(generation.rows_of(document.id)))
            facts = [_shown(document), texts.day(document.date) if document.date else None, count]
            lines.append(f"{number}. " + " · ".join(fact for fact in facts if fact))
    rows: list[tuple[Button, ...]] = []
    if picking:
        picks = [
            Button(str(at + 1), data(Verb.CONFIRM, tag, at)) for at in range(first, first + len(documents))
        ]
        rows += [tuple(picks[at : at + 4]) for at in range(0, len(picks), 4)]
    turning = pages_keyboard(Verb.PICK if picking else Verb.DOCUMENTS, page, pages, tag, texts)
    return plain("\n".join(lines))[0], (*rows, *turning)


def _shown(document: Document) -> str:
    """Return the id of a document, and its title where it has one."""
    title = " ".join((document.title or "").split())[:_LONGEST]
    name = document.id if len(document.id) <= _LONGEST else document.id[: _LONGEST - 1] + "…"
    return f"{name} ({title})" if title and title != name else name
