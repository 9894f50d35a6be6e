"""Inline mode: `@bot question` in any chat offers quotes, each with its citation."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from bot.question_filters import filtered
from bot.system.latest import Latest
from bot.telegram.collection.live import OpenGeneration, given
from bot.telegram.messages import entities
from bot.telegram.messages.answer_message import heading, quoted
from bot.telegram.messages.keyboards import Button
from bot.telegram.services import TOP, Services, log_failure
from bot.telegram.transport.api import InlineResult
from bot.telegram.updates.values import Search
from bot.texts.telegram import TelegramTexts
from index.errors import MisquotedError
from retrieval.records import Quote

_DEBOUNCE_S: Final = 0.35
_SHORTEST: Final = 3
_CACHE_OPEN_S: Final = 300
_CACHE_LISTED_S: Final = 30
_LONGEST_LINE: Final = 64


@dataclass(slots=True)
class Typing:
    """What each person is typing: only their last query is answered."""

    latest: Latest[int, str] = field(default_factory=Latest)

    async def settled(self, search: Search) -> bool:
        """Wait a moment and tell whether the person has typed nothing further."""
        self.latest[search.person.id] = search.query
        await asyncio.sleep(_DEBOUNCE_S)
        return self.latest.get(search.person.id) == search.query


async def search(services: Services, typing: Typing, asked: Search) -> None:
    """Offer quotes for an inline query, once the typing has paused."""
    async with services.sender.slots.given_back():
        settled = await typing.settled(asked)
    if not settled:
        return
    texts = services.texts_for(asked.person)
    if not services.access.may_ask(asked.person.id):
        await nothing(services, asked, texts.inline_not_allowed)
        return
    if len(asked.text.strip()) < _SHORTEST:
        await nothing(services, asked, texts.inline_hint)
        return
    if services.workers.full:
        await nothing(services, asked, texts.busy)
        return
    try:
        async with asyncio.timeout(min(services.settings.limit_s, 10.0)):
            results = await services.workers.run(lambda: _results(services, asked.text, texts))
    except MisquotedError:  # the operator was told where it was found
        await nothing(services, asked, texts.no_collection)
        return
    except Exception as error:
        log_failure("an inline query failed", error)
        await nothing(services, asked, texts.inline_nothing)
        return
    if not results:
        await nothing(services, asked, texts.inline_nothing)
        return
    # With an allow-list a shared cache would show the quotes to those who may not ask.
    shared = services.access.open
    await services.sender.answer_inline(
        asked.query, results, cache_s=_CACHE_OPEN_S if shared else _CACHE_LISTED_S, personal=not shared
    )


async def nothing(services: Services, asked: Search, text: str) -> None:
    """Show one line that leads to the private chat."""
    await services.sender.answer_inline(
        asked.query, [], cache_s=0, personal=True, button=(text[:_LONGEST_LINE], "inline")
    )


def _results(services: Services, question: str, texts: TelegramTexts) -> list[InlineResult]:
    with services.live.reading() as live:
        bare, only = filtered(question)
        answer = given(
            live.answerer.answer(bare, top=TOP, related=0, only=only, waiting=services.workers.waiting)
        )
        made = [_result(services, live, quote, texts) for quote in answer.quotes]
    return [result for result in made if result is not None]


def _result(
    services: Services, live: OpenGeneration, quote: Quote, texts: TelegramTexts
) -> InlineResult | None:
    """Return a quote as a result; None for one that does not fit one message."""
    opening = live.opening(quote.document)
    pieces = quoted(quote, texts, opening)
    if len(pieces) != 1:
        return None
    link = services.deep_link(live.permalink(quote))
    row = [Button(f"@{services.me.username}", url=link)]
    url = entities.link(quote.url)
    if url:
        row.insert(0, Button(texts.inline_source, url=entities.place(url, quote.text, None)))
    text = " ".join(quote.text.split())
    return InlineResult(live.permalink(quote), heading(quote, opening), text[:200], pieces[0], (tuple(row),))
