"""What a reader sees as one character, of however many code points. Pure."""

import unicodedata

_JOINER = "\u200d"
_MARKS = ("Mn", "Mc", "Me")
_EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_HANGUL_VOWELS_AND_FINALS = range(0x1160, 0x1200)
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd\U000110cd")


def is_boundary(text: str, at: int) -> bool:
    """Tell whether a reader may see a cut before `text[at]`: never inside what shows as one character.

    Stricter than needed in a few rare scripts, which costs nothing but a slightly shorter piece.
    """
    before, after = text[at - 1], text[at]
    if _extends(after) or before == _JOINER or (before == "\r" and after == "\n"):
        return False
    if before in _PREPENDED or unicodedata.category(before) == "Cf" or _is_hangul(before, after):
        return False
    if ord(after) in _REGIONAL and ord(before) in _REGIONAL:
        run = at
        while run and ord(text[run - 1]) in _REGIONAL:
            run -= 1
        return (at - run) % 2 == 0
    # In Indic scripts a virama binds the next letter.
    return unicodedata.combining(before) != 9


def _extends(character: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    point = ord(character)
    if point < 0x300:
        return False
    return (
        character == _JOINER
        or character == "\u200c"
        or unicodedata.category(character) in _MARKS
        or point in _EMOJI_MODIFIERS
        or point in _TAGS
        or point in _HANGUL_VOWELS_AND_FINALS
        or character in "\uff9e\uff9f"
        or character in "\u0e33\u0eb3"
    )


def _is_hangul(before: str, after: str) -> bool:
    """Tell whether two Korean letters make one syllable."""
    return (0x1100 <= ord(before) <= 0x115F or 0xA960 <= ord(before) <= 0xA97C) and (
        0x1100 <= ord(after) <= 0x11FF or 0xAC00 <= ord(after) <= 0xD7A3 or 0xA960 <= ord(after) <= 0xA97C
    )
