"""A message without the parts that were refused, and how a change of one ended. Pure."""

from collections.abc import Set
from dataclasses import replace
from enum import Enum

from bot.telegram.messages.keyboards import NO_KEYBOARD, Keyboard
from bot.telegram.messages.pieces import Piece
from bot.telegram.transport.api import InlineResult
from bot.telegram.transport.faults import Fault


class Edit(Enum):
    """How a change of a message ended: `GONE` where there is no such message of ours any more."""

    DONE = "done"
    LOST = "lost"
    GONE = "gone"


def plainer(piece: Piece, keyboard: Keyboard, without: Set[Fault]) -> tuple[Piece, Keyboard]:
    """Return text and buttons without what was refused of them."""
    return (
        Piece(piece.text) if Fault.ENTITIES in without else piece,
        NO_KEYBOARD if Fault.KEYBOARD in without else keyboard,
    )


def plainer_result(result: InlineResult, without: Set[Fault]) -> InlineResult:
    """Return an inline result without what was refused; Telegram does not say of which result."""
    piece, keyboard = plainer(result.piece, result.keyboard, without)
    return replace(result, piece=piece, keyboard=keyboard)
