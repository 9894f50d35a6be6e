"""Questions: new ones, edited ones, and those that lean on the one before."""

import asyncio
import logging
import time
from dataclasses import replace
from typing import Final

from bot.followup import Unclear
from bot.telegram.handlers.waiting import Waiting
from bot.telegram.memory.given_answers import Remembered
from bot.telegram.messages.keyboards import Button, Verb, data, new_key
from bot.telegram.messages.pieces import plain
from bot.telegram.services import (
    COLLECTION,
    ONLY_QUOTES,
    LaidOutAnswer,
    Services,
    log_failure,
)
from bot.telegram.services.leaning import spelled_out
from bot.telegram.talk.told import TALK_S
from bot.telegram.transport.calls import Place
from bot.telegram.transport.plainer import Edit
from bot.telegram.updates.values import Person, Written
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from bot.texts.telegram import TelegramTexts
from index.errors import TrichDanError
from retrieval.records import Status

_LOG: Final = logging.getLogger(__name__)


async def ask(services: Services, written: Written, question: str) -> None:
    """Answer a message; an edited one in place of its earlier answer."""
    place = Place(written.chat, written.message, written.thread)
    earlier = services.state.answers.answer_to(written.chat, written.message) if written.edited else None
    if earlier and services.state.answers.asked(earlier.key) == question:
        return  # Telegram reports a first reaction as an edit
    resolved = await _resolve(services, written, question, earlier)
    if isinstance(resolved, Unclear):
        await _ask_back(services, place, written, resolved)
        return
    if earlier and earlier.question == (resolved or question):
        return
    remembered = Remembered(
        key=earlier.key if earlier else new_key(),
        chat=written.chat,
        asker=written.person.id,
        asked_in=written.message,
        messages=earlier.messages if earlier else (),
        question=resolved or question,
        understood=resolved is not None,
        generation="",
        language=services.language(written.person),
        at=earlier.at if earlier else 0.0,  # it keeps its place in the talk
        asked=question,
    )
    await answer(services, place, written.person, remembered)


async def _resolve(
    services: Services, written: Written, question: str, earlier: Remembered | None
) -> str | Unclear | None:
    """Spell out a question that leans on the talk; None for one that stands alone."""
    answers = services.state.answers
    replied = answers.answer_in(written.chat, written.reply_to) if written.reply_to else None
    asked_at = earlier.at if earlier else time.time()
    talk = answers.talk(written.chat, written.person.id, asked_at - TALK_S, asked_at)
    talk = [replied, *talk] if replied else talk
    if earlier:
        talk = [each for each in talk if each.key != earlier.key]
    if services.workers.full:
        return None
    # In a worker, like everything that depends on the text of a question: the loop serves all chats.
    names = services.portrait.subject.words if services.portrait else frozenset()
    answered, replying = services.words_that_answered, replied is not None
    return await services.workers.run(lambda: spelled_out(question, talk, answered, names, replying=replying))


async def _ask_back(services: Services, place: Place, written: Written, unclear: Unclear) -> None:
    """Ask who is meant; a button for each who may be asks about them."""
    language = services.language(written.person)
    rows = []
    for question in unclear.questions:
        prepared = Remembered(
            key=new_key(),
            chat=written.chat,
            asker=written.person.id,
            asked_in=written.message,
            messages=(),
            question=question,
            understood=True,
            generation="",
            language=language,
        )
        services.state.answers.remember(prepared)
        rows.append((Button(question, data(Verb.AGAIN, prepared.key)),))
    await services.say(services.place_for(place), services.texts[language].who_is_meant, tuple(rows))


async def answer(
    services: Services, place: Place, person: Person, remembered: Remembered, *, asked: bool = False
) -> Remembered | None:
    """Search, show, remember and count; any failure is reported in one sentence."""
    texts, begun = services.texts[remembered.language], time.monotonic()
    async with Waiting(
        services.sender,
        services.place_for(place),
        services.settings.slow_s,
        None if remembered.messages else texts.slow,
    ) as waiting:
        screen = await _search(services, remembered, texts, asked=asked)
    if isinstance(screen, str):
        await _say_instead(services, place, remembered, waiting, screen)
        return None
    _count(services, person, remembered, screen)
    _count_time(services, "wait", time.monotonic() - begun - screen.answer.elapsed_ms / 1000)
    _count_time(services, "search", screen.answer.elapsed_ms / 1000)
    begun = time.monotonic()
    if waiting.note is not None:
        remembered = replace(remembered, messages=(waiting.note,))
    if remembered.messages:
        changed = await services.show_in_place(remembered, screen, place)
        if changed is None:
            return None
        remembered = changed
    else:
        remembered = replace(remembered, generation=screen.generation)
        services.state.answers.remember(remembered)  # before anybody can press a button
        sent = await services.sender.send(services.place_for(place), screen.pieces, screen.keyboard)
        remembered = replace(remembered, messages=tuple(message for message in sent if message is not None))
    _count_time(services, "send", time.monotonic() - begun)
    services.state.answers.remember(remembered)
    return remembered


async def _search(
    services: Services, remembered: Remembered, texts: TelegramTexts, *, asked: bool
) -> LaidOutAnswer | str:
    """Return the screen, or the sentence that says why there is none."""
    outcomes = services.sender.tally.questions
    if services.workers.full:
        outcomes["busy"] += 1
        return texts.busy
    talk = (remembered.chat, remembered.asker)
    unsaid = frozenset(what for what in (COLLECTION, ONLY_QUOTES) if not services.told.knows(*talk, what))
    try:
        async with asyncio.timeout(services.settings.limit_s):
            return await services.workers.run(lambda: services.screen(remembered, asked=asked, unsaid=unsaid))
    except TimeoutError:
        outcomes["given_up"] += 1
        _LOG.warning("a question was given up after %.0f s", services.settings.limit_s)
        return texts.gave_up
    except TrichDanError as error:
        outcomes["fault"] += 1
        _LOG.error("a question could not be answered: %s", translate(error, ENGLISH))
        return texts.no_collection
    except Exception as error:
        outcomes["fault"] += 1
        log_failure("a question could not be answered", error)
        return texts.failed


async def _say_instead(
    services: Services, place: Place, remembered: Remembered, waiting: Waiting, text: str
) -> None:
    """Say why there is no answer, replacing the note that asked for patience if there is one."""
    note = waiting.note
    if note is None or await services.sender.edit(remembered.chat, note, plain(text)[0]) is not Edit.DONE:
        await services.say(services.place_for(place), text)


def _count_time(services: Services, stage: str, seconds: float) -> None:
    services.sender.tally.stages[stage].add(max(seconds, 0.0))


def _count(services: Services, person: Person, remembered: Remembered, screen: LaidOutAnswer) -> None:
    status = screen.answer.status
    services.durations.append(screen.answer.elapsed_ms)
    services.state.count(status.value)
    services.sender.tally.questions[status.value] += 1
    _LOG.info("answered: %s, %d quotes, %.1f ms", status, len(screen.answer.quotes), screen.answer.elapsed_ms)
    for what in screen.told:
        services.told.note(remembered.chat, remembered.asker, what)
    if status is Status.NOT_FOUND:
        asked = remembered.question, remembered.language
        services.unanswered.add("nothing", *asked, person.id, person.name)
