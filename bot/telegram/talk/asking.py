"""Whether a message in reply to the bot asks something, where it does not name it. Pure."""

import re
from collections.abc import Set
from typing import Final

from bot.followup import leans
from retrieval.question import QuestionRefused, read_question

_ASKED_AT_THE_END: Final = re.compile(r"\b(?:không|khong|ko|k|chưa|chua|hả|ha|sao|à)$", re.IGNORECASE)
_ENDS: Final = " \t\n\r.!…"
_MOST_NAMES: Final = 3
_LONGEST: Final = 300  # a longer one is read for its question mark only: it waits for nobody


def asks(text: str, names: Set[str]) -> bool:
    """Tell whether a text asks: by its mark, its words or its form, or as bare `names` of the collection."""
    if "?" in text:
        return True
    if len(text) > _LONGEST:
        return False
    words = text.strip(" .!…,").split()
    if 0 < len(words) <= _MOST_NAMES and all(word in names for word in words):
        return True
    if leans(text) or _ASKED_AT_THE_END.search(text.rstrip(_ENDS)):
        return True
    try:
        return read_question(text).kind is not None
    except QuestionRefused:
        return False
