"""A question that leans on the one before ("còn Đức thì sao?"), spelled out. Pure, and careful.

Only two forms are ever completed: a short question that says itself that it goes on ("còn … thì sao?",
"what about …?"), and one to three words in reply to an answer. A question that stands alone is never bent.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

_LEANING: Final = (
    re.compile(
        r"(?:thế còn|vậy còn|còn|the con|vay con|con)\s+(?P<new>.+?)\s*"
        r"(?:thì sao|thi sao|thì thế nào|thi the nao|ra sao|thế nào|the nao|thì|thi)\s*"
        r"(?:nhỉ|nhi|vậy|vay|ạ|a)?",
        re.IGNORECASE,
    ),
    re.compile(r"(?:and\s+)?(?:what|how)\s+about\s+(?P<new>.+?)", re.IGNORECASE),
    re.compile(r"(?:thế còn|vậy còn|the con|vay con)\s+(?P<new>\S+(?:\s+\S+){0,3})", re.IGNORECASE),
    re.compile(r"(?:[Cc]òn|[Aa]nd)\s+(?P<new>[A-ZĐÀ-Ỹ]\S*(?:\s+[A-ZĐÀ-Ỹ]\S*){0,2})"),
    re.compile(r"(?:còn|and)\s+(?P<new>(?:năm|tháng|ngày|in)\s+\d[\d/.-]*)", re.IGNORECASE),
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_YEAR: Final = re.compile(
    r"(?:năm|nam|tháng|thang|ngày|ngay|in)\s+\d[\d/.-]*(?:\s+năm\s+\d+)?", re.IGNORECASE
)
_MOST_NEW_WORDS: Final = 6
_MOST_REPLY_WORDS: Final = 3
_ASKING: Final = frozenset(
    "ai gì nào đâu sao bao nhiêu mấy khi tại vì thế là có what who when where why how which".split()  # noqa: SIM905 - easier to read
)


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words and where it stands."""

    text: str
    start: int
    end: int


def leans(question: str) -> bool:
    """Tell whether a question says itself that it goes on with the one before."""
    return _what_is_new(question, replying=False) is not None


def complete(question: str, previous: str | None, *, replying: bool, names: Set[str]) -> str | None:
    """Return the question spelled out with the subject of the one before; None when it stands alone.

    `names` holds words that the collection writes with a capital in the middle of sentences: they tell a name
    at the start of a question from its first word.
    """
    if previous is None:
        return None
    new = _what_is_new(question, replying=replying)
    if new is None:
        return None
    return _exchanged(previous, new, names) or _joined(previous, new)


def _what_is_new(question: str, *, replying: bool) -> str | None:
    text = question.strip().rstrip("?!. …").strip()
    for form in _LEANING:
        found = form.fullmatch(text)
        if found and len(found["new"].split()) <= _MOST_NEW_WORDS:
            return found["new"].strip(" ,")
    if replying and 0 < len(text.split()) <= _MOST_REPLY_WORDS:
        return text
    return None


def _exchanged(previous: str, new: str, names: Set[str]) -> str | None:
    """Put the new thing in the place of the old one of its kind: a time for a time, a name for a name."""
    if _YEAR.match(new):
        found = _YEAR.search(previous)
        return previous[: found.start()] + new + previous[found.end() :] if found else None
    if not new[:1].isupper() and not new.isascii():
        return None
    if {word.lower() for word in new.split()} & _ASKING:
        return None
    old = _names_in(previous, names)
    if not old or any(name.text.casefold() == new.casefold() for name in old):
        return None
    return previous[: old[0].start] + new + previous[old[0].end :]


def _names_in(text: str, names: Set[str]) -> list[Name]:
    """Find runs of capitalised words; the first word of the text counts only when it is a known name."""
    found: list[Name] = []
    for word in _WORD.finditer(text):
        if not word.group()[0].isupper() or (word.start() == 0 and word.group() not in names):
            continue
        if found and text[found[-1].end : word.start()] == " ":
            found[-1] = Name(text[found[-1].start : word.end()], found[-1].start, word.end())
        else:
            found.append(Name(word.group(), word.start(), word.end()))
    return found


def _joined(previous: str, new: str) -> str:
    """Ask for both: the earlier question, and what is new."""
    return f"{previous.strip().rstrip('?!. …').strip()} {new}?"
