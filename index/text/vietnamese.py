"""The letters of Vietnamese: those that it alone writes, those that it shares, and their marks. Pure."""

import re
import unicodedata

OWN = "ăđơưĂĐƠƯ\u1ea0-\u1ef9"
"""Letters that Vietnamese writes and hardly another language, for a class of characters in a pattern."""
SELDOM = "ĩũĨŨ"
"""Those that few others write, none of them among the languages that are read here."""
SHARED = "âêôàáãèéìíòóõùúýÂÊÔÀÁÃÈÉÌÍÒÓÕÙÚÝ"
"""The rest of its letters beyond ASCII, which French, Portuguese and others write as well."""
TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The marks of tone, as they stand in NFD: huyền, sắc, ngã, hỏi, nặng."""
MARKS = f"{TONES}\u0302\u0306\u031b"
"""All marks, those of â, ă and ơ among them."""

_OWN = re.compile(f"[{OWN}]")
_MARKS = frozenset(MARKS)


def has_own_letter(text: str) -> bool:
    """Tell whether a text in NFC has a letter that Vietnamese alone writes."""
    return _OWN.search(text) is not None


def own_letters(text: str) -> int:
    """Return how many letters of a text in NFC Vietnamese alone writes."""
    return len(_OWN.findall(text))


def has_marks(word: str) -> bool:
    """Tell whether a word, in any form of Unicode, has a letter as Vietnamese writes it beyond ASCII."""
    return not word.isascii() and any(c in "đĐ" or c in _MARKS for c in unicodedata.normalize("NFD", word))
