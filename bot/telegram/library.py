"""Owners change the collection: files that they send, the list of documents, taking one out."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from telegram.error import BadRequest, TelegramError

from bot.render_telegram import plain
from bot.telegram.desk import LOG, Desk, log_failure
from bot.telegram.faults import classify
from bot.telegram.feeder import FeedError
from bot.telegram.incoming import Attached, Written
from bot.telegram.keyboards import NO_KEYBOARD, Keyboard
from bot.telegram.sender import Place
from bot.texts.telegram import TelegramTexts
from index.errors import TrichDanError

_EDIT_EVERY_S: Final = 2.0
_TRIES: Final = 3
_MOST_NAMED: Final = 10
_LONGEST_NAME: Final = 100
_UNFIT: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069/\\:*?\"<>|\ud800-\udfff]+"
)


@dataclass(slots=True)
class Note:
    """One message that tells how far a job is; edited not more often than a person may be written to."""

    desk: Desk
    place: Place
    message: int | None
    texts: TelegramTexts
    what: str
    _shown: str = ""
    _at: float = 0.0
    _latest: str = ""
    _editing: asyncio.Task[None] | None = field(default=None)

    def tell(self, stage: str, share: float) -> None:
        """Show a stage, soon."""
        name = self.texts.feed_stages.get(stage, stage)
        part = f" {100 * share:.0f} %" if share else ""
        self._latest = self.texts.feed_going.format(what=self.what, stage=name + part)
        if self._editing is None or self._editing.done():
            self._editing = asyncio.create_task(self._edit_soon())

    async def _edit_soon(self) -> None:
        while self._latest != self._shown:  # it may have gone on while the edit was on its way
            await asyncio.sleep(max(self._at + _EDIT_EVERY_S - time.monotonic(), 0.0))
            await self._edit(self._latest)

    async def _edit(self, text: str, keyboard: Keyboard = NO_KEYBOARD) -> bool:
        self._at = time.monotonic()
        if text == self._shown:
            return True
        self._shown = text
        if self.message is None:
            return False
        return await self.desk.sender.edit(self.place.chat, self.message, plain(text)[0], keyboard)

    async def end(self, text: str) -> None:
        """Show the outcome in the place of the progress; as a message of its own where that has gone."""
        if self._editing is not None:
            self._editing.cancel()
            await asyncio.gather(self._editing, return_exceptions=True)
        pieces = plain(text)
        if len(pieces) == 1 and await self._edit(pieces[0].text):
            return
        await self.desk.sender.send(self.place, pieces)


async def receive(desk: Desk, written: Written, attached: Attached) -> None:
    """Take a file from an owner into the collection; whoever is none, and what is too large, is told so."""
    texts = desk.texts_for(written.person)
    place = Place(written.chat, written.message)
    if not desk.access.owner(written.person.id):
        await desk.say(place, texts.feed_owners_only)
        return
    feeder = desk.feeder
    if feeder is None:
        await desk.say(place, texts.only_text)
        return
    if attached.size is not None and attached.size > desk.settings.file_limit:
        await desk.say(
            place,
            texts.feed_too_large.format(
                name=attached.name,
                size=_mebi(attached.size, texts),
                limit=_mebi(desk.settings.file_limit, texts),
            ),
        )
        return
    name = fit_name(attached.name)
    text = texts.feed_received.format(name=name, limits=limits(desk, texts))
    (sent,) = await desk.sender.send(place, plain(text)[:1])
    note = Note(desk, place, sent, texts, name)
    if feeder.busy:
        note.tell("waiting", 0.0)
    feeder.begin(_add(desk, note, attached, name))


def limits(desk: Desk, texts: TelegramTexts) -> str:
    """Return what may be sent, in a sentence or two."""
    from index.sources import SUFFIXES

    kinds = ", ".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    return texts.feed_limits.format(limit=_mebi(desk.settings.file_limit, texts), kinds=kinds)


def fit_name(name: str) -> str:
    """Return a name that any disk takes and any line shows, with its suffix."""
    name = " ".join(_UNFIT.sub(" ", name).split()).strip(". ") or "file"
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = name, ""
    ending = f".{suffix}" if suffix else ""
    while len((stem + ending).encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return (stem.strip(". ") or "file") + ending


async def _add(desk: Desk, note: Note, attached: Attached, name: str) -> None:
    feeder = desk.feeder
    assert feeder is not None  # noqa: S101 - the caller has looked
    texts = note.texts
    with feeder.scratch() as folder:
        path = Path(folder) / name
        note.tell("fetching", 0.0)
        try:
            await _fetch(desk, attached, path)
        except (TelegramError, OSError) as error:
            too_large = isinstance(error, BadRequest) and "too big" in error.message.lower()
            LOG.warning("a file could not be fetched: %s", type(error).__name__)
            reason = texts.feed_too_large_for_telegram if too_large else texts.feed_not_fetched
            await note.end(reason.format(name=name, limit=_mebi(desk.settings.file_limit, texts)))
            return
        title = " ".join((attached.caption or "").split())[:300] or None
        await _change(desk, note, {"path": str(path), "title": title})


async def _fetch(desk: Desk, attached: Attached, path: Path) -> None:
    """Fetch a file; asking again does no harm."""
    for attempt in range(1, _TRIES + 1):
        try:
            await desk.sender.fetch(attached.id, path)
            return
        except BadRequest:
            raise
        except TelegramError as error:
            if attempt == _TRIES:
                raise
            LOG.info("a file: %s, attempt %d", classify(error), attempt)
            await asyncio.sleep(0.5 * 2**attempt)


async def take_out(desk: Desk, note: Note, identifiers: list[str]) -> None:
    """Take documents out of the collection."""
    await _change(desk, note, {"remove": identifiers})


async def _change(desk: Desk, note: Note, job: dict[str, Any]) -> None:
    """Carry out a job, answer from what it made, and say what it did."""
    feeder = desk.feeder
    assert feeder is not None  # noqa: S101 - the caller has looked
    texts = note.texts
    try:
        report = await feeder.change(job, note.tell)
        if report["added"] or report["replaced"] or report["removed"]:
            await desk.workers.run(desk.renew)
    except FeedError as error:
        await note.end(texts.feed_failed.format(what=note.what, reason=error))
    except asyncio.CancelledError:
        await note.end(texts.feed_interrupted.format(what=note.what))
        raise
    except TrichDanError as error:
        LOG.error("the new generation could not be opened: %s", error)
        await note.end(texts.reload_failed.format(reason=error))
    except Exception as error:
        log_failure("a change of the collection failed", error)
        await note.end(texts.failed)
    else:
        await note.end(told(report, texts))


def told(report: dict[str, Any], texts: TelegramTexts) -> str:
    """Return what a job did, in sentences."""
    lines = []
    for names, template in (
        (report["added"], texts.feed_added),
        (report["replaced"], texts.feed_replaced),
        (report["removed"], texts.feed_removed),
    ):
        if names:
            lines.append(template.format(number=texts.number(len(names)), names=_named(names)))
    if report["sentences"]:
        lines.append(texts.feed_sentences.format(number=texts.number(report["sentences"])))
    for name, known in report["same"][:_MOST_NAMED]:
        lines.append(
            (texts.feed_same if name == known else texts.feed_same_as).format(name=name, known=known)
        )
    if not lines:
        lines.append(texts.feed_nothing)
    if report["problem_count"]:
        lines.append(texts.feed_left_out.format(number=texts.number(report["problem_count"])))
        lines += [f"• {' '.join(problem.split())[:300]}" for problem in report["problems"][:_MOST_NAMED]]
    lines.append(
        texts.feed_now.format(
            documents=texts.number(report["all_documents"]), sentences=texts.number(report["all_sentences"])
        )
    )
    return "\n".join(lines)


def _named(names: list[str]) -> str:
    more = f", … (+{len(names) - _MOST_NAMED})" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _mebi(size: int, texts: TelegramTexts) -> str:
    mebi = f"{size / 2**20:.1f}".removesuffix(".0")
    return f"{mebi.replace('.', ',') if texts.code == 'vi' else mebi} MB"
