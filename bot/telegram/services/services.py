"""The services that handlers share, and what they do alike."""

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Final

from bot.question_filters import filtered
from bot.system.latest import Latest
from bot.system.process import give_back
from bot.telegram.access import Access
from bot.telegram.collection.live import LiveGeneration, OpenGeneration, given
from bot.telegram.jobs.job_runner import JobRunner
from bot.telegram.memory.given_answers import Remembered
from bot.telegram.memory.state import State
from bot.telegram.memory.unanswered import Unanswered
from bot.telegram.messages.answer_message import Context, View, by_date, render
from bot.telegram.messages.keyboards import Keyboard, Shown, Verb, answer_keyboard, data
from bot.telegram.messages.pieces import Piece, plain
from bot.telegram.services.laid_out import COLLECTION, ONLY_QUOTES, STEP, LaidOutAnswer
from bot.telegram.services.portrait import Portrait, about, portray
from bot.telegram.services.recent_answers import Asked, RecentAnswers
from bot.telegram.talk.tasks import subject
from bot.telegram.talk.told import Told
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.calls import Place
from bot.telegram.transport.plainer import Edit
from bot.telegram.transport.sender import Sender
from bot.telegram.transport.throttle import AskingLimit
from bot.telegram.updates.albums import Albums
from bot.telegram.updates.values import Attached, Me, Person, Written
from bot.telegram.workers import Workers
from bot.texts.telegram import TelegramTexts, language_of
from index.errors import TrichDanError
from retrieval.records import Answer, Status

_LOG: Final = logging.getLogger(__name__)

_EXAMPLES: Final = 2


