"""How far a file is read, by however many readers: one that is lost on a part takes no other part along."""

from index.errors import Name, SourceError
from index.records import Document
from index.sources.containment.worker_protocol import Reached, Reply
from index.sources.files.files import Held
from index.sources.files.limits import MEBI, Limits
from index.sources.files.position import At

_SHORTEST_ROW = 2  # bytes: a character and the end of its line
MOST_LOST = 20
"""How many parts of a file may end their readers; each costs a start, and some the limit of seconds."""


class LostError(Exception):
    """The reader of a file is lost: it has ended, or says what makes no sense."""

    def problem(self, name: Name, limits: Limits) -> SourceError:
        """Say it of what it was reading."""
        return SourceError("{name} cannot be read (its reader ended abnormally); save it again.", name=name)


class LateError(LostError):
    """It took too long."""

    def problem(self, name: Name, limits: Limits) -> SourceError:
        """Say it of what it was reading."""
        return SourceError(
            "{name} took longer than {limit:g} s to read; split it.", name=name, limit=limits.seconds
        )


class ExhaustedError(LostError):
    """It needed more memory than it may have."""

    def problem(self, name: Name, limits: Limits) -> SourceError:
        """Say it of what it was reading."""
        return SourceError(
            "{name} needs more than {limit:g} MiB of memory to be read; split it.",
            name=name,
            limit=limits.memory / MEBI,
        )


class Course:
    """The reading of one file.

    Attributes:
        start: The part with which the next reader begins.
    """

    def __init__(self, file: Held, limits: Limits) -> None:
        self.start: At = ()
        self._file = file
        self._limits = limits
        self._lost = 0
        self._budget = Budget(file, limits)
        self.begin(is_fresh=True)

    def begin(self, *, is_fresh: bool) -> None:
        """Take a reader, one that has read nothing yet where it is fresh."""
        self._at: At = ()
        self._name: Name = self._file.name
        self._is_fresh = is_fresh
        self._is_told = False

    def take(self, said: Reply) -> None:
        """Take what the reader says.

        Raises:
            ValueError: It is more than any file can give, or of a part that is behind already.
        """
        self._budget.take(said)
        if not isinstance(said, Reached):
            self._is_told = True
            return
        at, start = said.at, self.start
        if at <= self._at or (at < start and start[: len(at)] != at):
            raise ValueError("not forward")
        is_inside = at[: len(self._at)] == self._at and not self._is_told
        self._is_fresh = self._is_fresh and is_inside
        self._at, self._name, self._is_told = at, said.name, False

    def lose(self, error: LostError) -> SourceError | None:
        """Go on behind the part on which the reader was lost; return what to say of it.

        None where another one has to try it: this one may have ended by what it had read before.

        Raises:
            SourceError: Nothing more of the file can be read.
        """
        if not (self._is_told or self._is_fresh or isinstance(error, LateError)):
            self.start = self._at
            return None
        problem = error.problem(self._name, self._limits)
        if not self._at:
            raise problem
        self._lost += 1
        if self._lost > MOST_LOST:
            raise SourceError(
                "{name} has more parts that cannot be read than {limit:,}; the rest is left out.",
                name=self._file.name,
                limit=MOST_LOST,
            )
        self.start = (*self._at[:-1], self._at[-1] + 1)
        return problem


class Budget:
    """How much a file can give: as much as it holds, packed or not."""

    def __init__(self, file: Held, limits: Limits) -> None:
        self._characters = max(file.size, limits.unpacked) + limits.text
        self._messages = self._characters // _SHORTEST_ROW + limits.members

    def take(self, said: Reply) -> None:
        """Count a reply.

        Raises:
            ValueError: It is more than any file can give.
        """
        self._messages -= 1
        self._characters -= len(said.text) if isinstance(said, Document) else 0
        if self._messages < 0 or self._characters < 0:
            raise ValueError("more than there can be")
