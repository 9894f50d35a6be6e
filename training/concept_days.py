"""Names of months and weekdays, in every language, by their numbers from 1."""

import re
import unicodedata
from collections.abc import Iterator

from babel import Locale

from training import concept_names as extra
from training.concept_forms import LANGUAGES, UNSPACED, key_of, names_in


def months() -> Iterator[tuple[str, str]]:
    """Yield months and their names."""
    for language in LANGUAGES:
        for form in ("format", "stand-alone"):
            for month, name in Locale.parse(language).months[form]["wide"].items():
                key = key_of(name)
                usual = not re.search(r"[\d ]", key) and not UNSPACED.search(name) and len(key) > 2
                if usual and key not in extra.NOT_MONTHS:
                    yield str(month), key
    for entry in names_in(extra.MONTH_ABBREVIATIONS):
        month, *names = entry.split()
        yield from ((month, name) for name in names)


def unspaced_months() -> Iterator[tuple[str, str]]:
    """Yield months in scripts without spaces."""
    for month, name in Locale.parse("th").months["format"]["wide"].items():
        yield str(month), unicodedata.normalize("NFKC", name)


def weekdays() -> Iterator[tuple[str, str]]:
    """Yield weekdays, Monday first, and their names."""
    for language in ("en", "fr", "de", "es", "it", "ru", "uk", "pl", "ko"):
        for day, name in Locale.parse(language).days["format"]["wide"].items():
            if (key := key_of(name)) not in extra.NOT_WEEKDAYS:
                yield str(day + 1), key
    for day, name in enumerate(
        ["понедельника", "вторника", "среду", "четверга", "пятницу", "субботу", "воскресенья"], 1
    ):
        yield str(day), name


def unspaced_weekdays() -> Iterator[tuple[str, str]]:
    """Yield weekdays in scripts without spaces."""
    for language in ("zh", "zh_Hant", "ja"):
        for day, name in Locale.parse(language).days["format"]["wide"].items():
            yield str(day + 1), name
    for day, sign in enumerate("一二三四五六日", 1):
        yield from ((str(day), f"{week}{sign}") for week in ("周", "週", "礼拜"))
    yield "7", "星期天"
