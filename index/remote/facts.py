"""Texts by keys in Milvus: documents, counts, and what a generation says of itself; long ones in pieces."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from index.remote.milvus import Milvus, Record

_PIECE: Final = 16_000  # code points: with four bytes each, what a field holds at most
_KEPT: Final = 1 << 16
AT_ONCE: Final = 500
MANIFEST: Final = "m"
"""The key of what a generation says of itself; written last, so that what has it is whole."""
DOCUMENTS: Final = "documents"
"""The key of which documents are its own."""


def pieces(key: str, value: str) -> Iterator[Record]:
    """Yield the records of a text."""
    parts = [value[start : start + _PIECE] for start in range(0, len(value), _PIECE)] or [""]
    for place, part in enumerate(parts):
        yield {"key": f"{key}:{place}", "value": f"{len(parts)}|{part}", "nothing": [0.0, 0.0]}


def version(written: str | None, pushes: Collection[int]) -> tuple[int, int] | None:
    """Return what a number was after the last of these pushes that changed it, and which that was.

    Args:
        written: `PUSH:NUMBER` of each push that changed it, divided by blanks; later ones follow.
        pushes: Those that were ended; what others began to write counts for nothing.
    """
    told = [tuple(map(int, each.split(":"))) for each in (written or "").split()]
    known = [(push, number) for push, number in told if push in pushes]
    return max(known) if known else None


class Facts:
    """The texts of one collection; the last ones asked for are kept in memory."""

    def __init__(self, milvus: Milvus, collection: str) -> None:
        self._milvus = milvus
        self.collection = collection
        self._kept: OrderedDict[str, str | None] = OrderedDict()

    def get(self, keys: Iterable[str], *, keep: bool = True) -> dict[str, str | None]:
        """Return the texts of keys; None where there is none."""
        keys = list(dict.fromkeys(keys))
        found = {key: self._kept[key] for key in keys if key in self._kept}
        wanted = [key for key in keys if key not in found]
        first = self._values([f"{key}:0" for key in wanted])
        values = first | self._values(
            [f"{key}:{place}" for key in wanted for place in range(1, _count(first, key))]
        )
        for key in wanted:
            its = [values.get(f"{key}:{place}") for place in range(_count(first, key))]
            whole = its and None not in its
            text = "".join((each or "").partition("|")[2] for each in its) if whole else None
            found[key] = text
            if keep:
                self._kept[key] = text
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def put(self, texts: Iterable[tuple[str, str]]) -> None:
        """Write texts by their keys."""
        records = [record for key, text in texts for record in pieces(key, text)]
        for start in range(0, len(records), AT_ONCE):
            self._milvus.put(self.collection, records[start : start + AT_ONCE])

    def delete(self, keys: Sequence[str]) -> None:
        """Remove texts."""
        first = self._values([f"{key}:0" for key in keys])
        gone = [f"{key}:{place}" for key in keys for place in range(_count(first, key))]
        for start in range(0, len(gone), AT_ONCE):
            self._milvus.delete(self.collection, gone[start : start + AT_ONCE])

    def flush(self) -> None:
        """Let the server write what it has got."""
        self._milvus.flush(self.collection)

    def _values(self, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(keys), AT_ONCE):
            records = self._milvus.get(self.collection, keys[start : start + AT_ONCE], ("key", "value"))
            found |= {str(record["key"]): str(record["value"]) for record in records}
        return found


def _count(first: dict[str, str], key: str) -> int:
    """Return how many pieces a text has, none where there is none."""
    return int(first.get(f"{key}:0", "0|").partition("|")[0])
