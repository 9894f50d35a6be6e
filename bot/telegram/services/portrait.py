"""What is told about a generation: what it is about, and what may be asked of it."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.about import Subject, questions, subject
from bot.telegram.collection.live import OpenGeneration
from bot.texts.telegram import TelegramTexts

_EXAMPLES_FROM: Final = 2_000
_EXAMPLES_TRIED: Final = 40


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is told about one generation: what it is about, and what may be asked of it."""

    generation: str
    subject: Subject
    examples: tuple[str, ...]


def about(portrait: Portrait | None, live: OpenGeneration, texts: TelegramTexts) -> str:
    """Return what a generation holds, in a sentence or two; with a portrait of it, what it often mentions."""
    names = portrait.subject.names if portrait and portrait.generation == live.generation.name else ()
    day = live.generation.newest
    return (texts.about if names else texts.sources).format(
        documents=texts.documents(live.generation.documents),
        sentences=texts.sentences(live.generation.sentences),
        newest=texts.span_day.format(day=texts.day(day)) if day else "",
        names=", ".join(names),
    )


def portray(live: OpenGeneration, ended: Callable[[], bool] = lambda: False) -> Portrait:
    """Look through a generation; takes a while, and stops looking for examples once all has `ended`."""
    found = subject(document.text for document in live.generation.iter_documents())
    return Portrait(live.generation.name, found, _examples(live, found.names, ended))


def _examples(live: OpenGeneration, names: Sequence[str], ended: Callable[[], bool]) -> tuple[str, ...]:
    """Make questions from sentences of the collection and keep those that it answers with them."""
    rows = min(live.generation.sentences, _EXAMPLES_FROM)
    step = max(live.generation.sentences // rows, 1) if rows else 1
    quotes = map(live.quote, range(0, live.generation.sentences, step))
    sentences = [quote.text for quote in islice(quotes, rows) if quote is not None]
    tried = 0

    def holds(question: str, answering: Set[str]) -> bool:
        nonlocal tried
        tried += 1
        if tried > _EXAMPLES_TRIED or ended():
            return False
        answer = live.answerer.answer(question, top=1, related=0)
        return any(quote.text in answering for quote in islice(answer.quotes, 1))

    return questions(sentences, holds, names)
