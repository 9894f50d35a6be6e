"""What can go wrong in sending, and the one table of what is done about it."""

import re
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


class Garbled(NetworkError):  # noqa: N818
    """A success that the Bot API would never send: something else answers in its place."""


class LocalFileUnreadable(TelegramError):  # noqa: N818
    """The operator's own Bot API server names a file that this process cannot read."""


class Fault(StrEnum):
    """Why a call did not succeed."""

    FLOOD = "told to wait"
    MALFORMED = "refused as malformed"
    ENTITIES = "formatting or link refused"
    KEYBOARD = "buttons refused"
    THREAD = "the topic is gone"
    RIGHTS = "no right to do that here"
    UNCHANGED = "already as wanted"
    GONE = "the message is gone"
    TOKEN = "token refused"  # noqa: S105 - a reason, no secret
    FORBIDDEN = "the chat does not want us"
    MOVED = "the group has a new id"
    CONFLICT = "another instance"
    UNSENT = "never left this machine"
    AMBIGUOUS = "perhaps delivered"
    GARBLED = "answered by something else"


class After(StrEnum):
    """What happens to the rest of an answer after a piece of it is given up."""

    GO_ON = "the next pieces are still sent"
    SILENCE = "nothing more for this chat until it writes again"
    STOP = "the bot stops"


@dataclass(frozen=True, slots=True)
class Rule:
    """The policy for a fault.

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
        # Refused for a part that can be left out: once more without it. See `PLAINER`.
        Fault.ENTITIES: Rule(sends=2, edits=2),
        Fault.KEYBOARD: Rule(sends=2, edits=2),
        Fault.THREAD: Rule(sends=2, edits=2),
        Fault.RIGHTS: Rule(sends=1, edits=1),
        Fault.UNCHANGED: Rule(sends=1, edits=1, success=True),
        Fault.GONE: Rule(sends=1, edits=1),
        Fault.TOKEN: Rule(sends=1, edits=1, after=After.STOP),
        Fault.FORBIDDEN: Rule(sends=1, edits=1, after=After.SILENCE),
        Fault.MOVED: Rule(sends=2, edits=1),
        Fault.CONFLICT: Rule(sends=1, edits=1),
        Fault.UNSENT: Rule(sends=3, edits=3),
        # Timeouts while reading, 5xx, cut connections: it may have arrived.
        Fault.AMBIGUOUS: Rule(sends=1, edits=3),
        # An answer that is no JSON of the Bot API: what gives it may have passed the message on.
        Fault.GARBLED: Rule(sends=1, edits=3),
    }
)
LONGEST_WAIT: Final = 60.0
PLAINER: Final = frozenset((Fault.ENTITIES, Fault.KEYBOARD, Fault.THREAD))
"""Faults of a part of a message: it is sent once more without that part, and nothing was delivered before."""

# What stands in a refusal of a bad request, lower-case, as tdlib and its Bot API server write it: the first
# match counts, so rights come first ("not enough rights to send text messages to the chat").
_REFUSALS: Final = (
    (Fault.UNCHANGED, ("not modified",)),
    (
        Fault.GONE,
        (
            "message to edit not found",
            "message to delete not found",
            "message can't be edited",
            "message can't be deleted",
            "message_id_invalid",
        ),
    ),
    (
        Fault.RIGHTS,
        (
            "rights",
            "chat_write_forbidden",
            "chat_restricted",
            "chat_admin_required",
            "forbidden",
            "topic_closed",
            "is restricted",
        ),
    ),
    (Fault.THREAD, ("thread not found", "topic_deleted", "topic_id_invalid")),
    (Fault.KEYBOARD, ("keyboard", "button", "reply_markup", "reply markup")),
    (Fault.ENTITIES, ("entit",)),
)
_QUOTED: Final = re.compile(r"'.*'", re.DOTALL)


def classify(error: TelegramError) -> Fault:
    """Tell which fault an error is; `BadRequest` is a `NetworkError` in this library, so order matters."""
    if isinstance(error, Flood):
        return Fault.FLOOD
    if isinstance(error, BadRequest):
        text = _QUOTED.sub("''", error.message).lower()
        known = (fault for fault, signs in _REFUSALS if any(sign in text for sign in signs))
        return next(known, Fault.MALFORMED)
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
    return Fault.GARBLED if isinstance(error, Garbled) else Fault.AMBIGUOUS


def refusal(error: TelegramError) -> str:
    """Return what Telegram said, without what it repeats of ours: an address or a text."""
    return _QUOTED.sub("'…'", error.message)[:200] if isinstance(error, BadRequest) else ""


def pause(fault: Fault, error: TelegramError, attempt: int) -> float:
    """Return the seconds to wait before the next attempt; attempts count from 1."""
    if isinstance(error, Flood):
        return float(error.seconds)
    return 0.5 * 2.0 ** (attempt - 1)
