"""Where in a file its reader is, so that a part on which it is lost takes none of the others along."""

from collections.abc import Callable

from index.errors import Name

At = tuple[int, ...]
"""The numbers of a part and of those it stands in, the outermost first; nothing for the whole file."""
Tell = Callable[[At, Name], None]
"""Is told which part is read from now on, and what it is called."""


def _nobody(_at: At, _name: Name) -> None:
    """Tell nobody."""


class Position:
    """A file, or a part of one: a member of an archive, a letter of a mailbox, what is attached to it, a row.

    Args:
        tell: Is told of each part that is entered.
        start: The first part that is wanted; whoever read the file before had come so far.
        at: Which part this is.
    """

    def __init__(self, tell: Tell = _nobody, start: At = (), at: At = ()) -> None:
        self._tell = tell
        self._start = start
        self._at = at

    @property
    def is_resumed(self) -> bool:
        """Whether another reader has read something of it before."""
        return len(self._start) > len(self._at) and self._start[: len(self._at)] == self._at

    def enter(self, number: int, name: Name) -> "Position | None":
        """Return the position of a part, None where it lies before the first that is wanted.

        Args:
            number: Of the part in this one; those that are entered later have higher ones.
            name: What to call it in an error.
        """
        at = (*self._at, number)
        if at < self._start and self._start[: len(at)] != at:
            return None
        self._tell(at, name)
        return Position(self._tell, self._start, at)
