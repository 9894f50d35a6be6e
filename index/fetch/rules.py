"""What a fetch may cost, and where it may go."""

from dataclasses import dataclass

from index.sources.files.limits import MEBI


@dataclass(frozen=True, slots=True)
class Rules:
    """What a fetch may cost, and where it may go.

    Attributes:
        size: Most bytes of an answer, unpacked.
        seconds: Longest time of a fetch: with the look-up of names, what robots.txt says, and redirects, but
            without the pauses that hosts are granted.
        redirects: Most redirects.
        private: Whether machines on private networks may be asked too.
        entries: Most new entries of a feed in one refresh.
        articles: Seconds after which, in a refresh, what is left of a feed's articles waits for the next one;
            again without pauses.
        pause: Longest pause between two requests to one host that its robots.txt is granted, in seconds.
    """

    size: int = 10 * MEBI
    seconds: float = 10.0
    redirects: int = 5
    private: bool = False
    entries: int = 100
    articles: float = 120.0
    pause: float = 10.0
