"""Makes `index/concepts/concepts.json` from CLDR (by the library Babel) and from `training/concept_names.py`.

`python -m training.concepts` writes it anew. CLDR is under the licence Unicode-3.0.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import babel

from training import concept_names as extra
from training.concept_countries import countries, english, korean, nationalities, unspaced_countries
from training.concept_currencies import currencies
from training.concept_days import months, unspaced_months, unspaced_weekdays, weekdays
from training.concept_forms import each_name, key_of, names_in

OUTPUT = Path(__file__).parent.parent / "index" / "concepts" / "concepts.json"


def table() -> dict[str, dict[str, list[str]]]:
    """Return for each kind of name what it stands for, and the ways to write it.

    A name that stands for two things is left out of its kind.
    """
    return {
        "capital": _told_apart(countries()),
        "plain": {"": [key_of(name) for name in names_in(extra.PLAIN_NAMES)]},
        "lonely": {"": extra.LONELY_NAMES.split()},
        "any": _told_apart(nationalities()),
        "nothing": {"": sorted({key_of(name) for name in names_in(extra.NO_COUNTRY)})},
        "hangul": _told_apart(korean()),
        "unspaced": _told_apart(unspaced_countries()) | {"": sorted(extra.NO_COUNTRY_UNSPACED.split())},
        "months": _told_apart(months()),
        "weekdays": _told_apart(weekdays()),
        "unspaced weekdays": _told_apart(unspaced_weekdays()),
        "unspaced months": _told_apart(unspaced_months()),
        "currencies": _told_apart(currencies()),
        "unspaced currencies": _told_apart(each_name(extra.UNSPACED_CURRENCIES)),
        "scales": _told_apart(
            (str(power), key_of(w)) for power, ws in extra.SCALES.items() for w in ws.split()
        ),
        "unspaced scales": _told_apart(
            (str(power), w) for power, ws in extra.UNSPACED_SCALES.items() for w in ws.split()
        ),
        "percent": {"": sorted({key_of(name) for name in names_in(extra.PERCENT)})},
    }


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
