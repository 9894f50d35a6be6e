"""How names are written down for the table of concepts: as the terms that text is cut into."""

import re
import unicodedata
from collections.abc import Iterator

from index.text.terms import terms

LANGUAGES = [
    "vi",
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "ru",
    "uk",
    "pl",
    "cs",
    "sk",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "id",
    "ms",
    "th",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "bn",
    "nl",
    "el",
    "sv",
    "da",
    "nb",
    "fi",
    "ro",
    "hu",
    "bg",
    "hr",
]
"""Languages of CLDR whose names are taken."""
UNSPACED = re.compile("[\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff]")
"""A letter of a script that puts no spaces between words."""


def key_of(name: str) -> str:
    """Return the terms of a name, with spaces between."""
    return " ".join(terms(name))


def names_in(names: str) -> list[str]:
    """Return the names between commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def each_name(named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each identifier with each of its names."""
    for identifier, names in named.items():
        for name in names.split():
            yield identifier, unicodedata.normalize("NFKC", name)
