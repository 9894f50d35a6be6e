"""How a build tells what it does."""

from typing import Protocol

from index.errors import SourceError


class Progress(Protocol):
    """Who is told how far a build is."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin "reading", "segmenting", "encoding", "indexing" or "publishing"; None: length unknown."""

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
    """A progress that passes all on to another, and keeps the problems.

    Attributes:
        kept: The problems so far.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.stage = progress.stage
        self.advance = progress.advance
        self.kept: list[SourceError] = []

    def problem(self, error: SourceError) -> None:
        """Keep a problem and pass it on."""
        self.kept.append(error)
        self._progress.problem(error)
