"""A sentence as Milvus holds it: what searches need in fields, the inputs of features in one text.

Nothing of it depends on other documents, so that a change of some leaves the records of all others alone.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.generation import Generation
from index.generation.arrays import Ints, Longs, RowIds
from index.generation.bm25 import K1, B
from index.generation.places import DOCUMENT
from index.generation.term_keys import key_of
from index.generation.word_index import FIELDS, Field
from index.remote.milvus import Record
from index.remote.remote_documents import RemoteDocuments

FEATURES: Final = ("row", "text", "numbers", "gist", "vector")
ALL: Final = (*FEATURES, "document", "day", "outlet", *FIELDS)
NOTHING: Final = 0
"""The dimension of a sparse vector that has no term; those of terms are higher."""
_PLACE: Final = 6  # numbers of a place
_HEAD: Final = _PLACE + 6  # numbers before those of tokens and terms
_MOST: Final = 2**31 - 2


def number_of(keys: Any) -> Any:  # noqa: ANN401 - an int, or an array of int64
    """Return the number of a term by its key, from 1 to 2**31 - 2.

    It is the same in every generation. Of a million terms some two hundred pairs share theirs: their
    sentences are found by either word.
    """
    return keys % _MOST + 1


def outlet_of(source: str, url: str) -> int:
    """Return the number of an outlet."""
    return key_of(f"{source}\0{url}")


class RemoteRow(NamedTuple):
    """A sentence.

    Attributes:
        text: The sentence.
        place: int32 (6,): as a row of `Generation.places`.
        paragraph: First row of its context, and the one behind its last.
        document: The same of its document.
        values: Its tokens, and terms by field, int32.
        gist: Its duplicate key.
        vector: Its vector, float32.
    """

    text: str
    place: Ints
    paragraph: tuple[int, int]
    document: tuple[int, int]
    values: Mapping[str, Ints]
    gist: int
    vector: Floats

    @classmethod
    def of(cls, record: Record, position: int, first: int, size: int) -> Self:
        """Read what a `Recorder` made, of a document at a position with this first row and size."""
        numbers = np.frombuffer(base64.b64decode(record["numbers"]), "<i4")
        place, head = numbers[:_PLACE].copy(), numbers[_PLACE:_HEAD].tolist()
        place[DOCUMENT] = position
        cuts = np.cumsum(head[2:5])
        values = dict(zip(("tokens", *FIELDS), np.split(numbers[_HEAD:], cuts), strict=True))
        return cls(
            str(record["text"]), place, (first + head[0], first + head[1]), (first, first + size), values,
            int(record["gist"]), np.asarray(record["vector"], dtype=np.float32),
        )  # fmt: skip


class Recorder:
    """Makes the records of a generation.

    Args:
        generation: Where the rows are.
        documents: Their numbers.
        averages: By field, how many terms BM25 takes an average sentence to have.
    """

    def __init__(
        self, generation: Generation, documents: RemoteDocuments, averages: Mapping[Field, float]
    ) -> None:
        self._generation, self._documents, self._averages = generation, documents, averages
        self.numbers: dict[Field, Longs] = {field: number_of(generation.keys(field)) for field in FIELDS}
        self._outlets = [outlet_of(*outlet) for outlet in outlets_of(generation)]

    def records(self, rows: RowIds) -> list[Record]:
        """Return the records of rows."""
        generation, documents = self._generation, self._documents
        places = generation.places[rows].astype("<i4")
        positions = documents.positions_of(rows)
        first = documents.first[positions]
        places[:, DOCUMENT] = 0
        around = np.stack([*generation.around.paragraphs(rows)], axis=1) - first[:, None]
        tokens = generation.tokens.take(rows)
        taken = {field: generation.rows_of_terms(field).take(rows) for field in FIELDS}
        vectors = generation.vectors.rows(rows)
        texts = generation.texts_of(rows.tolist())
        records: list[Record] = []
        for place, (row, key) in enumerate(zip(rows.tolist(), documents.keys(rows).tolist(), strict=True)):
            values: list[npt.NDArray[np.integer]] = [
                tokens.values[tokens.indptr[place] : tokens.indptr[place + 1]]
            ]
            values += [
                self.numbers[field][its.values[its.indptr[place] : its.indptr[place + 1]]]
                for field, its in taken.items()
            ]
            head = [*around[place].tolist(), *map(len, values)]
            packed = np.concatenate([places[place], head, *values]).astype("<i4")
            position = int(positions[place])
            record: Record = {
                "row": key,
                "document": int(documents.numbers[position]),
                "text": texts[place],
                "numbers": base64.b64encode(packed.tobytes()).decode(),
                "gist": int(generation.duplicate_keys[row]),
                "day": int(generation.days[position]),
                "outlet": self._outlets[position],
                "vector": vectors[place].tolist(),
            }
            for field, its in zip(FIELDS, values[1:], strict=True):
                record[field] = _weights(its, self._averages[field])
            records.append(record)
        return records


def outlets_of(generation: Generation) -> list[tuple[str, str]]:
    """Return by position name and host of where a document came out."""
    return [
        (each.source or "", "/".join((each.url or "").split("/", 3)[:3])) for each in generation.summaries()
    ]


def terms_in(record: Record) -> dict[Field, set[int]]:
    """Return the numbers of the terms of a record, by field."""
    numbers = np.frombuffer(base64.b64decode(record["numbers"]), "<i4")
    cuts = np.cumsum(numbers[_PLACE + 2 : _PLACE + 5])
    _, *values = np.split(numbers[_HEAD:], cuts)
    return {field: set(its.tolist()) for field, its in zip(FIELDS, values, strict=True)}


def _weights(numbers: npt.NDArray[np.integer], average: float) -> dict[int, float]:
    """Return by the number of a term what BM25 makes of how often it stands in a sentence."""
    distinct, counts = np.unique(numbers, return_counts=True)
    norm = K1 * (1 - B + B * len(numbers) / max(average, 1e-9))
    weights = (counts * (K1 + 1) / (counts + norm)).astype(np.float32)
    return dict(zip(distinct.tolist(), weights.tolist(), strict=True)) or {NOTHING: 1.0}


def digest_of(records: Iterable[Record]) -> str:
    """Return the SHA-256 of records, whichever side they come from."""
    told = hashlib.sha256()
    for record in sorted(records, key=lambda each: int(each["row"])):
        parts = [
            str(record[name]) for name in ("row", "document", "text", "numbers", "gist", "day", "outlet")
        ]
        told.update("\0".join(parts).encode())
        told.update(np.asarray(record["vector"], dtype="<f4").tobytes())
        for field in FIELDS:
            pairs = sorted((int(number), float(weight)) for number, weight in dict(record[field]).items())
            told.update(np.asarray(pairs, dtype="<f8").tobytes() + b"\1")
    return told.hexdigest()
