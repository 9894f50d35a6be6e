"""Rates: how fast the bot sends, and how fast a person may ask. Pure but for the clock passed in."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from bot.system.latest import Latest


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` at once, and `per_s` a second over time."""

    per_s: float
    burst: int


# Telegram's own figures: one message a second to a chat, 20 a minute to a group. Its 30 a second overall are
# for bulk messages; answers to people who have just written may come in a burst, and a 429 is obeyed: with
# a strict 30, the last of a hundred who ask at the same moment would wait for three seconds.
PRIVATE = Rate(1.0, 1)
GROUP = Rate(15 / 60, 5)
OVERALL = Rate(30.0, 90)


class Bucket:
    """One rate, kept; times are seconds of any clock that does not run backwards."""

    __slots__ = ("_full_at", "_rate")

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._full_at = float("-inf")

    def wait(self, now: float) -> float:
        """Take a place and return the seconds until it comes; 0.0 for at once."""
        wait = self.ahead(now)
        self._full_at = max(self._full_at, now) + 1.0 / self._rate.per_s
        return wait

    def ahead(self, now: float) -> float:
        """Return the seconds until the next place, without taking it."""
        room = (self._rate.burst - 1) / self._rate.per_s
        return max(self._full_at - now - room, 0.0)

    def idle(self, now: float) -> bool:
        """Tell whether nothing is left to remember."""
        return self._full_at <= now


class Buckets:
    """A bucket for each key, forgotten when idle; memory is bounded."""

    def __init__(self, most: int = 10_000) -> None:
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()
        self._most = most

    def of(self, key: int, rate: Rate, now: float) -> Bucket:
        """Return the bucket of a key."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(rate)
        self._buckets.move_to_end(key)
        while len(self._buckets) > 1:
            oldest = next(iter(self._buckets))
            if not self._buckets[oldest].idle(now) and len(self._buckets) <= self._most:
                break
            del self._buckets[oldest]
        return bucket


class AskingLimit:
    """How fast one person may ask; one who is too fast hears so once, until they slow down."""

    def __init__(self, per_minute: int) -> None:
        self._rate = Rate(per_minute / 60.0, max(per_minute // 2, 1))
        self._buckets = Buckets()
        self._told: Latest[Hashable, float] = Latest()

    def refused(self, person: int, now: float) -> float | None:
        """Return None when the person may ask now, else the seconds until they may."""
        bucket = self._buckets.of(person, self._rate, now)
        wait = bucket.ahead(now)
        if wait > 0:
            return wait
        bucket.wait(now)
        return None

    def tell(self, person: Hashable, now: float, pause: float = 30.0) -> bool:
        """Tell whether to say so now: once in a while, not to every message of a flood."""
        last = self._told.get(person)
        if last is not None and now - last < pause:
            return False
        self._told[person] = now
        return True
