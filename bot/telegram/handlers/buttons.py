"""Pressed buttons: neighbours, more, related, helpful or not, ask again, language, pages, examples."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from bot.telegram.handlers import admitting, commands, document_list, questions, status
from bot.telegram.memory.given_answers import Remembered
from bot.telegram.messages.keyboards import (
    ALL,
    OF_ANSWERS,
    OF_GUESTS,
    OF_OWNERS,
    Pressed,
    Verb,
    ask_again_keyboard,
    marked,
    new_key,
    read,
)
from bot.telegram.services import STEP, TOP, Services, log_failure
from bot.telegram.transport.calls import Place
from bot.telegram.updates.values import Press
from bot.texts.telegram import TelegramTexts
from index.errors import TrichDanError

_VERDICTS: Final = {Verb.HELPFUL: "helpful", Verb.NOT_HELPFUL: "not_helpful"}


async def press(services: Services, pressed: Press) -> None:
    """Do what a button says; every press is answered, or the button would keep spinning."""
    texts = services.texts_for(pressed.person)
    data = read(pressed.data)
    if data is None or pressed.chat is None or pressed.message is None:
        await services.sender.answer_callback(pressed.query, texts.unusable)
        return
    # What belongs to no answer cannot be looked up: it counts only if the message really has that button.
    if data.verb not in OF_ANSWERS and not pressed.offers(pressed.data):
        await services.sender.answer_callback(pressed.query, texts.unusable)
        return
    if data.verb in OF_OWNERS:
        await _press_of_owner(services, pressed, data, texts)
        return
    if data.verb not in OF_ANSWERS:
        await _press_list(services, pressed, data, texts)
        return
    remembered = services.state.answers.answer(data.key, pressed.chat)
    if remembered is not None and not remembered.messages and pressed.offers(pressed.data):
        # Pressed before the sending came back, or it never did: the button tells which message it is. In a
        # group that has a new number since, it can no longer be changed, and the answer is sent again.
        remembered = replace(remembered, messages=() if pressed.moved else (pressed.message,))
    elif remembered is not None and pressed.message not in remembered.messages:
        remembered = None
    if remembered is None:
        await services.sender.answer_callback(pressed.query, texts.forgotten, alert=True)
        return
    await _ACTIONS[data.verb](services, pressed, data, remembered, texts)


async def _press_of_owner(services: Services, pressed: Press, data: Pressed, texts: TelegramTexts) -> None:
    """Do what only an owner's press does."""
    if not services.access.owner(pressed.person.id):
        await services.sender.answer_callback(pressed.query, texts.owners_only, alert=True)
    elif data.verb in OF_GUESTS:
        await admitting.press(services, pressed, data, texts)
    elif data.verb is Verb.DETAILS:
        await status.press(services, pressed, texts)
    else:
        await document_list.press(services, pressed, data, texts)


async def _press_list(services: Services, pressed: Press, data: Pressed, texts: TelegramTexts) -> None:
    """Do what a button does that belongs to no answer."""
    if data.verb is Verb.LANGUAGE:
        await commands.choose_language(services, pressed, data.key)
    elif data.verb is Verb.SOURCES:
        await services.sender.answer_callback(pressed.query)
        await commands.turn_page(services, pressed, data.argument, texts)
    else:
        await _ask_example(services, pressed, data, texts)


async def _ask_example(services: Services, pressed: Press, data: Pressed, texts: TelegramTexts) -> None:
    portrait = services.portrait
    with services.live.reading() as live:
        known = portrait is not None and live.tag == data.key and portrait.generation == live.generation.name
    if portrait is None or not known or not 0 <= data.argument < len(portrait.examples):
        await services.sender.answer_callback(pressed.query, texts.unusable)
        return
    await services.sender.answer_callback(pressed.query)
    chat, message = pressed.chat or 0, pressed.message or 0
    remembered = Remembered(
        key=new_key(),
        chat=chat,
        asker=pressed.person.id,
        asked_in=message,
        messages=(),
        question=portrait.examples[data.argument],
        understood=False,
        generation="",
        language=texts.code,
    )
    await questions.answer(
        services, Place(chat, None, pressed.thread), pressed.person, remembered, asked=True
    )


async def _overtaken(
    services: Services, pressed: Press, remembered: Remembered, texts: TelegramTexts
) -> bool:
    """Say that the collection has changed since, and offer to ask again; False if it has not."""
    try:
        with services.live.reading() as live:
            if live.generation.name == remembered.generation:
                return False
    except TrichDanError:
        await services.sender.answer_callback(pressed.query, texts.no_collection, alert=True)
        return True
    await services.sender.answer_callback(pressed.query, texts.stale, alert=True)
    for message in remembered.messages[-1:]:
        await services.sender.edit_keyboard(
            remembered.chat, message, ask_again_keyboard(remembered.key, texts)
        )
    return True


