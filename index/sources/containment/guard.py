"""Reading in a separate process, so that no file can bring down the program or reach its memory or secrets.

The process is given no path and no file: it asks for each block, and this side reads it. What comes back is
checked here once more, since whoever has taken the process over writes it.
"""

import logging
import math
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self

from index.errors import Message, SourceError, TrichDanError, of_system
from index.progress import Advance, nobody
from index.records import Document
from index.sources.containment.channel import Channel, Late
from index.sources.containment.children import be_unreadable, command
from index.sources.containment.course import Course, ExhaustedError, LateError, LostError
from index.sources.containment.worker_protocol import (
    Ask,
    Done,
    Exhausted,
    Reached,
    Reply,
    Request,
    parse_reply,
    request_part,
)
from index.sources.files.files import Held, Report, shown
from index.sources.files.kinds import Kind, may_give
from index.sources.files.limits import MEBI, Limits, Options
from index.sources.web.feed import Feed

_LOG = logging.getLogger(__name__)
_BYTES_A_CHARACTER = 12  # at most, in JSON
_STARTING_S = 60.0  # a busy machine is not the fault of the file, whose time begins afterwards
LIFE = 20
"""For how many times the limit of seconds a process may serve before another replaces it."""


class Guard:
    """A context manager with at most one reading process, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._limits: Limits | None = None
        self._channel: Channel | None = None
        self._served = 0
        self._spent = 0.0
        self._told = False

    def read(
        self, file: Held, report: Report, options: Options, advance: Advance = nobody
    ) -> Iterator[Document]:
        """Yield the documents of a file of any kind; what could not be read is reported.

        Args:
            file: What to read.
            report: Takes each problem.
            options: Limits, and what columns hold.
            advance: Is told how many bytes of lines or of members have been read.

        Raises:
            SourceError: Its reader ran out of time or memory, or ended abnormally, or its disk fails.
            TrichDanError: The system starts no process.
        """
        for said in self._messages("documents", file, options, report, advance):
            if not isinstance(said, Document):
                continue
            if may_give(file.name, file.id, said.id):
                yield said
            else:
                message = Message(
                    "{name} calls a document {id}, as no part of it is called; left out.",
                    name=file.name,
                    id=shown(said.id),
                )
                report(SourceError.of(message))

    def read_feed(self, file: Held, options: Options) -> Feed:
        """Return what a feed says about itself and its entries; the id of `file` is the address that gave it.

        Raises:
            SourceError: It is no feed, or its reader ran out of time or memory, or ended abnormally.
            TrichDanError: The system starts no process.
        """
        problems: list[SourceError] = []
        for said in self._messages("feed", file, options, problems.append, nobody):
            if isinstance(said, Feed):
                return said
        if problems:
            raise problems[0]
        raise SourceError("{name} is not an RSS or Atom feed; left out.", name=file.name)

    def kind(self, file: Held, options: Options) -> Kind | None:
        """Return the kind of a file, None where neither its beginning nor its name says it.

        Raises:
            SourceError: It is of a kind that is known and not read, or not of the kind its name says.
            TrichDanError: The system starts no process.
        """
        problems: list[SourceError] = []
        kind = None
        for said in self._messages("kind", file, options, problems.append, nobody):
            if isinstance(said, Done):
                kind = said.kind
        if problems:
            raise problems[0]
        return kind

    def _messages(
        self, what: str, file: Held, options: Options, report: Report, advance: Advance
    ) -> Iterator[Reply]:
        """Yield what readers say about a file; where one is lost on a part, another goes on behind it."""
        request = Request(what, file.name, file.id, file.size, options)
        course = Course(file, options.limits)
        while True:
            course.begin(is_fresh=self._channel is None or self._served == 0)
            try:
                for said in self._asked(replace(request, start=course.start), file, course, advance):
                    if isinstance(said, Message):
                        report(SourceError.of(said))
                    elif not isinstance(said, Reached):
                        yield said
            except LostError as lost:
                if problem := course.lose(lost):
                    report(problem)
                continue
            return

    def _asked(self, request: Request, file: Held, course: Course, advance: Advance) -> Iterator[Reply]:
        """Yield what the process says about a file; it is ended unless the file is read to its end.

        Raises:
            LostError: It ended, took too long, ran out of memory, or says what makes no sense.
            SourceError: The disk fails.
        """
        limits = request.options.limits
        channel = self._ready(limits)
        is_done = False
        begun = time.monotonic()
        try:
            channel.send(request_part(request), limits.seconds)
            while not is_done:
                waited = time.monotonic() - begun
                part = channel.receive(_largest(limits), limits.seconds - waited)
                said, read = parse_reply(part, limits.text)
                advance(read)
                if isinstance(said, Ask):
                    channel.send(file.at(said.place, said.most), limits.seconds - waited)
                    continue
                if isinstance(said, Exhausted):
                    raise ExhaustedError
                course.take(said)
                self._spent += time.monotonic() - begun
                is_done = isinstance(said, Done)
                yield said
                begun = time.monotonic()  # the time spent on a document by others does not count
        except Late:
            raise LateError from None
        except (OSError, EOFError, ValueError) as error:
            raise LostError from error
        finally:
            if is_done:
                self._served += 1
                _LOG.debug("%s is read: %d bytes", file.name, file.size)
            else:
                self.close()

    def _ready(self, limits: Limits) -> Channel:
        """Return the channel to a process with these limits that may still serve."""
        is_spent = self._spent > LIFE * limits.seconds
        if self._channel is None or is_spent or self._limits != limits:
            self.close()
            self._channel = self._start(limits)
        return self._channel

    def _start(self, limits: Limits) -> Channel:
        be_unreadable()
        try:
            self._process = process = subprocess.Popen(  # noqa: S603 - our own program, without a shell
                command("index.sources.containment.worker"), bufsize=0, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
            )  # fmt: skip
        except OSError as error:  # too many processes, or no memory: no fault of the file
            raise _no_process(of_system(error)) from error
        self._served, self._spent, self._limits = 0, 0.0, limits
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        channel = Channel(process.stdout, process.stdin)
        try:
            channel.send(b"%d %d" % (limits.memory, math.ceil(2 * LIFE * limits.seconds)), _STARTING_S)
            self._tell(channel.receive(MEBI, _STARTING_S).decode())
        except (OSError, EOFError, ValueError, Late) as error:
            self.close()
            raise _no_process(Message("it ended at once")) from error
        _LOG.debug("reading process %d is started", process.pid)
        return channel

    def _tell(self, missing: str) -> None:
        if missing and not self._told:
            self._told = True
            _LOG.warning("documents are read with less protection: this system refuses %s", missing[:500])

    def close(self) -> None:
        """End the process."""
        process, self._process, self._channel = self._process, None, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written is lost, and nobody waits for it
                    continue
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _no_process(why: Message) -> TrichDanError:
    return TrichDanError(
        "The process that reads documents cannot be started ({why}); try again when the machine "
        "is less busy.",
        why=why,
    )


def _largest(limits: Limits) -> int:
    return _BYTES_A_CHARACTER * limits.text + MEBI
