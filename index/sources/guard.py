"""Reading in a process of its own, so that no file can take down the program, nor its memory or secrets."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from index.errors import SourceError, TrichDanError
from index.records import Document
from index.sources.feed import Feed
from index.sources.files import HeldFile, Input, Report
from index.sources.kinds import Kind
from index.sources.limits import MEBI, Options
from index.sources.worker_protocol import Reply, Request, parse_reply, receive, request_parts, send

# Isolated from the environment and the working folder; it finds modules where this program found them.
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from index.sources.worker import main; main()"
)
_BYTES_A_CHARACTER = 12  # at most, in JSON


class Guard:
    """A context manager with at most one reading process, which is started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def read(self, kind: Kind, file: Input, report: Report, options: Options) -> tuple[Document, ...]:
        """Return the documents of a file; what could not be read is reported.

        Raises:
            SourceError: The file is too large, or its reader ran out of time or memory, or ended abnormally.
            TrichDanError: The system starts no process.
        """
        return self._reply(Request(kind, file.name, file.id, options, file.read()), report).documents

    def read_feed(self, file: HeldFile, options: Options) -> Feed:
        """Return what a feed says of itself and of its entries.

        Raises:
            SourceError: It is no feed, or its reader ran out of time or memory, or ended abnormally.
        """
        problems: list[SourceError] = []
        request = Request(Kind.FEED, file.name, file.id, options, file.read(), entries=True)
        feed = self._reply(request, problems.append).feed
        if feed is None:
            raise (
                problems[0] if problems else SourceError(f"{file.name} is not an RSS or Atom feed; left out.")
            )
        return feed

    def _reply(self, request: Request, report: Report) -> Reply:
        reply = self._ask(request)
        if reply is None and self._served:  # perhaps what was read before had used its memory up
            reply = self._ask(request)
        if reply is None:
            raise SourceError(
                f"{request.name} cannot be read (its {request.kind.value} reader ended abnormally); "
                "save it again."
            )
        self._served += 1
        for problem in reply.problems:
            report(SourceError(problem))
        return reply

    def _ask(self, request: Request) -> Reply | None:
        """Return the answer to a request, None where the process ended instead.

        Raises:
            SourceError: It took too long.
        """
        process = self._process or self._start()
        limits = request.options.limits
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(limits.seconds, end)
        timer.start()
        try:
            send(cast(BinaryIO, process.stdin), *request_parts(request))
            data = receive(cast(BinaryIO, process.stdout), _BYTES_A_CHARACTER * limits.text + MEBI)
            return parse_reply(data)
        except (OSError, EOFError, ValueError):
            self.close()
            if late.is_set():
                raise SourceError(
                    f"{request.name} took longer than {limits.seconds:g} s to read; split it."
                ) from None
            return None
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        path = json.dumps([str(Path(entry).resolve()) for entry in sys.path])
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, without a shell
                [sys.executable, "-I", "-X", "utf8", "-c", _START, path],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
            )  # fmt: skip
        except OSError as error:  # too many processes, or no memory: no fault of the file
            raise TrichDanError(
                f"The process that reads documents cannot be started ({error.strerror}); try again when the "
                "machine is less busy."
            ) from error
        self._served = 0
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was to be written to it is lost, and nobody waits for it
                    continue
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