async def _redraw(
    services: Services,
    pressed: Press,
    remembered: Remembered,
    texts: TelegramTexts,
    *,
    opening: bool = False,
) -> None:
    """Show an answer with its view changed; `opening` where neighbours were asked for."""
    if services.workers.full:
        await services.sender.answer_callback(pressed.query, texts.busy)
        return
    try:
        screen = await services.workers.run(lambda: services.screen(remembered))
    except Exception as error:
        log_failure("a button failed", error)
        await services.sender.answer_callback(pressed.query, texts.failed)
        return
    alone = opening and screen.alone
    await services.sender.answer_callback(pressed.query, texts.no_context if alone else None)
    place = Place(remembered.chat, None, pressed.thread)
    changed = await services.show_in_place(remembered, screen, place)
    if changed is not None:  # what failed can be pressed again
        services.state.answers.remember(changed)


async def _context(
    services: Services, pressed: Press, data: Pressed, remembered: Remembered, texts: TelegramTexts
) -> None:
    """Open or close the sentences before and after a quote."""
    if await _overtaken(services, pressed, remembered, texts):
        return
    shown, opened, related = remembered.view
    if data.argument == ALL:
        now = set() if opened else set(range(min(shown, TOP)))
    elif 0 <= data.argument < TOP:  # below answers of earlier versions each quote had a button
        now = set(opened) ^ {data.argument}
    else:
        await services.sender.answer_callback(pressed.query, texts.unusable)
        return
    view = (shown, tuple(sorted(now)), related)
    await _redraw(services, pressed, replace(remembered, view=view), texts, opening=now > set(opened))


async def _more(
    services: Services, pressed: Press, data: Pressed, remembered: Remembered, texts: TelegramTexts
) -> None:
    """Show further quotes below the present ones."""
    if await _overtaken(services, pressed, remembered, texts):
        return
    shown, opened, related = remembered.view
    if data.argument != shown:  # pressed twice: the first press did it
        await services.sender.answer_callback(pressed.query)
        return
    view = (min(shown + STEP, TOP), opened, related)
    await _redraw(services, pressed, replace(remembered, view=view), texts)


async def _related(
    services: Services, pressed: Press, data: Pressed, remembered: Remembered, texts: TelegramTexts
) -> None:
    """Open what is perhaps related."""
    if await _overtaken(services, pressed, remembered, texts):
        return
    shown, opened, _ = remembered.view
    await _redraw(services, pressed, replace(remembered, view=(shown, opened, True)), texts)


async def _again(
    services: Services, pressed: Press, data: Pressed, remembered: Remembered, texts: TelegramTexts
) -> None:
    """Ask the question of an outdated answer again, in its place."""
    await services.sender.answer_callback(pressed.query)
    place = Place(remembered.chat, remembered.asked_in or None, pressed.thread)
    fresh = replace(remembered, view=(STEP, (), False), verdict=None)
    await questions.answer(services, place, pressed.person, fresh)


async def _verdict(
    services: Services, pressed: Press, data: Pressed, remembered: Remembered, texts: TelegramTexts
) -> None:
    """Note whether an answer helped; only the person who asked has a say, and may change their mind."""
    if pressed.person.id != remembered.asker:
        await services.sender.answer_callback(pressed.query, texts.asker_only)
        return
    verdict = _VERDICTS[data.verb]
    if remembered.verdict == verdict:
        await services.sender.answer_callback(pressed.query, texts.rated_already)
        return
    services.state.answers.remember(replace(remembered, verdict=verdict))
    services.state.count(verdict)
    if remembered.verdict:
        services.state.count(remembered.verdict, -1)
    said = texts.thanks
    if verdict == "not_helpful":
        asked = remembered.question, remembered.language
        kept = services.unanswered.add("not_helpful", *asked, pressed.person.id, pressed.person.name)
        said = texts.sorry if kept else texts.sorry_counted
    await services.sender.answer_callback(pressed.query, said)
    if pressed.data is not None and pressed.offers(pressed.data) and not pressed.moved:
        await services.sender.edit_keyboard(
            remembered.chat, pressed.message or 0, marked(pressed.offered, pressed.data)
        )


_Action = Callable[[Services, Press, Pressed, Remembered, TelegramTexts], Awaitable[None]]
_ACTIONS: Final[dict[Verb, _Action]] = {
    Verb.CONTEXT: _context,
    Verb.MORE: _more,
    Verb.RELATED: _related,
    Verb.AGAIN: _again,
    Verb.HELPFUL: _verdict,
    Verb.NOT_HELPFUL: _verdict,
}
