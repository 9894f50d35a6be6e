"""Makes `index/concepts.json` from CLDR (by the library Babel) and from `training/concept_names.py`.

`python -m training.concepts` writes it anew. CLDR is under the licence Unicode-3.0.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import babel
from babel import Locale

from index.analysis import terms
from training import concept_names as extra

OUTPUT = Path(__file__).parent.parent / "index" / "concepts.json"
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
_UNSPACED = re.compile("[\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff]")
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


def table() -> dict[str, dict[str, list[str]]]:
    """Return for each kind of name what it stands for, and the ways to write it.

    A name that stands for two things is left out of its kind.
    """
    return {
        "capital": _told_apart(_countries()),
        "plain": {"": [_key(name) for name in _listed(extra.PLAIN_NAMES)]},
        "lonely": {"": extra.LONELY_NAMES.split()},
        "any": _told_apart(_nationalities()),
        "nothing": {"": sorted({_key(name) for name in _listed(extra.NO_COUNTRY)})},
        "hangul": _told_apart(_korean()),
        "unspaced": _told_apart(_unspaced_countries()) | {"": sorted(extra.NO_COUNTRY_UNSPACED.split())},
        "months": _told_apart(_months()),
        "weekdays": _told_apart(_weekdays()),
        "unspaced weekdays": _told_apart(_unspaced_weekdays()),
        "unspaced months": _told_apart(_unspaced_months()),
        "currencies": _told_apart(_currencies()),
        "unspaced currencies": _told_apart(_each(extra.UNSPACED_CURRENCIES)),
        "scales": _told_apart(
            (str(power), _key(w)) for power, ws in extra.SCALES.items() for w in ws.split()
        ),
        "unspaced scales": _told_apart(
            (str(power), w) for power, ws in extra.UNSPACED_SCALES.items() for w in ws.split()
        ),
        "percent": {"": sorted({_key(name) for name in _listed(extra.PERCENT)})},
    }


def _key(name: str) -> str:
    return " ".join(terms(name))


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _each(listed: dict[str, str]) -> Iterator[tuple[str, str]]:
    for identifier, names in listed.items():
        for name in names.split():
            yield identifier, unicodedata.normalize("NFKC", name)


def _told_apart(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    meanings: dict[str, set[str]] = {}
    for identifier, name in pairs:
        if name:
            meanings.setdefault(name, set()).add(identifier)
    found: dict[str, list[str]] = {}
    for name, identifiers in meanings.items():
        if len(identifiers) == 1:
            found.setdefault(next(iter(identifiers)), []).append(name)
    return {identifier: sorted(found[identifier]) for identifier in sorted(found)}


def _territories() -> Iterator[tuple[str, str, str]]:
    """Yield language, territory and name."""
    for language in LANGUAGES:
        for territory, name in Locale.parse(language).territories.items():
            if re.fullmatch("[A-Z]{2}", territory) and territory not in _NOT_SPOKEN_OF:
                yield language.split("_")[0], territory, re.sub(r"\s*\(.*\)|\s*（.*）", "", name)


def _countries() -> Iterator[tuple[str, str]]:
    given = [(territory, name) for territory, names in extra.SHORT_NAMES.items() for name in _listed(names)]
    known = {_key(name): territory for territory, name in given}
    yield from ((territory, name) for name, territory in known.items())
    for language, territory, name in _territories():
        key = _key(name)
        if _UNSPACED.search(name) or _HANGUL.search(name) or key in extra.AMBIGUOUS_NAMES or len(key) < 3:
            continue
        for form in {key, *_inflected(key, language)}:
            if known.get(form, territory) == territory and form not in extra.AMBIGUOUS_NAMES:
                yield territory, form
    for territory, name in given:
        for form in _inflected(_key(name), "ru" if re.search("[а-яё]", name) else ""):
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


def _nationalities() -> Iterator[tuple[str, str]]:
    for listed, forms in (
        (extra.FRENCH, _french),
        (extra.GERMAN, lambda word: [word + e for e in ("", "e", "er", "es", "en", "em")]),
        (extra.SPANISH, _spanish),
        (extra.RUSSIAN, lambda stem: [stem + e for e in extra.RUSSIAN_ENDINGS.split()]),
        (extra.UKRAINIAN, lambda stem: [stem + e for e in extra.UKRAINIAN_ENDINGS.split()]),
    ):
        for entry in _listed(listed):
            territory, *words = entry.split()
            for word in words:
                yield from ((territory, _key(form)) for form in forms(word))


def english() -> Iterator[tuple[str, str]]:
    """Yield the English nationalities, which are written with a capital."""
    for entry in _listed(extra.ENGLISH):
        territory, *words = entry.split()
        for word in words:
            yield from ((territory, _key(form)) for form in (word, f"{word}s"))
    for entry in _listed(extra.ENGLISH_NOUNS):
        territory, *words = entry.split()
        yield from ((territory, _key(word)) for word in words)


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


def _korean() -> Iterator[tuple[str, str]]:
    for _, territory, name in _territories():
        if _HANGUL.search(name) and len(name) > 1 and " " not in name:
            yield territory, name
    yield from _each(extra.KOREAN_NAMES)


def _unspaced_countries() -> Iterator[tuple[str, str]]:
    for _, territory, name in _territories():
        name = unicodedata.normalize("NFKC", name)
        if _UNSPACED.search(name) and len(name) >= (5 if "\u0e00" <= name[0] <= "\u0eff" else 2):
            yield territory, name
    yield from _each(extra.UNSPACED_NAMES)


def _months() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for form in ("format", "stand-alone"):
            for month, name in Locale.parse(language).months[form]["wide"].items():
                key = _key(name)
                usual = not re.search(r"[\d ]", key) and not _UNSPACED.search(name) and len(key) > 2
                if usual and key not in extra.NOT_MONTHS:
                    yield str(month), key
    for entry in _listed(extra.MONTH_ABBREVIATIONS):
        month, *names = entry.split()
        yield from ((month, name) for name in names)


def _unspaced_months() -> Iterator[tuple[str, str]]:
    for month, name in Locale.parse("th").months["format"]["wide"].items():
        yield str(month), unicodedata.normalize("NFKC", name)


def _weekdays() -> Iterator[tuple[str, str]]:
    for language in ("en", "fr", "de", "es", "it", "ru", "uk", "pl", "ko"):
        for day, name in Locale.parse(language).days["format"]["wide"].items():
            if (key := _key(name)) not in extra.NOT_WEEKDAYS:
                yield str(day + 1), key
    for day, name in enumerate(
        ["понедельника", "вторника", "среду", "четверга", "пятницу", "субботу", "воскресенья"], 1
    ):
        yield str(day), name


def _unspaced_weekdays() -> Iterator[tuple[str, str]]:
    for language in ("zh", "zh_Hant", "ja"):
        for day, name in Locale.parse(language).days["format"]["wide"].items():
            yield str(day + 1), name
    for day, sign in enumerate("一二三四五六日", 1):
        yield from ((str(day), f"{week}{sign}") for week in ("周", "週", "礼拜"))
    yield "7", "星期天"


def _currencies() -> Iterator[tuple[str, str]]:
    known: dict[str, str] = {}
    for code, listed in extra.CURRENCY_WORDS.items():
        for group in _listed(listed):
            single = all(len(word) > 1 and word.islower() for word in group.split()) and group.split()[0] in [
                "dollar",
                "dollaro",
                "dólar",
                "доллар",
                "долар",
                "dolar",
                "δολάριο",
                "euro",
                "ruble",
                "rublo",
                "рубль",
                "rubla",
                "yen",
                "иен",
                "юань",
                "hryvnia",
                "гривна",
                "гривень",
                "rupee",
                "złoty",
            ]
            for name in group.split() if single else [group]:
                known[_key(name)] = code
    yield from ((code, name) for name, code in known.items())
    for language in ["vi", "en", "fr", "de", "es", "it", "pt", "ru", "uk", "pl", "id", "tr"]:
        locale = Locale.parse(language)
        for unit in Locale.parse("en").currencies:
            if unit not in _CURRENT:
                continue
            names = {str(locale.currencies.get(unit, ""))}
            plurals = locale._data["currency_names_plural"].get(unit, {})
            for name in names.union(map(str, dict(plurals).values())):
                key = _key(name)
                if name and " " in key and not _UNSPACED.search(name) and key not in known:
                    yield unit, key


_CURRENT = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "RUB",
        "UAH",
        "VND",
        "KRW",
        "CHF",
        "AUD",
        "CAD",
        "INR",
        "THB",
        "PLN",
        "SGD",
        "HKD",
        "TWD",
        "MYR",
        "IDR",
        "PHP",
        "TRY",
        "BRL",
        "MXN",
        "ZAR",
        "SEK",
        "NOK",
        "DKK",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "ILS",
        "SAR",
        "AED",
        "EGP",
        "IRR",
        "IQD",
        "KZT",
        "BYN",
        "GEL",
        "LAK",
        "KHR",
        "MMK",
        "NZD",
        "ARS",
        "CLP",
        "COP",
        "PKR",
        "BDT",
        "NGN",
    ]
)


def made() -> str:
    """Return the contents of the file."""
    parts = table()
    capital = {name: territory for territory, names in parts["capital"].items() for name in names}
    for territory, name in english():
        capital.setdefault(name, territory)
    parts["capital"] = _told_apart((territory, name) for name, territory in capital.items())
    data = {"cldr": f"Babel {babel.__version__}", "licence": "Unicode-3.0", **parts}
    lines = [f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}" for name, part in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Write the table."""
    OUTPUT.write_text(made(), "utf-8")


if __name__ == "__main__":
    main()
