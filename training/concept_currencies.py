"""Names of currencies, in every language, by their codes."""

from collections.abc import Iterator

from babel import Locale

from training import concept_names as extra
from training.concept_forms import UNSPACED, key_of, names_in


def currencies() -> Iterator[tuple[str, str]]:
    """Yield codes and the names of what they stand for."""
    known: dict[str, str] = {}
    for code, listed in extra.CURRENCY_WORDS.items():
        for group in names_in(listed):
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
                known[key_of(name)] = code
    yield from ((code, name) for name, code in known.items())
    for language in ["vi", "en", "fr", "de", "es", "it", "pt", "ru", "uk", "pl", "id", "tr"]:
        locale = Locale.parse(language)
        for unit in Locale.parse("en").currencies:
            if unit not in _CURRENT:
                continue
            names = {str(locale.currencies.get(unit, ""))}
            plurals = locale._data["currency_names_plural"].get(unit, {})
            for name in names.union(map(str, dict(plurals).values())):
                key = key_of(name)
                if name and " " in key and not UNSPACED.search(name) and key not in known:
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
