"""Filters that a question begins with: `since:2024-04-01 source:ttxvn question`. Pure.

Only this exact form counts, and only at the beginning: words of a question, such as "từ 1/4", never become a
filter.
"""

import datetime as dt
import re
from dataclasses import replace
from typing import Any, Final

from retrieval.records import EVERYTHING, DocumentFilter

_PART: Final = re.compile(
    r"\s*(since|until|source):(?:\"([^\"\n]{1,100})\"|(\S{1,100}))(?=\s)", re.IGNORECASE
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def filtered(text: str) -> tuple[str, DocumentFilter]:
    """Return a question without the filters in front of it, and what they leave to be asked.

    With what is no day or names no outlet, a second filter of a kind, or days with none between them, nothing
    is a filter and the text is the question.
    """
    only, at = EVERYTHING, 0
    while found := _PART.match(text, at):
        name, value = found[1].lower(), found[2] or found[3]
        wanted: Any = _outlet(value) if name == "source" else _day(value)
        if wanted is None or getattr(only, name) is not None:
            return text, EVERYTHING
        only, at = replace(only, **{name: wanted}), found.end()
    question = text[at:].strip()
    if not question or (only.since and only.until and only.since > only.until):
        return text, EVERYTHING
    return (question, only) if at else (text, EVERYTHING)


def prefix(text: str) -> str:
    """Return the filters in front of a question as they were written, followed by a space; or nothing."""
    question, only = filtered(text)
    return "" if only == EVERYTHING else text[: len(text.rstrip()) - len(question)]


def _outlet(value: str) -> str | None:
    return value if any(map(str.isalnum, value)) else None


def _day(value: str) -> dt.date | None:
    """Read 2024-04-22 or 22/4/2024."""
    if found := _ISO.fullmatch(value):
        year, month, day = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(value):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
