"""Numbers by keys that pushes change: how many sentences hold a term or say the same, where a document is.

A push writes only those that the documents that came and went touch, beside what they were before: who asks
the older generation meanwhile finds that. `index.remote.facts.version` reads them.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from index.generation import Generation
from index.generation.word_index import FIELDS, Field
from index.remote.facts import AT_ONCE, Facts, version
from index.remote.milvus import Record
from index.remote.row_records import Recorder, terms_in


def term_key(field: Field, number: int) -> str:
    """Return the key of how many sentences hold a term, by its number."""
    return f"t{field[0]}{number}"


def gist_key(gist: int) -> str:
    """Return the key of how many sentences have a gist; there is none where it is one."""
    return f"g{gist}"


def id_key(identifier: str) -> str:
    """Return the key of the number of a document by its id."""
    return f"i{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()}"


class Touched:
    """What some sentences have a part in."""

    def __init__(self) -> None:
        self._terms: dict[Field, set[int]] = {field: set() for field in FIELDS}
        self._gists: set[int] = set()

    def add(self, records: Iterable[Record]) -> None:
        """Note what sentences hold."""
        for record in records:
            self._gists.add(int(record["gist"]))
            for field, numbers in terms_in(record).items():
                self._terms[field] |= numbers

    def counts(self, generation: Generation, recorder: Recorder) -> dict[str, int]:
        """Return by keys how many sentences of a generation hold each."""
        found: dict[str, int] = {}
        for field, numbers in self._terms.items():
            frequencies: dict[int, int] = {}
            mine = zip(recorder.numbers[field].tolist(), generation.frequencies(field).tolist(), strict=True)
            for number, frequency in mine:
                if number in numbers:
                    frequencies[number] = frequencies.get(number, 0) + frequency
            found |= {term_key(field, number): frequencies.get(number, 0) for number in numbers}
        twins = np.asarray(generation.twins)
        gists, sizes = np.unique(np.asarray(generation.duplicate_keys)[twins], return_counts=True)
        known = dict(zip(gists.tolist(), sizes.tolist(), strict=True))
        return found | {gist_key(gist): known.get(gist, 1) for gist in self._gists}


def put(facts: Facts, counts: dict[str, int], ended: Sequence[int], push: int) -> None:
    """Write what numbers are after a push, beside what they were after those that ended."""
    pairs = list(counts.items())
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        before = facts.get([key for key, _ in some], keep=False)
        written = []
        for key, number in some:
            was = version(before[key], ended)
            if was and was[1] == number:
                continue
            if was is None and key.startswith("g") and number == 1:
                continue
            told = [*([was] if was else []), (push, number)]
            written.append((key, " ".join(f"{its}:{value}" for its, value in told)))
        facts.put(written)
