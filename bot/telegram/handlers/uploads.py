"""Owners change the collection: files that they send are added, documents are removed."""

import asyncio
import contextlib
import logging
import re
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final

from telegram.error import BadRequest, TelegramError

from bot.telegram.handlers.outcome import named, refused, told
from bot.telegram.handlers.progress_message import ProgressMessage
from bot.telegram.jobs.job_report import Job, SentFile
from bot.telegram.jobs.job_runner import JobError, JobRefused, JobRunner
from bot.telegram.messages.pieces import plain
from bot.telegram.services import Services, log_failure
from bot.telegram.transport.calls import Place
from bot.telegram.transport.faults import LocalFileUnreadable, classify
from bot.telegram.updates.values import Attached, Written
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from bot.texts.telegram import TelegramTexts
from index.errors import TrichDanError

_LOG: Final = logging.getLogger(__name__)

_TRIES: Final = 3
_LONGEST_NAME: Final = 100
_LONGEST_TITLE: Final = 300
_UNFIT: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069/\\:*?\"<>|\ud800-\udfff]+"
)


async def receive(services: Services, written: Written, attached: Attached) -> None:
    """Take files from an owner into the collection, those of an album together, as one change."""
    key = (written.chat, attached.album) if attached.album else None
    async with contextlib.AsyncExitStack() as stack:
        async with services.sender.slots.given_back():
            files = await stack.enter_async_context(services.albums.together(key, attached))
        if files:
            await _receive(services, written, files)


async def _receive(services: Services, written: Written, files: list[Attached]) -> None:
    """Begin to add files; say so to anyone who is not an owner, or if a file is too large."""
    texts = services.texts_for(written.person)
    place = Place(written.chat, written.message)
    jobs = services.jobs
    if not services.access.owner(written.person.id):
        await services.say(place, texts.feed_owners_only)
        return
    if jobs is None:
        await services.say(place, texts.only_text)
        return
    fit = [file for file in files if (file.size or 0) <= services.settings.file_limit]
    left = [_too_large(services, file, texts) for file in files if file not in fit]
    if not fit:
        await services.say(place, "\n".join(left))
        return
    names = [fit_name(file.name) for file in fit]
    what = names[0] if len(files) == 1 else texts.feed_files.format(number=len(files), names=named(names))
    text = texts.feed_received.format(name=what, limits=limits(services, texts))
    (sent,) = await services.sender.send(place, plain(text)[:1])
    note = ProgressMessage(services, place, sent, texts, what)
    begin(jobs, note, _add(services, jobs, note, fit, left))


def begin(jobs: JobRunner, note: ProgressMessage, work: Coroutine[Any, Any, None]) -> None:
    """Start a change with a progress message."""
    note.keep()
    note.tell("waiting" if jobs.busy else "starting", 0.0)
    jobs.begin(work)


def _too_large(services: Services, file: Attached, texts: TelegramTexts) -> str:
    return texts.feed_too_large.format(
        name=fit_name(file.name),
        size=_mebi(file.size or 0, texts),
        limit=_mebi(services.settings.file_limit, texts),
    )


def limits(services: Services, texts: TelegramTexts) -> str:
    """Return what may be sent, in a sentence or two."""
    from index.sources import SUFFIXES

    kinds = ", ".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    return texts.feed_limits.format(limit=_mebi(services.settings.file_limit, texts), kinds=kinds)


def fit_name(name: str) -> str:
    """Return a name, with its suffix, that any disk accepts and any line shows."""
    name = " ".join(_UNFIT.sub(" ", name).split()).strip(". ") or "file"
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = name, ""
    ending = f".{suffix}" if suffix else ""
    stem = stem[:_LONGEST_NAME]
    while len((stem + ending).encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return (stem.strip(". ") or "file") + ending


async def _add(
    services: Services, jobs: JobRunner, note: ProgressMessage, files: list[Attached], left: list[str]
) -> None:
    """Fetch files and add them; what cannot be fetched is left out."""
    fetched: list[SentFile] = []
    with jobs.scratch() as folder:
        for number, file in enumerate(files):
            note.tell("fetching", number / len(files))
            name, path = fit_name(file.name), Path(folder) / str(number)
            problem = await _fetch(services, file, path, note.texts)
            if problem is None:
                title = " ".join((file.caption or "").split())[:_LONGEST_TITLE] or None
                fetched.append(SentFile(str(path), name, title))
            else:
                left = [*left, problem.format(name=name)]
        if fetched:
            await _change(services, jobs, note, Job(files=tuple(fetched)), left)
        else:
            await note.end("\n".join(left))


async def _fetch(services: Services, attached: Attached, path: Path, texts: TelegramTexts) -> str | None:
    """Fetch a file; retrying does no harm. Return why it could not be fetched, None if it was."""
    for attempt in range(1, _TRIES + 1):
        try:
            await services.sender.fetch(attached.id, path)
        except BadRequest as error:
            _LOG.warning("a file could not be fetched: %s", classify(error))
            too_large = "too big" in error.message.lower()
            return texts.feed_too_large_for_telegram if too_large else texts.feed_not_fetched
        except LocalFileUnreadable as error:
            _LOG.error("a file of the Bot API server on this machine cannot be read: %s", error.message)
            return texts.feed_not_readable
        except TelegramError as error:
            _LOG.info("a file: %s, attempt %d", classify(error), attempt)
        except OSError as error:
            _LOG.warning("a file could not be fetched: %s", type(error).__name__)
            return texts.feed_not_fetched
        else:
            return None
        if attempt < _TRIES:
            await asyncio.sleep(0.5 * 2**attempt)
    _LOG.warning("a file could not be fetched in %d attempts", _TRIES)
    return texts.feed_not_fetched


async def take_out(services: Services, jobs: JobRunner, note: ProgressMessage, document: str) -> None:
    """Remove the document with an id from the collection."""
    await _change(services, jobs, note, Job(remove=(document,)), [])


async def _change(
    services: Services, jobs: JobRunner, note: ProgressMessage, job: Job, left: list[str]
) -> None:
    """Carry out a job, answer from what it made, and say what it did."""
    texts = note.texts
    try:
        report = await jobs.change(job, note.tell)
        if report.added or report.replaced or report.removed:
            await services.workers.run(services.renew)
    except JobRefused as error:
        await note.end(refused(note.what, error.figures, texts))
    except JobError as error:
        await note.end(texts.feed_failed.format(what=note.what, reason=translate(error, texts.code)))
    except asyncio.CancelledError:
        await note.end(texts.feed_interrupted.format(what=note.what))
        raise
    except TrichDanError as error:
        _LOG.error("the new generation could not be opened: %s", translate(error, ENGLISH))
        await note.end(texts.reload_failed.format(reason=translate(error, texts.code)))
    except Exception as error:
        log_failure("a change of the collection failed", error)
        await note.end(texts.failed)
    else:
        await note.end(told(report, texts, left or []))


def _mebi(size: int, texts: TelegramTexts) -> str:
    return f"{texts.formats.tenths(size / 2**20)} MB"