@dataclass(slots=True)
class Services:
    """The services that handlers share; made once, when the bot starts."""

    settings: TelegramSettings
    access: Access
    texts: Mapping[str, TelegramTexts]
    sender: Sender
    state: State
    unanswered: Unanswered
    live: LiveGeneration
    workers: Workers
    me: Me
    started: float = field(default_factory=time.monotonic)
    durations: deque[float] = field(default_factory=lambda: deque(maxlen=1000))
    portrait: Portrait | None = None
    jobs: JobRunner | None = None
    reread: Callable[[], TelegramSettings] | None = None
    albums: Albums[Attached] = field(default_factory=Albums)
    told: Told = field(default_factory=Told)
    moved: dict[int, int] = field(default_factory=dict)
    knocking: AskingLimit = field(default_factory=lambda: AskingLimit(4))
    _newest: Latest[int, int] = field(default_factory=Latest)
    recent: RecentAnswers = field(default_factory=RecentAnswers)

    def heard(self, chat: int, message: int) -> None:
        """Note what somebody wrote last in a chat, and that the chat may be answered."""
        self.sender.heard(chat)
        self._newest[chat] = message

    def place_for(self, place: Place) -> Place:
        """Leave out that a private message is an answer to the one right above it."""
        if place.chat > 0 and place.reply_to == self._newest.get(place.chat):
            return replace(place, reply_to=None)
        return place

    def language(self, person: Person) -> str:
        """Return the language that a person is spoken to in."""
        return language_of(self.state.language(person.id), person.code)

    def texts_for(self, person: Person) -> TelegramTexts:
        """Return the sentences in a person's language."""
        return self.texts[self.language(person)]

    def texts_of(self, person: int) -> TelegramTexts:
        """Return the sentences in the language of somebody who is known by number only."""
        return self.texts[self.state.language(person) or "vi"]

    def renew_access(self) -> None:
        """Let those ask whom the owners have let in by now."""
        guests = frozenset(guest.id for guest in self.state.guests.let_in())
        self.access = replace(self.access, guests=guests)

    async def say_privately(self, written: Written, piece: Piece, keyboard: Keyboard = ()) -> None:
        """Answer in private what was asked anywhere: in a group it would be for everybody."""
        sent = await self.sender.send(Place(written.person.id), (piece,), keyboard)
        if not written.private:
            texts = self.texts_for(written.person)
            text = texts.private_write_first if None in sent else texts.private_sent
            await self.say(Place(written.chat, written.message, written.thread), text)

    async def say(self, place: Place, text: str, keyboard: Keyboard = ()) -> None:
        """Send a sentence of our own."""
        await self.sender.send(place, plain(text), keyboard)

    def about(self, live: OpenGeneration, texts: TelegramTexts) -> str:
        """Return what the collection holds, in a sentence or two."""
        return about(self.portrait, live, texts)

    def examples(self, live: OpenGeneration) -> tuple[tuple[str, str], ...]:
        """Return the example questions of a generation, each with the data of its button."""
        portrait = self.portrait
        if portrait is None or portrait.generation != live.generation.name:
            return ()
        return tuple((each, data(Verb.EXAMPLE, live.tag, i)) for i, each in enumerate(portrait.examples))

    def screen(
        self, remembered: Remembered, *, asked: bool = False, unsaid: Set[str] = frozenset()
    ) -> LaidOutAnswer:
        """Answer a question and lay out the view of it; blocks, so it is run in a worker.

        `unsaid` is what this talk has not been told, and may be told with the answer.
        """
        texts = self.texts[remembered.language]
        shown, opened, related = remembered.view
        is_task = subject(filtered(remembered.question)[0]) is not None
        related = related or is_task
        with self.live.reading() as live:
            # One more than is shown tells whether there are more; each further one costs its highlighting.
            answer = self._answer(live, remembered.question, shown + 1, STEP if related else 1)
            if is_task:
                answer = by_date(answer, shown)
            on_screen = answer.quotes[:shown] if answer.quotes else answer.related if related else ()
            opened = tuple(place for place in opened if place < len(on_screen))
            contexts = {place: _around(live, on_screen[place].row) for place in opened}
            view = View(
                answer,
                shown=shown,
                related=related,
                contexts=contexts,
                openings={quote.document: live.opening(quote.document) or "" for quote in on_screen},
                asked=remembered.question if asked else None,
                understood=answer.understood or (remembered.question if remembered.understood else None),
                collection=self.about(live, texts) if COLLECTION in unsaid else None,
                sample=live.is_sample,
                note=texts.only_quotes if is_task and ONLY_QUOTES in unsaid else None,
            )
            fresh = COLLECTION in unsaid and remembered.chat > 0
            examples = self.examples(live)[:_EXAMPLES] if fresh else ()
            links = {place: self.deep_link(live.permalink(on_screen[place])) for place in opened}
        buttons = Shown(
            key=remembered.key,
            quotes=len(on_screen),
            opened=frozenset(opened),
            more=len(answer.quotes) > shown,
            related=bool(answer.related) and not related and not answer.quotes,
            found=answer.status is Status.FOUND,
            question=remembered.question if self.me.inline else None,
            links=links,
            group=remembered.chat < 0,
            verdict=remembered.verdict,
            examples=examples if answer.status is Status.NOT_FOUND and not related else (),
        )
        alone = bool(contexts) and not any(found.before or found.after for found in contexts.values())
        told = {COLLECTION} if answer.status is Status.NOT_FOUND else set()
        told |= {ONLY_QUOTES} if is_task else set()
        return LaidOutAnswer(
            answer,
            render(view, texts),
            answer_keyboard(buttons, texts),
            answer.generation,
            alone,
            told & unsaid,
        )

    def _answer(self, live: OpenGeneration, question: str, top: int, related: int) -> Answer:
        """Answer a question, or give the answer from a moment ago."""
        asked, waiting = Asked(live.generation.name, question, top, related), self.workers.waiting
        answers = self.recent  # what is forgotten meanwhile stays forgotten
        if known := answers.get(asked, waiting):
            return known
        bare, only = filtered(question)
        bare = subject(bare) or bare
        answer = given(live.answerer.answer(bare, top=top, related=related, only=only, waiting=waiting))
        answers.keep(asked, waiting, answer)
        return answer

    def words_that_answered(self, turn: Remembered) -> str | None:
        """Return the words that answered an earlier question, where any did; blocks."""
        try:
            with self.live.reading() as live:
                quotes = self._answer(live, turn.question, turn.view[0] + 1, 1).quotes
        except TrichDanError:  # it is told when the question itself is answered
            return None
        return next((each.text[slice(*each.answer)] for each in quotes[:1] if each.answer), None)

    def deep_link(self, parameter: str) -> str:
        """Return the address that starts the bot with a parameter."""
        return f"https://t.me/{self.me.username}?start={parameter}"

    async def show_in_place(
        self, remembered: Remembered, screen: LaidOutAnswer, place: Place
    ) -> Remembered | None:
        """Edit, add and take away messages, send anew what was deleted; None where a change failed."""
        messages: list[int] = []
        for number, piece in enumerate(screen.pieces):
            keyboard = screen.keyboard if piece is screen.pieces[-1] else ()
            if number < len(remembered.messages):
                message = remembered.messages[number]
                edit = await self.sender.edit(remembered.chat, message, piece, keyboard)
                if edit is Edit.LOST:
                    return None
                if edit is Edit.DONE:
                    messages.append(message)
                    continue
            messages += [sent for sent in await self.sender.send(place, (piece,), keyboard) if sent]
        if not messages:
            return None
        for surplus in remembered.messages[len(screen.pieces) :]:
            await self.sender.delete(remembered.chat, surplus)
        return replace(remembered, messages=tuple(messages), generation=screen.generation)

    def renew(self) -> bool:
        """Answer from the current generation, and tell whether it is another; blocks, as `paint` does."""
        fresh = True
        if self.live.loaded:
            fresh = self.live.refresh(again=True)
        else:
            self.live.load()
        self.paint()
        return fresh

    def paint(self) -> None:
        """Look what the collection is about and what may be asked; blocks, so it is run in a worker."""
        with self.live.reading() as live:
            generation = live.generation.name
            if self.portrait and self.portrait.generation == generation:
                return
            live.index_links()
            self.portrait = portray(live, lambda: self.workers.ended)
            _LOG.info("the collection is about: %s", ", ".join(self.portrait.subject.names))
        give_back()


def _around(live: OpenGeneration, row: int) -> Context:
    before, after = live.answerer.around(row)
    return Context(before.text if before else None, after.text if after else None)
