"""Which quotation marks and brackets of a paragraph belong together."""

import re
from array import array
from collections import Counter, deque
from typing import NamedTuple

# A pair further apart than this holds nothing together: one forgotten mark must not swallow a document.
LONGEST_PAIR = 600
# Apostrophes are mistaken for quotation marks more often, so a pair of single marks reaches less far.
LONGEST_SINGLE_PAIR = 300

DOUBLE, SINGLE = '"', "'"
_BRACKETS = "()[]{}（）［］｛｝「」『』【】〔〕〖〗〈〉《》｢｣"
# mark → (family, direction): 1 opens, -1 closes, 0 either. Members of a family close one another, so that
# “typed so", „German“ and ”Swedish” marks pair as they do in print.
_MARKS: dict[str, tuple[str, int]] = {
    **{c: (_BRACKETS[i - i % 2], 1 - 2 * (i % 2)) for i, c in enumerate(_BRACKETS)},
    **{c: (DOUBLE, 0) for c in '"＂'},
    **{c: (DOUBLE, 1) for c in "“„‟〝"},
    **{c: (DOUBLE, -1) for c in "”〞〟"},
    **{c: (SINGLE, 1) for c in "‘‚‛"},
    "'": (SINGLE, 0),
    "’": (SINGLE, -1),
    "«": ("«", 1),
    "»": ("«", -1),
    "‹": ("‹", 1),
    "›": ("‹", -1),
}
OPENING_MARKS = frozenset(c for c, (_, direction) in _MARKS.items() if direction >= 0)
# An apostrophe between two letters is part of a word and is not even looked at.
_MARK = re.compile("[" + re.escape("".join(c for c in _MARKS if c not in "'’")) + r"]|['’](?!\w)|(?<!\w)['’]")
_BEFORE_OPENING = OPENING_MARKS | frozenset(":：-–—/=")
_AFTER_CLOSING = frozenset(".,;:!?…)]}。，、；：！？）］」』】”’»›\"'-–—/؟،؛।")


class Pairs(NamedTuple):
    """Quotation marks and brackets of one paragraph, all positions ascending.

    Of the outermost pairs, number by number, `opened` are the positions of the opening marks and `closed`
    those of the closing ones; `closing` are the positions of all marks that close, paired or not. A paragraph
    may be a program of millions of brackets: eight bytes are kept of each.
    """

    opened: "array[int]"
    closed: "array[int]"
    closing: "array[int]"


def find_pairs(text: str, start: int, end: int) -> Pairs:
    """Pair the quotation marks and brackets of `text[start:end]`, in linear time."""
    open_marks: deque[tuple[int, str]] = deque()
    alive: Counter[str] = Counter()
    pairs = Pairs(array("q"), array("q"), array("q"))
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        family, _ = _MARKS[text[at]]
        while open_marks and at - open_marks[0][0] > LONGEST_PAIR:
            alive[open_marks.popleft()[1]] -= 1
        direction = _direction(text, start, end, at, alive[family] > 0)
        if direction > 0:
            open_marks.append((at, family))
            alive[family] += 1
        elif direction < 0:
            pairs.closing.append(at)
            while alive[family]:
                opened, other = open_marks.pop()
                alive[other] -= 1
                if other == family:
                    if family != SINGLE or at - opened <= LONGEST_SINGLE_PAIR:
                        _hold(pairs, opened, at)
                    break
    return pairs


def _direction(text: str, start: int, end: int, at: int, is_open: bool) -> int:
    """Tell whether a mark opens (1), closes (-1) or is an apostrophe (0)."""
    family, direction = _MARKS[text[at]]
    if family not in (DOUBLE, SINGLE, "«", "‹"):
        return direction
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if opens and closes:
        opens = closes = False
    if family == SINGLE and opens and (after.isdigit() or direction < 0):
        return 0
    if direction > 0:
        return -1 if closes and is_open else 1
    if direction < 0:
        return 1 if opens and not is_open else -1
    if opens:
        return 1
    if closes:
        return -1
    if family == SINGLE:
        return 0
    return -1 if is_open else 1


def _hold(pairs: Pairs, opened: int, closed: int) -> None:
    """Add a pair, in place of those within it; pairs never cross, and come by where they close."""
    while pairs.opened and pairs.opened[-1] > opened:
        pairs.opened.pop()
        pairs.closed.pop()
    pairs.opened.append(opened)
    pairs.closed.append(closed)
