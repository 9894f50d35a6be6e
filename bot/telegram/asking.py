"""Questions: new ones, edited ones, and those that lean on the one before."""

import asyncio
import time
from collections.abc import Set
from dataclasses import replace
from typing import Final

from bot.filters import filtered, prefix
from bot.followup import complete
from bot.pieces import plain
from bot.telegram.answers import Remembered
from bot.telegram.desk import LOG, Desk, Screen, log_failure
from bot.telegram.incoming import Person, Written
from bot.telegram.keyboards import new_key
from bot.telegram.patience import Patience
from bot.telegram.sender import Place
from bot.telegram.unanswered import Asker
from index.errors import TrichDanError
from retrieval.records import Status

_TALK_S: Final = 1800.0


async def ask(desk: Desk, written: Written, question: str) -> None:
    """Answer a message; an edited one in the place of its earlier answer."""
    place = Place(written.chat, written.message, written.thread)
    earlier = desk.state.answers.answer_to(written.chat, written.message) if written.edited else None
    resolved = await _resolve(desk, written, question, earlier)
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
        language=desk.language(written.person),
    )
    await answer(desk, place, written.person, remembered)


async def _resolve(desk: Desk, written: Written, question: str, earlier: Remembered | None) -> str | None:
    """Spell out a question that leans on the talk; None for one that stands alone."""
    replied = desk.state.answers.answer_in(written.chat, written.reply_to) if written.reply_to else None
    previous = replied or desk.state.answers.talk(written.chat, written.person.id, time.time() - _TALK_S)
    if previous is None or (earlier and previous.key == earlier.key) or desk.workers.full:
        return None
    words = desk.portrait.subject.words if desk.portrait else frozenset()
    # In a worker, as everything that a question's text has a say in: the loop belongs to all chats.
    return await desk.workers.run(
        lambda: _spelled_out(question, previous.question, words, replying=replied is not None)
    )


def _spelled_out(question: str, previous: str, names: Set[str], *, replying: bool) -> str | None:
    whole = complete(filtered(question)[0], filtered(previous)[0], replying=replying, names=names)
    # The filter is a part of the talk; the answer shows it, and a new one takes its place.
    return whole and (prefix(question) or prefix(previous)) + whole


async def answer(
    desk: Desk, place: Place, person: Person, remembered: Remembered, *, asked: bool = False
) -> Remembered | None:
    """Search, show, remember and count; whatever fails is said in one sentence."""
    texts = desk.texts[remembered.language]
    async with Patience(
        desk.sender, desk.place_for(place), desk.settings.slow_s, None if remembered.messages else texts.slow
    ) as waiting:
        screen = await _search(desk, remembered, asked=asked)
    if isinstance(screen, str):
        await _say_instead(desk, place, remembered, waiting, getattr(texts, screen))
        return None
    _count(desk, person, remembered, screen)
    if waiting.note is not None:
        remembered = replace(remembered, messages=(waiting.note,))
    if remembered.messages:
        remembered = await desk.show_in_place(remembered, screen, place)
    else:
        remembered = replace(remembered, generation=screen.generation)
        desk.state.answers.remember(remembered)  # before anybody can press a button
        sent = await desk.sender.send(desk.place_for(place), screen.pieces, screen.keyboard)
        remembered = replace(remembered, messages=tuple(message for message in sent if message is not None))
    desk.state.answers.remember(remembered)
    return remembered


async def _search(desk: Desk, remembered: Remembered, *, asked: bool) -> Screen | str:
    """Return the screen, or the name of the sentence that says why there is none."""
    if desk.workers.full:
        return "busy"
    try:
        async with asyncio.timeout(desk.settings.limit_s):
            return await desk.workers.run(lambda: desk.screen(remembered, asked=asked))
    except TimeoutError:
        LOG.warning("a question was given up after %.0f s", desk.settings.limit_s)
        return "gave_up"
    except TrichDanError as error:
        LOG.error("a question could not be answered: %s", error)
        return "no_collection"
    except Exception as error:
        log_failure("a question could not be answered", error)
        return "failed"


async def _say_instead(
    desk: Desk, place: Place, remembered: Remembered, waiting: Patience, text: str
) -> None:
    """Say why there is no answer, in the place of the note that asked for patience if there is one."""
    if waiting.note is None or not await desk.sender.edit(remembered.chat, waiting.note, plain(text)[0]):
        await desk.say(desk.place_for(place), text)


def _count(desk: Desk, person: Person, remembered: Remembered, screen: Screen) -> None:
    status = screen.answer.status
    desk.durations.append(screen.answer.elapsed_ms)
    desk.state.count(status.value)
    LOG.info("answered: %s, %d quotes, %.1f ms", status, len(screen.answer.quotes), screen.answer.elapsed_ms)
    if status is Status.NOT_FOUND:
        asker = Asker(person.id, person.name)
        desk.unanswered.add("nothing", remembered.question, remembered.language, asker)
