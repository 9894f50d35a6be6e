"""An answer ready to be shown, and what its size and its words are bounded by."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from bot.telegram.messages.keyboards import Keyboard
from bot.telegram.messages.pieces import Piece
from retrieval.records import Answer

TOP: Final = 9
STEP: Final = 3
COLLECTION: Final = "collection"
ONLY_QUOTES: Final = "only quotes"
"""What a talk is told once: what the collection holds, and that the bot does nothing but quote."""


@dataclass(frozen=True, slots=True)
class LaidOutAnswer:
    """An answer ready to be shown.

    Attributes:
        answer: The answer.
        pieces: Its messages.
        keyboard: The buttons below the last.
        generation: Which generation answered.
        alone: Whether neighbours were asked for and there are none.
        told: What it says that a talk is told once.

    """

    answer: Answer
    pieces: tuple[Piece, ...]
    keyboard: Keyboard
    generation: str
    alone: bool
    told: Set[str] = frozenset()
