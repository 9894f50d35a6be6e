"""The state of collection and bot: briefly for everybody, with details for an owner who asks."""

import time

from bot.telegram.messages.keyboards import NO_KEYBOARD, Button, Verb, data
from bot.telegram.messages.pieces import plain
from bot.telegram.services import Services
from bot.telegram.transport.calls import Place
from bot.telegram.updates.values import Press, Written
from bot.texts.telegram import TelegramTexts


async def show(services: Services, written: Written) -> None:
    """Say how large and how new the collection is, and who may ask."""
    texts = services.texts_for(written.person)
    place = Place(written.chat, written.message if not written.private else None, written.thread)
    if not services.live.loaded:
        await services.say(place, texts.no_collection)
        return
    mine = written.private and services.access.owner(written.person.id)
    keyboard = ((Button(texts.details, data(Verb.DETAILS)),),) if mine else NO_KEYBOARD
    await services.say(place, _text(services, texts), keyboard)


async def press(services: Services, pressed: Press, texts: TelegramTexts) -> None:
    """Add the details that an owner asks for."""
    await services.sender.answer_callback(pressed.query)
    if not services.live.loaded:
        return
    minutes, seconds = divmod(int(time.monotonic() - services.started), 60)
    hours, minutes = divmod(minutes, 60)
    with services.live.reading() as live:
        details = texts.status_details.format(
            generation=live.generation.name,
            encoder=live.encoder,
            uptime=f"{hours}:{minutes:02}:{seconds:02}",
        )
    text = f"{_text(services, texts)}\n\n{details}"
    await services.sender.edit(pressed.chat or 0, pressed.message or 0, plain(text)[0])


def _text(services: Services, texts: TelegramTexts) -> str:
    with services.live.reading() as live:
        generation = live.generation
        newest = texts.status_newest.format(day=texts.day(generation.newest)) if generation.newest else ""
        return texts.status.format(
            documents=texts.documents(generation.documents),
            sentences=texts.sentences(generation.sentences),
            newest=newest,
            access=texts.access_open if services.access.open else texts.access_listed,
        )
