"""People who may not ask learn so; the owners let them in by a button, and take it back in a list."""

import logging
import time
from typing import Final

from bot.telegram.memory.guests import Guest, Standing
from bot.telegram.messages.keyboards import NO_KEYBOARD, Button, Keyboard, Pressed, Verb, data
from bot.telegram.messages.pieces import Piece, plain
from bot.telegram.services import Services
from bot.telegram.transport.calls import Place
from bot.telegram.updates.values import Membership, Press, Written
from bot.texts.telegram import TelegramTexts

_LOG: Final = logging.getLogger(__name__)

_LONGEST_NAME: Final = 48
_MOST_SHOWN: Final = 30


async def refuse(services: Services, said: Written | Membership) -> None:
    """Tell somebody, or a group, that they may not ask, and the owners that they want to."""
    texts = services.texts_for(said.person)
    text = services.access.refusal(texts, said.person.id, said.chat)
    name = said.person.name if said.chat > 0 else said.title
    guest = Guest(said.chat, " ".join(name.split())[:_LONGEST_NAME] or str(said.chat))
    if await _ask_owners(services, guest, said.person.name):
        text += "\n" + texts.asked_owners
    reply_to = said.message if isinstance(said, Written) and not said.private else None
    thread = said.thread if isinstance(said, Written) else None
    await services.say(Place(said.chat, reply_to, thread), text)


async def _ask_owners(services: Services, guest: Guest, by: str) -> bool:
    """Ask the owners once about each guest, and not about too many; tell whether any was asked."""
    if not services.access.owners or services.knocking.refused(0, time.monotonic()) is not None:
        return False
    if not services.state.guests.knock(guest):
        return False
    asked = False
    for owner in sorted(services.access.owners):
        texts = services.texts_of(owner)
        template = texts.wants_in if guest.id > 0 else texts.group_wants_in
        buttons = (
            Button(texts.let_in, data(Verb.LET_IN, str(guest.id))),
            Button(texts.turn_away, data(Verb.TURN_AWAY, str(guest.id))),
        )
        text = template.format(name=guest.name, id=guest.id, by=" ".join(by.split())[:_LONGEST_NAME])
        sent = await services.sender.send(Place(owner), plain(text), (buttons,))
        asked = asked or None not in sent
    if not asked:
        services.state.guests.forget(guest.id)  # an owner who has written to the bot is asked next time
    return asked


async def show(services: Services, written: Written) -> None:
    """List who may ask, to an owner in private."""
    piece, keyboard = _list(services, services.texts_for(written.person))
    await services.say_privately(written, piece, keyboard)


async def press(services: Services, pressed: Press, said: Pressed, texts: TelegramTexts) -> None:
    """Let somebody in, turn them away, or put them out, as an owner says."""
    number = int(said.key) if said.key.lstrip("-").isdecimal() else 0
    chat, message = pressed.chat or 0, pressed.message or 0
    await services.sender.answer_callback(pressed.query)
    if said.verb is Verb.PUT_OUT:
        services.state.guests.forget(number)
        services.renew_access()
        _LOG.info("an owner has put out a guest")
        await services.sender.edit(chat, message, *_list(services, texts))
        return
    admitted = said.verb is Verb.LET_IN
    guest = services.state.guests.decide(number, Standing.LET_IN if admitted else Standing.TURNED_AWAY)
    services.renew_access()
    _LOG.info("an owner has %s a guest", "let in" if admitted else "turned away")
    text = (texts.has_let_in if admitted else texts.has_turned_away).format(name=guest.name, id=guest.id)
    await services.sender.edit(chat, message, plain(text)[0])
    if admitted:
        welcome = services.texts_of(number) if number > 0 else texts
        said_there = welcome.welcome if number > 0 else welcome.group_welcome.format(bot=services.me.username)
        await services.say(Place(number), said_there)


def _list(services: Services, texts: TelegramTexts) -> tuple[Piece, Keyboard]:
    """Lay out who may ask, with a button for each guest."""
    access = services.access
    lines = [texts.access_now.format(who=texts.access_open if access.open else texts.access_listed)]
    for ids, template in ((access.owners, texts.access_owners), (access.allowed, texts.access_settings)):
        if ids:
            lines.append(template.format(ids=", ".join(map(str, sorted(ids)))))
    guests = services.state.guests.let_in()
    if guests:
        lines.append(texts.access_guests)
        lines += [f"• {guest.name} ({guest.id})" for guest in guests[-_MOST_SHOWN:]]
    rows = [
        (Button(f"✕ {guest.name}", data(Verb.PUT_OUT, str(guest.id))),) for guest in guests[-_MOST_SHOWN:]
    ]
    return plain("\n".join(lines))[0], tuple(rows) or NO_KEYBOARD
