"""The reading process: reads one file after another on behalf of the program, and can do nothing else.

It is given no path, no file and no environment, asks for each block of what it reads, and ends with the
program that started it. What it may do at all is taken from it before the first byte comes (`contain`).
"""

import io
import logging
import os
import sys
import warnings
from typing import BinaryIO

from index.errors import Name, SourceError
from index.sources.containment.asked import AskedFile
from index.sources.containment.contain import contain
from index.sources.containment.worker_protocol import (
    LARGEST_BLOCK,
    Ask,
    Done,
    Exhausted,
    Reached,
    Reply,
    Request,
    parse_request,
    receive,
    reply_part,
    send,
)
from index.sources.files.files import StreamedFile, unreadable
from index.sources.files.limits import MEBI
from index.sources.files.position import At, Position
from index.sources.reading import documents_within, kind_within
from index.sources.web.feed import modest, parse_feed


def main() -> None:
    """Serve until standard input ends."""
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # what a library prints is no reply
    os.close(silence)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        memory, seconds = map(int, receive(requests, MEBI).split())
        send(replies, ", ".join(contain(memory, seconds)).encode())
        while True:
            _Served(parse_request(receive(requests, MEBI)), requests, replies).serve()
    except (EOFError, BrokenPipeError):
        os._exit(0)  # nobody is left to tell


class _Served:
    """One request."""

    def __init__(self, request: Request, requests: BinaryIO, replies: BinaryIO) -> None:
        self._request = request
        self._requests = requests
        self._replies = replies
        self._read = 0
        self._is_new = not request.start

    def serve(self) -> None:
        """Tell what is in the file, then that this was all."""
        name, limits = self._request.name, self._request.options.limits
        stream = io.BufferedReader(AskedFile(self._request.size, self._ask), LARGEST_BLOCK)
        position = Position(self._enter, self._request.start)
        file = StreamedFile(name, self._request.id, stream, limits.document, self._advance, position)
        done: Done | Exhausted = Done()
        try:
            done = self._tell_all(file)
        except SourceError as error:
            self._send(error.message)
        except MemoryError:
            done = Exhausted()
        except (EOFError, BrokenPipeError):
            raise
        except Exception as error:  # whatever a library does with a file that nobody foresaw
            self._send(unreadable(name, error).message)
        self._send(done)

    def _tell_all(self, file: StreamedFile) -> Done:
        options = self._request.options
        if self._request.what == "kind":
            return Done(kind_within(file, options))
        if self._request.what == "feed":
            self._send(modest(parse_feed(file.read(), file.name, file.id)))
        else:
            for document in documents_within(file, self._problem, options, self._advance):
                self._send(document)
        return Done()

    def _ask(self, place: int, most: int) -> bytes:
        send(self._replies, reply_part(Ask(place, most)))
        return receive(self._requests, most)

    def _enter(self, at: At, name: Name) -> None:
        self._is_new = self._is_new or at >= self._request.start
        self._send(Reached(at, name))

    def _advance(self, read: int) -> None:
        self._read += read if self._is_new else 0

    def _problem(self, error: SourceError) -> None:
        if self._is_new:  # the reader before has told it
            self._send(error.message)

    def _send(self, said: Reply) -> None:
        read, self._read = self._read, 0
        send(self._replies, reply_part(said, read))
