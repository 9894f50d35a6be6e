"""Findings: what is wrong with a generation."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.errors import TrichDanError


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Attributes:
        part: Which part of the generation has it.
        detail: What is wrong, in one sentence.
    """

    part: str
    detail: str

    def __str__(self) -> str:
        return f"{self.part}: {self.detail}"


Look = tuple[str, Callable[[], Iterator[str]]]
"""What is checked, and what yields its faults."""


def findings(looks: Iterable[Look]) -> Iterator[Finding]:
    """Look into all of it."""
    for part, look in looks:
        try:
            for detail in look():
                yield Finding(part, detail)
        except (TrichDanError, LookupError, ValueError) as error:
            # A part that does not even hold together; the parts after it may say why.
            yield Finding(part, f"cannot be read ({error})")
