"""Names of countries and of their people, in every language, by territory."""

import re
import unicodedata
from collections.abc import Iterator

from babel import Locale

from training import concept_names as extra
from training.concept_forms import LANGUAGES, UNSPACED, each_name, key_of, names_in

_NOT_SPOKEN_OF = frozenset(
    [
        "ZZ",
        "EU",
        "EZ",
        "UN",
        "QO",
        "XA",
        "XB",
        "AC",
        "CP",
        "DG",
        "EA",
        "IC",
        "TA",
        "HM",
        "BV",
        "AQ",
        "GS",
        "TF",
        "IO",
        "UM",
        "CC",
        "CX",
        "NF",
        "PN",
        "SJ",
    ]
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_CASES = {
    "ru": (
        ("ия", "ии ию ией"),
        ("ия", ""),
        ("я", "и ю ей е"),
        ("а", "ы е у ой"),
        ("й", "я ю ем е"),
        ("", "а у ом е"),
    ),
    "uk": (("ія", "ії ію ією"), ("я", "і ю єю"), ("а", "и і у ою"), ("", "у ом і")),
    "pl": (("ja", "ji ję ją"), ("ska", "ski sce skę ską"), ("cja", "cji cję cją"), ("na", "ny nie nę ną")),
    "de": (("", "s"),),
}
_INVARIABLE = tuple("оуиіеєюeiou")


def _territories() -> Iterator[tuple[str, str, str]]:
    """Yield language, territory and name."""
    for language in LANGUAGES:
        for territory, name in Locale.parse(language).territories.items():
            if re.fullmatch("[A-Z]{2}", territory) and territory not in _NOT_SPOKEN_OF:
                yield language.split("_")[0], territory, re.sub(r"\s*\(.*\)|\s*（.*）", "", name)


def countries() -> Iterator[tuple[str, str]]:
    """Yield territories and their names, in all cases of them."""
    given = [(territory, name) for territory, names in extra.SHORT_NAMES.items() for name in names_in(names)]
    known = {key_of(name): territory for territory, name in given}
    yield from ((territory, name) for name, territory in known.items())
    for language, territory, name in _territories():
        key = key_of(name)
        if UNSPACED.search(name) or _HANGUL.search(name) or key in extra.AMBIGUOUS_NAMES or len(key) < 3:
            continue
        for form in {key, *_inflected(key, language)}:
            if known.get(form, territory) == territory and form not in extra.AMBIGUOUS_NAMES:
                yield territory, form
    for territory, name in given:
        for form in _inflected(key_of(name), "ru" if re.search("[а-яё]", name) else ""):
            yield territory, form


def _inflected(name: str, language: str) -> list[str]:
    """Return the cases of a name of one word."""
    if " " in name or len(name) < 4 or (language != "de" and name.endswith(_INVARIABLE)):
        return []
    for ending, cases in _CASES.get(language, ()):
        if name.endswith(ending):
            if not ending and name[-1] not in "бвгдзклмнпрстфхцчшщжrnadktlmhu":
                return []
            stem = name.removesuffix(ending)
            return [stem + case for case in cases.split()]
    return []


def nationalities() -> Iterator[tuple[str, str]]:
    """Yield the nationalities of other languages, in all their forms."""
    for listed, forms in (
        (extra.FRENCH, _french),
        (extra.GERMAN, lambda word: [word + e for e in ("", "e", "er", "es", "en", "em")]),
        (extra.SPANISH, _spanish),
        (extra.RUSSIAN, lambda stem: [stem + e for e in extra.RUSSIAN_ENDINGS.split()]),
        (extra.UKRAINIAN, lambda stem: [stem + e for e in extra.UKRAINIAN_ENDINGS.split()]),
    ):
        for entry in names_in(listed):
            territory, *words = entry.split()
            for word in words:
                yield from ((territory, key_of(form)) for form in forms(word))


def english() -> Iterator[tuple[str, str]]:
    """Yield the English nationalities, which are written with a capital."""
    for entry in names_in(extra.ENGLISH):
        territory, *words = entry.split()
        for word in words:
            yield from ((territory, key_of(form)) for form in (word, f"{word}s"))
    for entry in names_in(extra.ENGLISH_NOUNS):
        territory, *words = entry.split()
        yield from ((territory, key_of(word)) for word in words)


def _french(word: str) -> list[str]:
    feminine = {"turc": "turque", "grec": "grecque"}.get(word)
    if feminine is None:
        feminine = word if word.endswith("e") else word + ("ne" if word.endswith("en") else "e")
    plural = word if word.endswith("s") else f"{word}s"
    return [word, plural, feminine, f"{feminine}s"]


def _spanish(word: str) -> list[str]:
    if word.endswith("o"):
        return [word[:-1] + ending for ending in ("o", "a", "os", "as")]
    if word.endswith(("és", "án", "ol")):
        stem = word[:-2] + word[-2:].replace("é", "e").replace("á", "a")
        return [word, f"{stem}a", f"{stem}es", f"{stem}as"]
    return [word, f"{word}s", f"{word}es"]


def korean() -> Iterator[tuple[str, str]]:
    """Yield the names in Korean, which writes endings to them."""
    for _, territory, name in _territories():
        if _HANGUL.search(name) and len(name) > 1 and " " not in name:
            yield territory, name
    yield from each_name(extra.KOREAN_NAMES)


def unspaced_countries() -> Iterator[tuple[str, str]]:
    """Yield the names in scripts without spaces."""
    for _, territory, name in _territories():
        name = unicodedata.normalize("NFKC", name)
        if UNSPACED.search(name) and len(name) >= (5 if "\u0e00" <= name[0] <= "\u0eff" else 2):
            yield territory, name
    yield from each_name(extra.UNSPACED_NAMES)
