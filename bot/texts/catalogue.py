"""What the program says, by its English, in other languages: one file a language, read when it is needed.

`vi.json` holds each template of a message with its translation, which has the same blanks. English needs no
file. A further language is one file more.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

ENGLISH: Final = "en"
FOLDER: Final = resources.files("bot.texts")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the translations of a language, by their English; none for English."""
    if language == ENGLISH:
        return MappingProxyType({})
    return MappingProxyType(json.loads((FOLDER / f"{language}.json").read_text("utf-8")))
