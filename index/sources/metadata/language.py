"""Languages as documents name them: a tag such as `vi-VN`, or a name in Vietnamese or English."""

import re
import unicodedata

from index.text.vietnamese import own_letters

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_NAMES = {
    "vietnamese": "vi", "tiếng việt": "vi", "vie": "vi", "english": "en", "tiếng anh": "en", "eng": "en",
    "french": "fr", "tiếng pháp": "fr", "fra": "fr", "fre": "fr", "german": "de", "deu": "de", "ger": "de",
    "russian": "ru", "rus": "ru", "chinese": "zh", "zho": "zh", "chi": "zh", "japanese": "ja", "jpn": "ja",
    "spanish": "es", "spa": "es",
}  # fmt: skip
_LOOKED_AT = 4_000
_SHARE = 0.05  # of the letters; prose has 0.15, an English text about Vietnam below 0.02


def language_code(said: str | None) -> str | None:
    """Return the ISO 639 code of a language, None where what is said is not one."""
    name = (said or "").strip().lower()
    if name in _NAMES:
        return _NAMES[name]
    match = _TAG.fullmatch(name)
    return _NAMES.get(match[1], match[1]) if match and match[1] not in ("und", "zxx", "mul") else None


def is_vietnamese(text: str, language: str | None = None) -> bool:
    """Tell whether a text is in Vietnamese: by what it states, else by letters that only Vietnamese has."""
    if language is not None:
        return language == "vi"
    beginning = unicodedata.normalize("NFC", text[:_LOOKED_AT])
    letters = sum(map(str.isalpha, beginning))
    return own_letters(beginning) > _SHARE * letters
