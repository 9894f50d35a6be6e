"""Where the headings that a reader knows stand in the text that it has put together."""

from collections.abc import Iterable
from itertools import accumulate

from index.records import Heading

BETWEEN = "\n\n"
"""What stands between the blocks of a text."""


def headings_of(blocks: Iterable[tuple[str, int]], text: str) -> tuple[Heading, ...]:
    """Return the headings of a text; none where it does not have the blocks.

    Args:
        blocks: Each block as it was read, with its level as a heading, 0 for what is none.
        text: The blocks joined, in letters that may be others, and more or fewer, than those that were read.
    """
    levels = list[int]()  # of each part between empty lines; a block may be several
    for said, level in blocks:
        levels += [level] + [0] * said.count(BETWEEN)
    parts = text.split(BETWEEN)
    if len(parts) != len(levels):
        return ()
    starts = accumulate((len(part) + len(BETWEEN) for part in parts), initial=0)
    return tuple(
        Heading(start, start + len(part), level)
        for start, part, level in zip(starts, parts, levels, strict=False)
        if level
    )
