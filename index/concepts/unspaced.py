"""Names of countries, currencies, weekdays and months in scripts that write no spaces."""

import re

from index.concepts.table import Table
from index.concepts.tokens import Concept, TokenizedText

_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_LONGEST_NAME = 14  # in code points
_SINGLE_UNSPACED = frozenset(["円", "ドン", "ポンド", "บาท"])  # they count amounts, and stand in other words


def unspaced_names(tokenized: TokenizedText, place: int, names: Table) -> tuple[list[Concept], int]:
    """Find names in a run of a script without spaces, the longest first; and the place after the run."""
    token, text = tokenized.tokens[place], tokenized.text
    found: list[Concept] = []
    at = token.start
    while at < token.end:
        for length in range(min(_LONGEST_NAME, token.end - at), 1, -1):
            name = text[at : at + length]
            kind, identifier = _name_of(name, names)
            if kind is None or (_KATAKANA.match(name) and not _is_whole(text, at, at + length)):
                continue
            if identifier:
                found.append(Concept(f"{kind}:{identifier}", at, at + length))
            at += length
            break
        else:
            at += 1
    return found, place + 1


def _name_of(name: str, names: Table) -> tuple[str | None, str]:
    for kind, listed in (
        ("country", names.unspaced),
        ("currency", names.unspaced_currencies),
        ("weekday", names.unspaced_weekdays),
    ):
        if name in listed and name not in _SINGLE_UNSPACED:
            return kind, listed[name]
    if name in names.unspaced_months:
        return "month", str(names.unspaced_months[name])
    return None, ""


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a name in katakana is all of its run: タイ is Thailand, but not in タイトル."""
    return not (start and _KATAKANA.match(text[start - 1])) and not _KATAKANA.match(
        text[end : end + 1] or " "
    )
