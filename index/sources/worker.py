"""The reading process: reads one file after another from its standard input, under limits it cannot lift.

It is given bytes and no path, has no environment, can write no file, and ends with the program that started
it.
"""

import logging
import os
import resource
import sys
import warnings
from typing import BinaryIO

from index.errors import SourceError
from index.records import Document
from index.sources.feed import Feed, parse_feed
from index.sources.files import HeldFile
from index.sources.formats import READERS
from index.sources.limits import MEBI
from index.sources.worker_protocol import Reply, Request, parse_request, receive, reply_part, send

_MOST = 1 << 31


def main() -> None:
    """Serve until standard input ends."""
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # what a library prints is no reply
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            request = parse_request(receive(requests, MEBI), receive(requests, _MOST))
        except EOFError:
            return
        _serve(request, replies)


def _serve(request: Request, replies: BinaryIO) -> None:
    limits = request.options.limits
    _limit(limits.memory, limits.seconds)
    problems: list[str] = []
    documents: list[Document] = []
    feed: Feed | None = None
    file = HeldFile(request.name, request.id, request.data, limits.document)
    try:
        if request.entries:
            feed = parse_feed(request.data, request.name)
        else:
            read = READERS[request.kind]
            for document in read(file, lambda error: problems.append(str(error)), request.options):
                documents.append(document)
    except SourceError as error:
        problems.append(str(error))
    except MemoryError:
        documents.clear()
        problems.append(
            f"{request.name} needs more than {limits.memory / MEBI:g} MiB of memory to be read; split it."
        )
    except Exception as error:  # whatever a library makes of a file that nobody foresaw
        problems.append(
            f"{request.name} cannot be read as {request.kind.value} ({type(error).__name__}); save it again."
        )
    send(replies, reply_part(Reply(tuple(documents), tuple(problems), feed)))


def _limit(memory: int, seconds: float) -> None:
    """Limit the address space, and the processor time of this one request."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
