"""Files that a person sends together arrive one by one; here they come together again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Hashable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_LARGEST: Final = 10  # files of one album, by Telegram
_QUIET_S: Final = 1.0


@dataclass(slots=True)
class _Album(Generic[T]):
    items: list[T]
    more: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Albums(Generic[T]):
    """Gathers what has one key until nothing more has come for a moment."""

    def __init__(self, quiet_s: float = _QUIET_S) -> None:
        self._quiet_s = quiet_s
        self._open: dict[Hashable, _Album[T]] = {}

    @contextlib.asynccontextmanager
    async def together(self, key: Hashable | None, item: T) -> AsyncIterator[list[T]]:
        """Lend all items of a key to the first caller; the others get none, once the first is done.

        Without a key an item stands alone.
        """
        if key is None:
            yield [item]
            return
        album = self._open.get(key)
        if album is not None:
            album.items.append(item)
            album.more.set()
            await album.done.wait()
            yield []
            return
        album = self._open[key] = _Album([item])
        try:
            await self._quiet(album)
            del self._open[key]  # what comes too late begins another
            yield album.items
        finally:
            if self._open.get(key) is album:
                del self._open[key]
            album.done.set()

    async def _quiet(self, album: _Album[T]) -> None:
        """Wait until nothing more comes, or nothing more can."""
        with contextlib.suppress(TimeoutError):
            while len(album.items) < _LARGEST:
                async with asyncio.timeout(self._quiet_s):
                    await album.more.wait()
                album.more.clear()
