"""A sentence as Milvus holds it: what searches need in fields, the inputs of features in one text."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, Self

import numpy as np

from index.encoders.base import Floats
from index.generation import Generation
from index.generation.arrays import Ints
from index.generation.bm25 import K1, B
from index.generation.word_index import FIELDS, Field
from index.remote.milvus import Record

FEATURES: Final = ("row", "text", "numbers", "gist", "day", "outlet", "vector")
ALL: Final = (*FEATURES, *FIELDS)
NOTHING: Final = 0
"""The dimension of a sparse vector that has no term; those of terms begin behind it."""
_PLACE: Final = 6  # numbers of a place
_HEAD: Final = _PLACE + 9  # numbers before those of tokens and terms


class RemoteRow(NamedTuple):
    """A sentence.

    Attributes:
        text: The sentence.
        place: int32 (6,): as a row of `Generation.places`.
        paragraph: First row of its context, and the one behind its last.
        document: The same of its document.
        is_twin: Whether another says the same.
        values: Its tokens, and terms by field, int32.
        gist: Its duplicate key.
        vector: Its vector, float32.
    """

    text: str
    place: Ints
    paragraph: tuple[int, int]
    document: tuple[int, int]
    is_twin: bool
    values: Mapping[str, Ints]
    gist: int
    vector: Floats

    @classmethod
    def of(cls, record: Record) -> Self:
        """Read what `records_of` made."""
        numbers = np.frombuffer(base64.b64decode(record["numbers"]), "<i4")
        head = [int(number) for number in numbers[_PLACE:_HEAD]]
        cuts = np.cumsum(head[5:8])
        values = dict(zip(("tokens", *FIELDS), np.split(numbers[_HEAD:], cuts), strict=True))
        return cls(
            str(record["text"]), numbers[:_PLACE], (head[0], head[1]), (head[2], head[3]), bool(head[4]),
            values, int(record["gist"]), np.asarray(record["vector"], dtype=np.float32),
        )  # fmt: skip


def records_of(
    generation: Generation, rows: range, outlets: Sequence[int], averages: Mapping[Field, float]
) -> list[Record]:
    """Return the records of rows.

    Args:
        generation: Where they are.
        rows: Which.
        outlets: By position, the number of the outlet of a document.
        averages: By field, how many terms a sentence has on average.
    """
    wanted = np.arange(rows.start, rows.stop)
    places = generation.places[wanted]
    around = [*generation.around.paragraphs(wanted), *generation.around.documents(wanted)]
    twins = np.isin(wanted, generation.twins)
    taken = [generation.tokens.take(wanted), *(generation.rows_of_terms(f).take(wanted) for f in FIELDS)]
    vectors = generation.vectors.rows(wanted)
    texts = generation.texts_of(wanted.tolist())
    records: list[Record] = []
    for place, row in enumerate(wanted.tolist()):
        values = [each.values[each.indptr[place] : each.indptr[place + 1]] for each in taken]
        position = int(places[place, 0])
        head = [*(int(each[place]) for each in around), int(twins[place]), *map(len, values)]
        packed = np.concatenate([places[place], head, *values]).astype("<i4")
        record: Record = {
            "row": row,
            "text": texts[place],
            "numbers": base64.b64encode(packed.tobytes()).decode(),
            "gist": int(generation.duplicate_keys[row]),
            "day": int(generation.days[position]),
            "outlet": outlets[position],
            "vector": vectors[place].tolist(),
        }
        for field, its in zip(FIELDS, values[1:], strict=True):
            record[field] = _weights(its, averages[field])
        records.append(record)
    return records


def _weights(terms: Ints, average: float) -> dict[int, float]:
    """Return by the dimension of a term what BM25 makes of how often it stands in a sentence."""
    numbers, counts = np.unique(terms, return_counts=True)
    norm = K1 * (1 - B + B * len(terms) / max(average, 1e-9))
    weights = (counts * (K1 + 1) / (counts + norm)).astype(np.float32)
    found = dict(zip((numbers + 1).tolist(), weights.tolist(), strict=True))
    return found or {NOTHING: 1.0}


def digest_of(records: Iterable[Record]) -> str:
    """Return the SHA-256 of records, whichever side they come from."""
    told = hashlib.sha256()
    for record in sorted(records, key=lambda each: int(each["row"])):
        parts = [str(record[name]) for name in ("row", "text", "numbers", "gist", "day", "outlet")]
        told.update("\0".join(parts).encode())
        told.update(np.asarray(record["vector"], dtype="<f4").tobytes())
        for field in FIELDS:
            pairs = sorted((int(number), float(weight)) for number, weight in dict(record[field]).items())
            told.update(np.asarray(pairs, dtype="<f8").tobytes() + b"\1")
    return told.hexdigest()
