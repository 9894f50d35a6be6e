"""Long polling: fetch, write down, hand on; back off when Telegram is away, give way to another instance."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from telegram.error import TelegramError

from bot.telegram.memory.state import State
from bot.telegram.monitoring.tally import Tally
from bot.telegram.transport.api import TelegramApi
from bot.telegram.transport.faults import Fault, classify, pause
from bot.telegram.updates.reading import numbered

_LOG: Final = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0
_LONGEST_GARBLED_PAUSE_S: Final = 300.0
_GIVES_WAY_S: Final = 5.0
_SETTLED_S: Final = 10.0
_CALM_S: Final = 10.0
_GARBLED: Final = (
    "what answers in Telegram's place sends no JSON of the Bot API (failure %d): see to "
    "TRICHDAN_TELEGRAM_API_URL, the proxy, or a portal of the network; next try in %.1f s"
)


class Conflict(Exception):  # noqa: N818 - says what is the case
    """Another process polls with the same token."""


class TokenRefused(Exception):  # noqa: N818
    """Telegram does not know the token."""


@dataclass(slots=True)
class _Rivalry:
    """Tell when to give way to another poller: whoever was settled when it began does so first.

    A fetch that succeeds ends nothing: with questions coming, both pollers succeed between two refusals.
    """

    began: float
    newcomer_s: float
    _since: float = 0.0
    _last: float | None = None
    _patience: float = 0.0

    def refused(self, now: float) -> bool:
        """Note a refusal; say whether it is time to give way."""
        if self._last is None or now - self._last > _CALM_S:
            settled = now - self.began > _SETTLED_S
            self._since = now
            self._patience = min(self.newcomer_s, _GIVES_WAY_S) if settled else self.newcomer_s
        self._last = now
        return now - self._since > self._patience


@dataclass(slots=True)
class Poller:
    """Fetch updates until cancelled; each new one is handed on once.

    Attributes:
        api: The calls.
        state: Where what arrives is written down, before Telegram is told that it arrived.
        hand_on: Takes an update; waits while there is no room, and the fetching with it.
        conflict_s: How long another poller is put up with by one that has just begun; one that was killed may
            linger.
        tally: Where faults are counted.

    """

    api: TelegramApi
    state: State
    hand_on: Callable[[dict[str, Any]], Awaitable[None]]
    conflict_s: float
    tally: Tally = field(default_factory=Tally)

    async def run(self) -> None:
        """Fetch for ever; raises `Conflict` or `TokenRefused`."""
        offset: int | None = None
        failures = 0
        clock = asyncio.get_running_loop().time
        rivalry = _Rivalry(clock(), self.conflict_s)
        while True:
            try:
                updates = await self.api.updates(offset)
            except TelegramError as error:
                fault = classify(error)
                self.tally.faults[fault] += 1
                if fault is Fault.TOKEN:
                    raise TokenRefused from None
                if fault is Fault.CONFLICT and rivalry.refused(clock()):
                    raise Conflict from None
                failures += 1
                wait = self._pause(fault, error, failures)
                if fault is Fault.GARBLED:
                    _LOG.error(_GARBLED, failures, wait)
                else:
                    _LOG.warning("updates could not be fetched (%s), next try in %.1f s", fault, wait)
                await asyncio.sleep(wait)
                continue
            if failures:
                _LOG.info("updates are arriving again")
            failures = 0
            arrived = [(number, each) for each in updates if (number := numbered(each)) is not None]
            if len(arrived) < len(updates):
                _LOG.error("an update without a number that can be kept was passed over")
                # Telegram learns by numbers how far we are; without one it would send the same at once.
                await asyncio.sleep(_FIRST_PAUSE_S)
            fresh = self.state.inbox.arrive(arrived)
            if arrived:
                # By arrival, not by the highest number: after a quiet week the numbers may start lower.
                offset = arrived[-1][0] + 1
            payloads = dict(reversed(arrived))
            for number in fresh:
                await self.hand_on(payloads[number])

    @staticmethod
    def _pause(fault: Fault, error: TelegramError, failures: int) -> float:
        if fault is Fault.FLOOD:
            return pause(fault, error, 1) + 0.5
        if fault is Fault.CONFLICT:
            return 3.0
        # A portal or a wrong address does not go away as a network that is down does.
        longest = _LONGEST_GARBLED_PAUSE_S if fault is Fault.GARBLED else _LONGEST_PAUSE_S
        return float(min(_FIRST_PAUSE_S * 1.5 ** min(failures - 1, 20), longest))
