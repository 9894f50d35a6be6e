"""Texts by keys in Milvus: documents, terms, and what a generation says of itself; long ones in pieces."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from index.remote.milvus import Milvus, Record

_PIECE: Final = 16_000  # code points: with four bytes each, what a field holds at most
_KEPT: Final = 1 << 16
_AT_ONCE: Final = 500
MANIFEST: Final = "m"
"""The key of what a generation says of itself; written last, so that what has it is whole."""


def pieces(key: str, value: str) -> Iterator[Record]:
    """Yield the records of a text."""
    parts = [value[start : start + _PIECE] for start in range(0, len(value), _PIECE)] or [""]
    for place, part in enumerate(parts):
        yield {"key": f"{key}:{place}", "value": f"{len(parts)}|{part}", "nothing": [0.0, 0.0]}


class Facts:
    """The texts of one collection; the last ones asked for are kept in memory."""

    def __init__(self, milvus: Milvus, collection: str) -> None:
        self._milvus = milvus
        self._collection = collection
        self._kept: OrderedDict[str, str | None] = OrderedDict()

    def get(self, keys: Iterable[str], *, keep: bool = True) -> dict[str, str | None]:
        """Return the texts of keys; None where there is none."""
        found = {key: self._kept[key] for key in keys if key in self._kept}
        wanted = [key for key in dict.fromkeys(keys) if key not in found]
        first = self._values([f"{key}:0" for key in wanted])
        more = [
            f"{key}:{place}"
            for key in wanted
            for place in range(1, int(first.get(f"{key}:0", "1|").partition("|")[0]))
        ]
        values = first | self._values(more)
        for key in wanted:
            text = None
            if f"{key}:0" in first:
                count = int(first[f"{key}:0"].partition("|")[0])
                text = "".join(values[f"{key}:{place}"].partition("|")[2] for place in range(count))
            found[key] = text
            if keep:
                self._kept[key] = text
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _values(self, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(keys), _AT_ONCE):
            records = self._milvus.get(self._collection, keys[start : start + _AT_ONCE], ("key", "value"))
            found |= {str(record["key"]): str(record["value"]) for record in records}
        return found
