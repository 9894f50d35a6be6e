"""The program's end of the pipes to its reading process: neither reading nor writing waits forever."""

import os
import select
import time
from typing import IO

from index.sources.containment.worker_protocol import LENGTH

_BLOCK = 1 << 18


class Late(Exception):  # noqa: N818 - says what is the case
    """The other side took too long."""


class Channel:
    """Parts after their lengths, read and written within a time."""

    def __init__(self, reading: IO[bytes], writing: IO[bytes]) -> None:
        self._reading, self._writing = reading.fileno(), writing.fileno()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(self._reading, select.POLLIN)
        self._writable.register(self._writing, select.POLLOUT)
        self._held = bytearray()

    def send(self, part: bytes, seconds: float) -> None:
        """Write a part.

        Raises:
            Late: The other side did not take it in time.
            OSError: It has ended.
        """
        until = time.monotonic() + seconds
        left = memoryview(LENGTH.pack(len(part)) + part)
        while left:
            _wait(self._writable, until)
            try:
                left = left[os.write(self._writing, left) :]
            except BlockingIOError:
                continue

    def receive(self, most: int, seconds: float) -> bytes:
        """Read a part.

        Raises:
            Late: It did not come in time.
            EOFError: The other side has ended, or sends more than `most` bytes.
            OSError: The pipe is broken.
        """
        until = time.monotonic() + seconds
        self._fill(LENGTH.size, until)
        (size,) = LENGTH.unpack(self._held[: LENGTH.size])
        if size > most:
            raise EOFError
        end = LENGTH.size + size
        self._fill(end, until)
        part = bytes(memoryview(self._held)[LENGTH.size : end])
        del self._held[:end]
        return part

    def _fill(self, size: int, until: float) -> None:
        while len(self._held) < size:
            _wait(self._readable, until)
            try:
                data = os.read(self._reading, _BLOCK)
            except BlockingIOError:
                continue
            if not data:
                raise EOFError
            self._held += data


def _wait(poll: "select.poll", until: float) -> None:
    left = until - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise Late
