"""Albums, of which each picture is a message: one of them may have the words for all. Pure."""

from bot.system.latest import Latest


class Things:
    """Which albums have come so far, and which of them have words."""

    def __init__(self) -> None:
        self._albums: Latest[tuple[int, str], bool] = Latest()

    def come(self, chat: int, album: str | None, *, words: bool) -> bool:
        """Note a message; tell whether it is the first of its album, as one that stands alone is."""
        if album is None:
            return True
        first = (chat, album) not in self._albums
        self._albums[chat, album] = self._albums.get((chat, album), False) or words
        return first

    def speaks(self, chat: int, album: str | None) -> bool:
        """Tell whether any message of an album has words."""
        return album is not None and self._albums.get((chat, album), False)
