"""From ranked sentences to what is shown: the same text told twice is one quote with several places."""

import unicodedata
from collections.abc import Sequence

_LONGEST_COMPOSED = 4_096  # normalising a hostile text takes quadratic time; no sentence is so long


def distinct(texts: Sequence[str]) -> list[list[int]]:
    """Group the positions of texts that are the same but for case, spaces and Unicode form, in order.

    The form is NFC, composed or not: NFKC would make one text of "10² km" and "102 km".
    """
    groups: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        composed = unicodedata.normalize("NFC", text) if len(text) <= _LONGEST_COMPOSED else text
        groups.setdefault(" ".join(composed.casefold().split()), []).append(position)
    return list(groups.values())
