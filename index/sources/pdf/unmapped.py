"""Characters by their numbers, and signs whose numbers are none of characters; pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.sources.pdf.page import Glyph

_FEWEST = 40
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FEWEST_SMALL = 0.6  # small letters, among figures, capitals and marks
_VOWELS = (0.25, 0.55)  # of the letters, in a text in a language that is written with them
# In sizes of the letters:
_BESIDE = 0.5
_HUNG = 1.5  # roots and brackets of formulas hang from their base lines


def character(code: int, high: str) -> str:
    """Return a character by its number, or by its second half and the first."""
    if 0xDC00 <= code < 0xE000:
        return (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "\ufffd" if code in (0, 0xFFFE, 0xFFFF) else chr(code)


def reads_as_words(numbers: Sequence[str]) -> bool:
    """Tell whether numbers of signs, taken for characters, are a text in Latin letters.

    Old programs number the signs of a font as ASCII does and leave it at that. Others number them as they
    come, or by their places in the font: taken for characters, these are a text that nobody wrote.
    """
    letters = [sign for sign in numbers if sign in _LETTERS]
    vowels = sum(letter in "aeiouy" for letter in letters)
    return len(numbers) >= _FEWEST and (
        len(letters) >= _FEWEST_SMALL * len(numbers) and _VOWELS[0] <= vowels / len(letters) <= _VOWELS[1]
    )


def with_gaps(glyphs: Sequence[Glyph], unmapped: Iterable[int]) -> list[Glyph]:
    """Return letters, with a sign for a gap at those places where a number of a font is no character."""
    places = list(unmapped)
    found = list(glyphs)
    are_known = reads_as_words([glyphs[place].text for place in places])
    for place in places:
        if not are_known or not glyphs[place].text.isprintable():
            found[place] = glyphs[place]._replace(text="\ufffd", base=_base(glyphs, place))
    return found


def _base(glyphs: Sequence[Glyph], place: int) -> float:
    """Return the line that a sign stands on: that of the letter drawn before or after it, else its own."""
    sign = glyphs[place]
    beside = [
        one.base if other is sign else other.base
        for one, other in pairwise(glyphs[max(0, place - 1) : place + 2])
        if one.angle == other.angle
        and abs(other.left - one.right) < _BESIDE * sign.size
        and abs(one.base - other.base) < _HUNG * sign.size
    ]
    return min(beside, key=lambda base: abs(base - sign.base), default=sign.base)
