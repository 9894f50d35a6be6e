"""What can go wrong when something is sent, and the one table that says what is done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)


class Flood(TelegramError):  # noqa: N818 - says what is the case
    """Too many requests; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many requests, wait {seconds} s")
        self.seconds = seconds


class Unsent(NetworkError):  # noqa: N818
    """The request never left this machine."""


class Fault(StrEnum):
    """Why a call did not succeed."""

    FLOOD = "told to wait"
    MALFORMED = "refused as malformed"
    UNCHANGED = "already as wanted"
    GONE = "the message is gone"
    TOKEN = "token refused"  # noqa: S105 - a reason, no secret
    FORBIDDEN = "the chat does not want us"
    MOVED = "the group has a new id"
    CONFLICT = "another instance"
    UNSENT = "never left this machine"
    AMBIGUOUS = "perhaps delivered"


class After(StrEnum):
    """What happens to the rest of an answer after a piece of it is given up."""

    GO_ON = "the next pieces are still sent"
    SILENCE = "nothing more for this chat until it writes again"
    STOP = "the bot stops"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done about a fault.

    Attributes:
        sends: How often a new message is tried in all.
        edits: How often a change is tried in all: it may be repeated, having the same outcome.
        after: What happens once these are used up.
        success: Whether the fault means that all is as wanted.

    """

    sends: int
    edits: int
    after: After = After.GO_ON
    success: bool = False


# The policy. A message is sent again only when it is certain that it was not delivered.
POLICY: Final[Mapping[Fault, Rule]] = MappingProxyType(
    {
        # Telegram says when: never sooner, five times at most, and not at all above `LONGEST_WAIT`.
        Fault.FLOOD: Rule(sends=5, edits=5),
        Fault.MALFORMED: Rule(sends=1, edits=1),
        Fault.UNCHANGED: Rule(sends=1, edits=1, success=True),
        Fault.GONE: Rule(sends=1, edits=1),
        Fault.TOKEN: Rule(sends=1, edits=1, after=After.STOP),
        Fault.FORBIDDEN: Rule(sends=1, edits=1, after=After.SILENCE),
        Fault.MOVED: Rule(sends=2, edits=1),
        Fault.CONFLICT: Rule(sends=1, edits=1),
        Fault.UNSENT: Rule(sends=3, edits=3),
        # Timeouts while reading, 5xx, cut connections, an answer that is no JSON: it may have arrived.
        Fault.AMBIGUOUS: Rule(sends=1, edits=3),
    }
)
LONGEST_WAIT: Final = 60.0


def classify(error: TelegramError) -> Fault:
    """Tell which fault an error is; `BadRequest` is a `NetworkError` in this library, so order matters."""
    if isinstance(error, Flood):
        return Fault.FLOOD
    if isinstance(error, BadRequest):
        text = error.message.lower()
        if "not modified" in text:
            return Fault.UNCHANGED
        if "message to edit not found" in text or "message to delete not found" in text:
            return Fault.GONE
        return Fault.MALFORMED
    if isinstance(error, InvalidToken):
        return Fault.TOKEN
    if isinstance(error, Forbidden):
        return Fault.FORBIDDEN
    if isinstance(error, ChatMigrated):
        return Fault.MOVED
    if isinstance(error, Conflict):
        return Fault.CONFLICT
    if isinstance(error, Unsent):
        return Fault.UNSENT
    return Fault.AMBIGUOUS


def pause(fault: Fault, error: TelegramError, attempt: int) -> float:
    """Return the seconds to wait before the next attempt; attempts count from 1."""
    if isinstance(error, Flood):
        return float(error.seconds)
    return 0.5 * 2.0 ** (attempt - 1)
