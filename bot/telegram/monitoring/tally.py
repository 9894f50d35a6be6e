"""What has happened since startup, counted for monitoring; without questions or names."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(slots=True)
class Durations:
    """How long something took, by the least of `BOUNDS_S` that it stayed within; the last place is beyond."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    total_s: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(BOUNDS_S, seconds)] += 1
        self.total_s += seconds


@dataclass(slots=True)
class Tally:
    """The counts; written by the event loop, read by another thread.

    Attributes:
        questions: By how they ended.
        faults: Calls of Telegram that did not succeed, by kind.
        stages: How long a question waits for its turn, is searched for, and is sent.
    """

    questions: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    stages: dict[str, Durations] = field(
        default_factory=lambda: {stage: Durations() for stage in ("wait", "search", "send")}
    )
