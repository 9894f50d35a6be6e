"""What the program says, by the template of the message: one file a language, read when it is needed.

Each template has its translation there, with the same blanks. A further language is one more file. `en.json`
has only what this program says in other words than a library: with the command to run, or the setting.
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
    """Return the translations of a language, by their templates."""
    return MappingProxyType(json.loads((FOLDER / f"{language}.json").read_text("utf-8")))
