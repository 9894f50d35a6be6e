"""Headings that name themselves in a text: "Điều 4. Mức phạt", "Chương II", "Article 5. Scope"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from index.records import Heading

_RANKS: Final = {
    "phần": 1, "chương": 2, "mục": 3, "tiểu mục": 4, "điều": 5,
    "part": 1, "chapter": 2, "section": 3, "article": 5,
}  # fmt: skip
_BELOW_READ: Final = 10
"""Levels that readers know are lower, so no numbered heading ends the section of one of those."""
_LONGEST_TITLE: Final = 200
_LABEL: Final = re.compile(
    r"[ \t#*_]{0,8}(?P<kind>tiểu mục|phần|chương|mục|điều|part|chapter|section|article)"
    r"[ \xa0](?:\d{1,4}[a-zđ]?|[IVXLC]{1,7}|thứ \w{2,6})"
    r"(?:[.:][*_]{0,3}(?=\s|$)|[*_ \t]*$|[ \t]+[-–—](?=\s))",
    re.IGNORECASE,
)
_LINE: Final = re.compile(r"[^\n\r]+")
_ENDED: Final = re.compile(r"[.!?…:;,]$")
_LEADER: Final = re.compile(r"\.{4}|…{2}|\t")


def label_end(text: str, start: int, end: int) -> int:
    """Return where the label ends with which a paragraph begins ("Điều 4."), `start` where it has none."""
    label = _LABEL.match(text, start, min(end, start + 48))
    return label.end() if label else start


def numbered(text: str, body: int = 0) -> tuple[Heading, ...]:
    """Return the headings of a text that begin with their kind and number, each on a line of its own.

    Where a sentence follows on the same line, the label alone is the heading. The title of a chapter may
    stand on the next line, in capitals.
    """
    return tuple(_numbered(text, [match.span() for match in _LINE.finditer(text, body) if match[0].strip()]))


def is_numbered(sentence: str) -> bool:
    """Tell whether a sentence is a numbered heading, and nothing else."""
    label = _LABEL.match(sentence)
    title = sentence[label.end() :].strip() if label else ""
    return bool(label) and len(title) <= _LONGEST_TITLE and not _ENDED.search(title)


def _numbered(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Heading]:
    for number, (start, end) in enumerate(lines):
        label = _LABEL.match(text, start, end)
        if label is None or label["kind"][0].islower() or _LEADER.search(text, label.end(), end):
            continue
        title = text[label.end() : end].strip()
        if not title and number + 1 < len(lines):
            following = text[slice(*lines[number + 1])].strip()
            if following.isupper() and len(following) <= _LONGEST_TITLE and not _LABEL.match(following):
                end = lines[number + 1][1]
        elif title and (len(title) > _LONGEST_TITLE or _ENDED.search(title) or title[0].islower()):
            end = label.end()
        first = start + len(text[start:end]) - len(text[start:end].lstrip(" \t#*_"))
        last = first + len(text[first:end].rstrip(" \t*_"))
        yield Heading(first, last, _BELOW_READ + _RANKS[label["kind"].lower()])


def with_numbered(read: Sequence[Heading], text: str, body: int = 0) -> tuple[Heading, ...]:
    """Return the headings that a reader knows, and those that name themselves elsewhere in the text."""
    ends = [0, *(heading.end for heading in read)]
    starts = [heading.start for heading in read]
    # None of those read is inside another: only the last that begins before an end can reach into a heading.
    own = [each for each in numbered(text, body) if ends[bisect_left(starts, each.end)] <= each.start]
    return tuple(sorted((*read, *own)))
