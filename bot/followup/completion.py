"""A question that leans on the one before ("còn Đức thì sao?"), spelled out. Pure, and careful.

Only three forms are ever completed: a short question that says itself that it goes on ("còn … thì sao?",
"what about …?"), one that asks and says not about what ("khi nào?"), and one to three words in reply to an
answer. A question that stands alone is never bent.
"""

import re
import unicodedata
from collections.abc import Sequence, Set
from typing import Final

from bot.followup.names import names_in
from index.text.terms import fold
from retrieval.question.question import LONGEST_QUESTION

# Compared word by word, and not by patterns: one with two gaps takes cubic time for a long row of spaces.
_GOING_ON: Final = ("thế còn", "vậy còn", "the con", "vay con")
_OPENINGS: Final = (*_GOING_ON, "còn", "con")
_ENGLISH_OPENINGS: Final = ("and what about", "and how about", "what about", "how about")
_SHORT_OPENINGS: Final = ("còn", "and")
_ENDINGS: Final = (
    "thì thế nào", "thi the nao", "thì sao", "thi sao", "ra sao", "thế nào", "the nao", "thì", "thi",
)  # fmt: skip
_PARTICLES: Final = frozenset(("nhỉ", "nhi", "vậy", "vay", "ạ", "a"))
_TIMES: Final = frozenset(("năm", "tháng", "ngày", "in"))
_NUMBER: Final = re.compile(r"\d[\d/.-]*")
_MOST_LEFT_OPEN: Final = 4
_MOST_NAMES: Final = 3
_YEAR: Final = re.compile(
    r"(?:năm|nam|tháng|thang|ngày|ngay|in)\s+\d[\d/.-]*(?:\s+năm\s+\d+)?", re.IGNORECASE
)
_MOST_NEW_WORDS: Final = 6
_MOST_REPLY_WORDS: Final = 3
_ASKING: Final = frozenset(
    "ai gì nào đâu sao bao nhiêu mấy khi tại vì thế là có what who when where why how which".split()  # noqa: SIM905 - easier to read
)
# What a question has that only asks: "từ bao giờ vậy?".
_ONLY_ASKING: Final = frozenset(
    "ai đâu sao bao nhiêu giờ lâu khi nào hồi lúc hôm ngày ở tại từ đến vì do với thế vậy "  # noqa: SIM905
    "and when where why who whom how much many long since until".split()
)
_ASKING_FOR: Final = frozenset("ai đâu sao nhiêu giờ nào lâu when where why who whom much many long".split())  # noqa: SIM905
_PLAIN_ASKING: Final = (frozenset(map(fold, _ONLY_ASKING)), frozenset(map(fold, _ASKING_FOR)))
_MOST_ASKING: Final = 4


def leans(question: str) -> bool:
    """Tell whether a question says itself that it goes on with the one before."""
    return _what_is_new(question, replying=False) is not None


def complete(question: str, previous: str | None, *, replying: bool, names: Set[str]) -> str | None:
    """Return the question spelled out with the subject of the one before; None when it stands alone.

    `names` holds words that the collection writes with a capital in the middle of sentences: they tell a name
    at the start of a question from its first word. A question longer than may be asked stands alone, and
    leaves no subject.
    """
    before = None if previous is None else _normal(previous)
    if before is None:
        return None
    new = _what_is_new(question, replying=replying)
    if new is None:
        return None
    return _exchanged(before, new, names) or _joined(before, new)


def _normal(text: str) -> str | None:
    """Return a text in NFC with single spaces; None for one that is longer than a question may be."""
    text = " ".join(text.split())
    return unicodedata.normalize("NFC", text) if len(text) <= LONGEST_QUESTION else None


def _what_is_new(question: str, *, replying: bool) -> str | None:
    text = _normal(question)
    if text is None:
        return None
    words = text.rstrip("?!. …").split()
    new = _said_as_going_on(words)
    if new is not None and len(new) <= _MOST_NEW_WORDS:
        return " ".join(new).strip(" ,")
    if _only_asks(words):
        return " ".join(words)
    if replying and 0 < len(words) <= _MOST_REPLY_WORDS:
        return " ".join(words)
    return None


def _only_asks(words: list[str]) -> bool:
    """Tell whether words ask, and name nothing that they ask about."""
    said = {word.lower() for word in words} - _PARTICLES
    if not said or len(words) > _MOST_ASKING:
        return False
    plain = all(fold(word) == word for word in said)
    allowed, asking = _PLAIN_ASKING if plain else (_ONLY_ASKING, _ASKING_FOR)
    return said <= allowed and bool(said & asking)


def _said_as_going_on(words: list[str]) -> list[str] | None:
    """Return the words between what begins a question that goes on and what ends it."""
    rest = _without_ending(_after(words, _OPENINGS))
    rest = rest or _after(words, _ENGLISH_OPENINGS)
    if rest:
        return rest
    rest = _after(words, _GOING_ON)
    if rest and len(rest) <= _MOST_LEFT_OPEN:
        return rest
    rest = _after(words, _SHORT_OPENINGS)
    if len(rest) == 2 and rest[0].lower() in _TIMES and _NUMBER.fullmatch(rest[1]):
        return rest
    if words[:1] == ["con"]:  # "Con Dao" is an island
        rest = words[1:]
    # In capitals "CÒN" and "AND" begin a headline.
    opened = bool(words) and words[0][1:].islower()
    if opened and 0 < len(rest) <= _MOST_NAMES and all(word[0].isupper() for word in rest):
        return rest
    return None


def _after(words: list[str], openings: Sequence[str]) -> list[str]:
    """Return the words behind the first of these openings that they begin with; nothing where none fits."""
    for opening in openings:
        count = opening.count(" ") + 1
        if " ".join(words[:count]).lower() == opening:
            return words[count:]
    return []


def _without_ending(words: list[str]) -> list[str]:
    """Return the words before the longest ending that they have; nothing where they have none."""
    for most in (words[:-1], words) if words and words[-1].lower() in _PARTICLES else (words,):
        for ending in _ENDINGS:
            count = ending.count(" ") + 1
            if " ".join(most[-count:]).lower() == ending:
                return most[:-count]
    return []


def _exchanged(previous: str, new: str, names: Set[str]) -> str | None:
    """Put the new thing in the place of the old one of its kind: a time for a time, a name for a name."""
    if _YEAR.match(new):
        found = _YEAR.search(previous)
        return previous[: found.start()] + new + previous[found.end() :] if found else None
    if not new[:1].isupper() and not new.isascii():
        return None
    if {word.lower() for word in new.split()} & _ASKING:
        return None
    old = names_in(previous, names)
    if not old or any(name.text.casefold() == new.casefold() for name in old):
        return None
    return previous[: old[0].start] + new + previous[old[0].end :]


def _joined(previous: str, new: str) -> str:
    """Ask for both: the earlier question, and what is new."""
    return f"{previous.rstrip('?!. …')} {new}?"
