"""The documents of the collection for its owners: pages of a list, and taking one out when confirmed."""

from itertools import islice
from typing import Final

from bot.pieces import Piece, plain
from bot.telegram import library
from bot.telegram.desk import Desk
from bot.telegram.incoming import Press, Written
from bot.telegram.keyboards import NO_KEYBOARD, Button, Keyboard, Pressed, data
from bot.telegram.note import Note
from bot.telegram.sender import Place
from bot.telegram.shelf import Shelf
from bot.texts.telegram import TelegramTexts
from index.records import Document

_PAGE: Final = 8
_LONGEST: Final = 60
LIST, PICK, CONFIRM, TAKE_OUT = "d", "p", "q", "o"
VERBS: Final = (LIST, PICK, CONFIRM, TAKE_OUT)


async def show(desk: Desk, written: Written, *, picking: bool) -> None:
    """Send the first page; `picking` puts a button for each document below."""
    texts = desk.texts_for(written.person)
    if picking and desk.feeder is None:
        await desk.say(Place(written.chat), texts.feed_off)
        return
    piece, keyboard = await desk.workers.run(lambda: _page(desk, 0, texts, picking=picking))
    await desk.sender.send(Place(written.chat, None, written.thread), (piece,), keyboard)


async def press(desk: Desk, pressed: Press, said: Pressed, texts: TelegramTexts) -> None:
    """Do what a button of the list says; only an owner's presses count."""
    if not desk.access.owner(pressed.person.id):
        await desk.sender.answer_callback(pressed.query, texts.owners_only, alert=True)
        return
    chat, message = pressed.chat or 0, pressed.message or 0
    if said.verb in (LIST, PICK):
        await desk.sender.answer_callback(pressed.query)
        picking = said.verb == PICK
        piece, keyboard = await desk.workers.run(lambda: _page(desk, said.argument, texts, picking=picking))
        await desk.sender.edit(chat, message, piece, keyboard)
        return
    with desk.shelves.reading() as shelf:
        current = shelf.tag == said.key
        document = _document(shelf, said.argument) if current else None
        count = len(shelf.generation.rows_of(document.id)) if document else 0
    if document is None:
        await desk.sender.answer_callback(pressed.query, texts.feed_list_old, alert=True)
        return
    await desk.sender.answer_callback(pressed.query)
    name = _shown(document)
    if said.verb == CONFIRM:
        text = texts.remove_sure.format(name=name, sentences=texts.number(count))
        yes = Button(texts.remove_yes, data(TAKE_OUT, said.key, said.argument))
        no = Button(texts.remove_no, data(PICK, said.key, said.argument // _PAGE))
        await desk.sender.edit(chat, message, plain(text)[0], ((yes, no),))
    elif desk.feeder is not None:
        note = Note(desk, Place(chat), message, texts, name)
        library.begin(desk, note, library.take_out(desk, note, [document.id]))


def _document(shelf: Shelf, position: int) -> Document | None:
    if not 0 <= position < shelf.generation.documents:
        return None
    return next(islice(shelf.generation.iter_documents(), position, None), None)


def _page(desk: Desk, page: int, texts: TelegramTexts, *, picking: bool) -> tuple[Piece, Keyboard]:
    """Lay out one page; a page beyond the last is the last."""
    with desk.shelves.reading() as shelf:
        generation, tag = shelf.generation, shelf.tag
        pages = max((generation.documents + _PAGE - 1) // _PAGE, 1)
        page = min(max(page, 0), pages - 1)
        first = page * _PAGE
        documents = list(islice(generation.iter_documents(), first, first + _PAGE))
        head = texts.remove_pick if picking else texts.documents_head
        lines = [head.format(documents=texts.number(generation.documents), page=page + 1, pages=pages), ""]
        for number, document in enumerate(documents, first + 1):
            count = texts.documents_sentences.format(
                number=texts.number(len(generation.rows_of(document.id)))
            )
            facts = [_shown(document), texts.day(document.date) if document.date else None, count]
            lines.append(f"{number}. " + " · ".join(fact for fact in facts if fact))
    rows: list[tuple[Button, ...]] = []
    if picking:
        picks = [Button(str(at + 1), data(CONFIRM, tag, at)) for at in range(first, first + len(documents))]
        rows += [tuple(picks[at : at + 4]) for at in range(0, len(picks), 4)]
    verb = PICK if picking else LIST
    turning = []
    if page > 0:
        turning.append(Button(texts.earlier, data(verb, tag, page - 1)))
    if page + 1 < pages:
        turning.append(Button(texts.later, data(verb, tag, page + 1)))
    rows += [tuple(turning)] if turning else []
    return plain("\n".join(lines))[0], tuple(rows) or NO_KEYBOARD


def _shown(document: Document) -> str:
    """Return the id of a document, and its title where it has one."""
    title = " ".join((document.title or "").split())[:_LONGEST]
    name = document.id if len(document.id) <= _LONGEST else document.id[: _LONGEST - 1] + "…"
    return f"{name} ({title})" if title and title != name else name
