"""A file that the reading process cannot open: it asks the program for each block."""

import io
from collections.abc import Callable

from index.sources.containment.worker_protocol import LARGEST_BLOCK


class AskedFile(io.RawIOBase):
    """Bytes that somebody else reads, as a seekable stream."""

    def __init__(self, size: int, ask: Callable[[int, int], bytes]) -> None:
        """Take the size, and what returns up to a number of bytes from a place on, none past the end."""
        self._size = size
        self._ask = ask
        self._place = 0

    def readable(self) -> bool:
        """Say that it is readable."""
        return True

    def seekable(self) -> bool:
        """Say that it is seekable."""
        return True

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # of every buffer
        """Read what fits, and is given."""
        data = self._ask(self._place, min(len(buffer), LARGEST_BLOCK))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)
