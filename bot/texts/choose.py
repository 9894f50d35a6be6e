"""Which language the bot speaks to a person: the one of the question, or the one that is set."""

import re
import unicodedata

from bot.texts import Texts
from bot.texts.en import EN
from bot.texts.explain import EN as EXPLAIN_EN
from bot.texts.explain import VI as EXPLAIN_VI
from bot.texts.explain import ExplainTexts
from bot.texts.vi import VI
from index.text.vietnamese import OWN, SELDOM

# Letters that Vietnamese writes and the other languages of the collection's readers do not: French and
# German share à, è, ê, ô, é with it, so these decide nothing.
_VIETNAMESE = re.compile(f"[{OWN}{SELDOM}]")
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
# Small words of English, French and Spanish that have the shape of a Vietnamese syllable decide nothing.
_SHARED = frozenset(
    "a an at au aux be but can ce de do du el en et get go he her him his i in it la le les let lo man many "  # noqa: SIM905 - easier to read and to add to than a list
    "me my no not on one or ou our out pas put que qui sa say se see so su sur take te than that the them "
    "then to too top two un una une up us we y you".split()
)


def texts_for(question: str, language: str = "auto") -> Texts:
    """Choose the language of what the bot says itself: `language`, or with "auto" the question's."""
    if language == "auto":
        return VI if looks_vietnamese(question) else EN
    return VI if language == "vi" else EN


def explain_texts_for(question: str, language: str = "auto") -> ExplainTexts:
    """Choose the language of explanations, by the same rule."""
    return EXPLAIN_VI if texts_for(question, language) is VI else EXPLAIN_EN


def looks_vietnamese(question: str) -> bool:
    """Tell whether a question has a Vietnamese letter, or mostly words with the shape of a syllable."""
    text = unicodedata.normalize("NFC", question[:2000]).lower()
    if _VIETNAMESE.search(text):
        return True
    words = _WORD.findall("".join(char for char in unicodedata.normalize("NFD", text) if char.isascii()))
    telling = [word for word in words if word not in _SHARED]
    return 2 * sum(1 for word in telling if _SYLLABLE.fullmatch(word)) > len(telling)
