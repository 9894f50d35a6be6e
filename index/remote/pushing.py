"""Pushing a generation into Milvus: what is there already is passed over, so a killed push goes on."""

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

import numpy as np

from index.errors import GenerationCorrupt
from index.generation import Generation
from index.generation.document_rows import row_of
from index.generation.word_index import FIELDS
from index.progress import Progress
from index.remote.facts import MANIFEST, pieces
from index.remote.milvus import Milvus, Record
from index.remote.row_records import ALL, digest_of, records_of

_ROWS: Final = 400
_FACTS: Final = 200
_KEPT: Final = 2  # generations


class Pushed(NamedTuple):
    """What was pushed: how many sentences, and the SHA-256 that both sides have."""

    sentences: int
    digest: str


def push(generation: Generation, milvus: Milvus, progress: Progress) -> Pushed:
    """Bring a generation into Milvus, compare every row with what came back, and ask it from then on.

    Raises:
        CollectionUnreachable: Milvus does not answer; what was pushed stays, and the next push goes on.
        GenerationCorrupt: Milvus gives back other rows than it got.
    """
    base = f"{milvus.address.name}_g{generation.name.replace('-', '_')}"
    rows, facts = f"{base}_rows", f"{base}_facts"
    milvus.create_rows(rows, generation.manifest.recipe.encoder.dimension)
    milvus.create_facts(facts)
    milvus.load(rows)
    milvus.load(facts)
    outlets, numbers = _outlets(generation)
    told = _told(generation, outlets)
    _push_facts(generation, milvus, facts, progress)
    averages = {field: told["totals"][field] / max(generation.sentences, 1) for field in FIELDS}
    progress.stage("pushing", generation.sentences)
    chunks = [
        range(start, min(start + _ROWS, generation.sentences))
        for start in range(0, generation.sentences, _ROWS)
    ]
    for chunk in chunks:
        there = milvus.query(rows, f"row >= {chunk.start} and row < {chunk.stop}", ["row"])
        if len(there) < len(chunk):
            milvus.put(rows, records_of(generation, chunk, numbers, averages))
        progress.advance(len(chunk))
    milvus.flush(rows)
    progress.stage("comparing", generation.sentences)
    whole = hashlib.sha256()
    for chunk in chunks:
        own = records_of(generation, chunk, numbers, averages)
        wanted = digest_of(own)
        if digest_of(milvus.get(rows, list(chunk), ALL)) != wanted:
            milvus.put(rows, own)  # what a killed push left half done
            if digest_of(milvus.get(rows, list(chunk), ALL)) != wanted:
                raise GenerationCorrupt(
                    "Milvus gives back other rows than it got, from row {row} on; it still answers from what "
                    "it had before.",
                    row=chunk.start,
                )
        whole.update(wanted.encode())
        progress.advance(len(chunk))
    told["digest"] = whole.hexdigest()
    milvus.put(facts, list(pieces(MANIFEST, json.dumps(told, ensure_ascii=False))))
    milvus.flush(facts)
    milvus.make_live(rows)
    _drop_older(milvus, rows)
    return Pushed(generation.sentences, whole.hexdigest())


def _drop_older(milvus: Milvus, live: str) -> None:
    begin = f"{milvus.address.name}_g"
    there = sorted(name for name in milvus.collections() if name.startswith(begin) and name.endswith("_rows"))
    for name in [each for each in there if each != live][: -_KEPT + 1 or None]:
        milvus.drop(name)
        milvus.drop(f"{name.removesuffix('_rows')}_facts")


def _outlets(generation: Generation) -> tuple[list[tuple[str, str]], list[int]]:
    """Return the outlets, and by position the number of the outlet of a document."""
    known: dict[tuple[str, str], int] = {}
    numbers = []
    for each in generation.summaries():
        host = "/".join((each.url or "").split("/", 3)[:3])
        numbers.append(known.setdefault((each.source or "", host), len(known)))
    return list(known), numbers


def _told(generation: Generation, outlets: list[tuple[str, str]]) -> dict[str, Any]:
    sizes, counts = generation.around.sizes()
    recipe = json.loads(generation.manifest.to_bytes())["recipe"]
    return {
        "name": generation.name,
        "recipe": recipe,
        "sentences": generation.sentences,
        "documents": generation.documents,
        "newest": generation.newest and generation.newest.isoformat(),
        "sample": generation.is_sample,
        "outlets": outlets,
        "paragraphs": dict(zip(map(str, sizes.tolist()), counts.tolist(), strict=True)),
        "totals": {
            "tokens": generation.tokens.total,
            **{field: generation.rows_of_terms(field).total for field in FIELDS},
        },
    }


def _push_facts(generation: Generation, milvus: Milvus, facts: str, progress: Progress) -> None:
    progress.stage("pushing", generation.documents)
    waiting = _facts_of(generation, progress)
    while some := list(islice(waiting, _FACTS)):
        there = milvus.get(facts, [str(each["key"]) for each in some], ["key"])
        if len(there) < len(some):
            milvus.put(facts, some)
    milvus.flush(facts)


def _facts_of(generation: Generation, progress: Progress) -> Iterator[Record]:
    for position, document in enumerate(generation.iter_documents()):
        row = list(row_of(document))
        row[1] = ""
        its = generation.rows_at(position)
        head = {
            "row": row,
            "rows": [its.start, its.stop],
            "day": int(generation.days[position]),
            "sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        }
        yield from pieces(f"x{position}", document.text)
        yield from pieces(f"d{position}", json.dumps(head, ensure_ascii=False))
        name = hashlib.sha256(document.id.encode("utf-8", "replace")).hexdigest()
        yield from pieces(f"i{name}", str(position))
        progress.advance(1)
    for field in FIELDS:
        keys, frequencies = generation.keys(field), np.asarray(generation.frequencies(field))
        for number, (key, frequency) in enumerate(zip(keys.tolist(), frequencies.tolist(), strict=True)):
            yield from pieces(f"t{field[0]}{key}", f"{number} {frequency}")
