"""Tell whether a question is Vietnamese, even if typed without accents. Pure."""

import re
import unicodedata

from index.text.vietnamese import OWN, SELDOM

# Letters of Vietnamese that readers' other languages do not have. French and German share à, è, ê, ô and é
# with it, so those decide nothing.
_VIETNAMESE = re.compile(f"[{OWN}{SELDOM}]")
# "Mark Rutte là ai?": neither the names nor any letter decides, but no other language asks like this.
_ASKING = re.compile(r"\blà (?:ai|gì)\b")
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
# Small words of English, French and Spanish that are shaped like a Vietnamese syllable decide nothing.
_SHARED = frozenset(
    "a an at au aux be but can ce de do du el en et get go he her him his i in it la le les let lo man many "  # noqa: SIM905 - easier to read and to add to than a list
    "me my no not on one or ou our out pas put que qui sa say se see so su sur take te than that the them "
    "then to too top two un una une up us we y you".split()
)
_LONGEST = 2_000


def looks_vietnamese(question: str) -> bool:
    """Tell whether a question has a Vietnamese letter or "là ai", or mostly words shaped like syllables."""
    text = unicodedata.normalize("NFC", question[:_LONGEST]).lower()
    if has_letter(text) or _ASKING.search(text):
        return True
    words = _WORD.findall("".join(char for char in unicodedata.normalize("NFD", text) if char.isascii()))
    telling = [word for word in words if word not in _SHARED]
    return 2 * sum(map(is_syllable, telling)) > len(telling)


def has_letter(text: str) -> bool:
    """Tell whether a text in NFC has a letter that hardly any other language has."""
    return _VIETNAMESE.search(text) is not None


def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word without accents is shaped like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None
