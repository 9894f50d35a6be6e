"""How a build tells what it does."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol, Self

from index.errors import SourceError
from index.remarks import Remark, RemarkKind, counted

Advance = Callable[[int], None]
"""Is told of some steps more."""


def nobody(steps: int) -> None:
    """Tell nobody how far it is."""


class Progress(Protocol):
    """Who is told how far a build is."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin "fetching", "reading", "indexing" or "publishing", of `total` steps; None: not known.

        What is read from files is counted in bytes.
        """

    def advance(self, steps: int) -> None:
        """Go on by some steps of the stage."""

    def problem(self, error: SourceError) -> None:
        """Report what is left out."""


class Silence:
    """A progress that nobody follows."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""

    def advance(self, steps: int) -> None:
        """Go on."""

    def problem(self, error: SourceError) -> None:
        """Report what is left out."""


class Problems:
    """A progress that passes all on to another, and keeps the problems and what readers remarked.

    Attributes:
        kept: The problems so far.
        remarks: What readers left out, or read from elsewhere, counted over the documents so far.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.stage = progress.stage
        self.advance = progress.advance
        self.kept: list[SourceError] = []
        self.remarks: Counter[RemarkKind] = Counter()

    def problem(self, error: SourceError) -> None:
        """Keep a problem and pass it on."""
        self.kept.append(error)
        self._progress.problem(error)

    def remarked(self, remarks: Iterable[Remark]) -> None:
        """Count the remarks of a document."""
        self.remarks += counted(remarks)


class Share:
    """Some steps of a stage, spread evenly over work that is counted otherwise; a context manager."""

    STEPS = 10
    """Steps that a document has in the stage "indexing"."""

    def __init__(self, advance: Advance, steps: int, work: int) -> None:
        self._advance = advance
        self._steps = steps
        self._work = max(work, 1)
        self._done = self._told = 0

    def advance(self, done: int) -> None:
        """Go on by some of the work."""
        self._done += done
        self._tell(min(self._steps, self._steps * self._done // self._work))

    def _tell(self, steps: int) -> None:
        if steps > self._told:
            self._advance(steps - self._told)
            self._told = steps

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._tell(self._steps)
