"""The language of the system, without the settings: help must come fast, even if they are wrong."""

import os


def spoken(language: str) -> str:
    """Return the language of what is said where there is no question: with "auto" that of the system.

    Args:
        language: "auto", "vi" or "en".
    """
    if language != "auto":
        return language
    said = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "vi" if next(filter(None, said), "").lower().startswith("vi") else "en"
