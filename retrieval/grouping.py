"""From ranked sentences to what is shown: a restated sentence is one quote with several places."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.generation import DOCUMENT
from index.generation.corpus import Corpus
from retrieval.filters import Mask, kept

MOST_PLACES = 10
"""How many further places of a quote are cited; of any beyond these only the number is given."""

MOST_OF_A_DOCUMENT = 2
"""How many quotes of one document come before those of others, so that no document fills an answer."""

_UNDATED = 1 << 30


@dataclass(frozen=True, slots=True)
class Restatement:
    """Where the same sentence stands.

    Attributes:
        first: The row that is shown.
        others: Rows cited with it, each from another document, at most `MOST_PLACES`.
        more: How many documents say the same beyond these.
    """

    first: int
    others: tuple[int, ...]
    more: int = 0


def grouped(keys: Sequence[int]) -> list[list[int]]:
    """Group the positions of equal keys, by first occurrence."""
    groups: dict[int, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    return list(groups.values())


def diversify(documents: Iterable[int]) -> Iterator[int]:
    """Yield the positions of ranked documents, those beyond the second of a document after all the others.

    They still count if nothing else answers: a collection may be a single book.
    """
    seen: Counter[int] = Counter()
    later: list[int] = []
    for position, document in enumerate(documents):
        seen[document] += 1
        if seen[document] <= MOST_OF_A_DOCUMENT:
            yield position
        else:
            later.append(position)
    yield from later


def restated(generation: Corpus, row: int, mask: Mask | None = None) -> Restatement:
    """Return where else a row is restated, and which of these places to show.

    A reader of news wants to know who had it first: the sentence of the earliest dated document is shown, and
    the others follow by date; undated ones come after, beginning with the requested row.
    A document that says it again and again is cited once, except for a second place in the one that is shown.
    Rows that the filter leaves out are neither.
    """
    rows = kept(generation.same(row), mask)
    if len(rows) == 1:
        return Restatement(row, ())
    positions = generation.places[rows, DOCUMENT].tolist()
    days = generation.days[positions].tolist()
    ordered = sorted(
        (day or _UNDATED, other != row, position, other)
        for other, position, day in zip(rows, positions, days, strict=True)
    )
    first, *rest = ordered
    once: dict[int, int] = {}
    for _, _, position, other in rest:
        once.setdefault(position, other)
    if first[2] in once:  # the same document comes last
        once[first[2]] = once.pop(first[2])
    others = tuple(once.values())
    return Restatement(first[3], others[:MOST_PLACES], len(others[MOST_PLACES:]))
