"""Pushing a generation into Milvus: only documents that are not there yet travel, and a killed push goes on.

Generations share their sentences: two collections, `NAME_bN_rows` and `NAME_bN_facts`, hold those of all.
Each has a third, small one, `NAME_gGENERATION`, which says which documents are its own; the alias names it.
Until the alias is moved, in one step at the end, questions pass over all that a push writes: documents by
their numbers, which are new, and counts by the number of the push.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from index.errors import GenerationCorrupt
from index.generation import Generation
from index.generation.arrays import RowIds
from index.generation.document_rows import row_of
from index.generation.word_index import FIELDS, Field
from index.progress import Progress
from index.remote.counts import Touched, id_key
from index.remote.counts import put as put_counts
from index.remote.facts import DOCUMENTS, MANIFEST, Facts
from index.remote.milvus import Milvus
from index.remote.remote_base import Base, PushedBefore, drop
from index.remote.remote_documents import DIGEST, RemoteDocuments
from index.remote.row_records import ALL, Recorder, digest_of, outlets_of

_ROWS: Final = 400
_FACTS: Final = 200


class Pushed(NamedTuple):
    """What was pushed: how many sentences there are, how many travelled, and the SHA-256 of all documents."""

    sentences: int
    travelled: int
    digest: str


def push(generation: Generation, milvus: Milvus, progress: Progress, *, check: bool = False) -> Pushed:
    """Bring a generation into Milvus, compare what came with what is here, and ask it from then on.

    Args:
        generation: What to push.
        milvus: Where to.
        progress: Is told how far it is.
        check: Compare the sentences that were there before, too, and write those anew that differ.

    Raises:
        CollectionUnreachable: Milvus does not answer; what was pushed stays, and the next push goes on.
        GenerationCorrupt: Milvus gives back other rows than it got.
    """
    return _Push(generation, milvus, progress).run(check=check)


class _Push:
    def __init__(self, generation: Generation, milvus: Milvus, progress: Progress) -> None:
        self.generation, self.milvus, self.progress = generation, milvus, progress
        self.name = milvus.address.name
        self.recipe = json.loads(generation.manifest.to_bytes())["recipe"]

    def run(self, *, check: bool) -> Pushed:
        before = PushedBefore.of(self.milvus)
        root = f"{self.name}_g{self.generation.name.replace('-', '_')}"
        if before.live == root and "base" in before.told:
            return self._checked(before, check=check)
        drop(self.milvus, f"{self.name}_g", {before.live})
        digests, was = self._digests(), before.told.get("base")
        before = self._open(before, digests)
        self.base.delete(before.told["gone"])
        sizes = [len(self.generation.rows_at(place)) for place in range(len(digests))]
        documents, ceiling, resumed = self.base.number(before, digests, sizes)
        number = self.base.push_number(before, documents)
        recorder = Recorder(self.generation, documents, self.base.averages)
        known = before.documents.by_digest()
        new = [place for place, digest in enumerate(digests) if digest not in known]
        gone = sorted({*before.documents.numbers.tolist()} - {*documents.numbers.tolist()})
        self._push_documents(documents, new)
        rows, touched = documents.rows_of(new), Touched()
        self._push_rows(recorder, documents, rows, touched, resumed=resumed)
        self._touch(before.documents, gone, touched)
        counts = touched.counts(self.generation, recorder)
        counts |= {
            id_key(self.generation.document_at(place).id): int(documents.numbers[place]) for place in new
        }
        put_counts(self.base.facts, counts, before.told["pushes"], number)
        self.milvus.flush(self.base.rows)
        self.base.facts.flush()
        self._compare_documents(documents, range(len(digests)) if check else new)
        self._compare(recorder, documents, np.arange(self.generation.sentences) if check else rows)
        digest = hashlib.sha256(documents.digests).hexdigest()
        told = {"base": self.base.name, "averages": self.base.averages, "ceiling": ceiling, "gone": gone}
        told |= {"pushes": [*before.told["pushes"], number], "digest": digest}
        self._write_root(root, documents, told)
        self.milvus.make_live(root)
        kept = {name for its in (self.base.name, was) if its for name in self.milvus.address.shared(its)}
        drop(self.milvus, f"{self.name}_b", kept)
        return Pushed(self.generation.sentences, len(rows), digest)

    def _open(self, before: PushedBefore, digests: Sequence[bytes]) -> PushedBefore:
        """Open the collections to push into, and return what they hold: nothing where a push begins."""
        generation, dimension = self.generation, self.generation.manifest.recipe.encoder.dimension
        averages: dict[Field, float] = {
            field: generation.rows_of_terms(field).total / max(generation.sentences, 1) for field in FIELDS
        }
        if before.goes_on(self.recipe, averages, digests):
            self.base = before.base(self.milvus)
            self.base.open(dimension)
            return before
        self.base = Base.after(self.milvus, before, self.recipe, averages, dimension)
        return before.nothing()

    def _checked(self, before: PushedBefore, *, check: bool) -> Pushed:
        """Compare what is live already, if that is wanted."""
        self.base, documents = before.base(self.milvus), before.documents
        if check:
            recorder = Recorder(self.generation, documents, self.base.averages)
            self._compare_documents(documents, range(self.generation.documents))
            self._compare(recorder, documents, np.arange(self.generation.sentences))
        return Pushed(self.generation.sentences, 0, str(before.told["digest"]))

    def _digests(self) -> list[bytes]:
        self.progress.stage("comparing", self.generation.documents)
        found = []
        for document in self.generation.iter_documents():
            written = json.dumps(row_of(document)).encode()
            found.append(hashlib.sha256(written).digest()[:DIGEST])
            self.progress.advance(1)
        return found

    def _push_documents(self, documents: RemoteDocuments, new: Sequence[int]) -> None:
        self.progress.stage("pushing", len(new))
        for start in range(0, len(new), _FACTS):
            some = new[start : start + _FACTS]
            self.base.facts.put(self._texts(documents, some).items())
            self.progress.advance(len(some))

    def _texts(self, documents: RemoteDocuments, places: Sequence[int]) -> dict[str, str]:
        """Return the texts of documents by their keys, last of each what proves that all are there."""
        found: dict[str, str] = {}
        for place in places:
            document, number = self.generation.document_at(place), int(documents.numbers[place])
            row = list(row_of(document))
            row[1] = ""
            head = {
                "row": row,
                "day": int(self.generation.days[place]),
                "sha256": hashlib.sha256(document.text.encode()).hexdigest(),
                "digest": documents.digests[DIGEST * place : DIGEST * (place + 1)].hex(),
            }
            found |= {f"x{number}": document.text, f"d{number}": json.dumps(head, ensure_ascii=False)}
        return found

    def _compare_documents(self, documents: RemoteDocuments, places: Sequence[int]) -> None:
        self.progress.stage("comparing", len(places))
        for start in range(0, len(places), _FACTS):
            some = places[start : start + _FACTS]
            own = self._texts(documents, some)
            if self.base.facts.get(own, keep=False) != own:
                self.base.facts.put(own.items())
                if self.base.facts.get(own, keep=False) != own:
                    raise GenerationCorrupt(
                        "Milvus gives back other documents than it got; it still answers from what it had "
                        "before."
                    )
            self.progress.advance(len(some))

    def _push_rows(
        self, recorder: Recorder, documents: RemoteDocuments, rows: RowIds, touched: Touched, *, resumed: bool
    ) -> None:
        self.progress.stage("pushing", len(rows))
        for chunk in _chunks(rows):
            records = recorder.records(chunk)
            touched.add(records)
            keys = documents.keys(chunk).tolist()
            if not resumed or len(self.milvus.get(self.base.rows, keys, ["row"])) < len(keys):
                self.milvus.put(self.base.rows, records)
            self.progress.advance(len(chunk))

    def _touch(self, before: RemoteDocuments, gone: Sequence[int], touched: Touched) -> None:
        rows = before.rows_of([before.position(number) for number in gone])
        for chunk in _chunks(rows):
            touched.add(self.milvus.get(self.base.rows, before.keys(chunk).tolist(), ("gist", "numbers")))

    def _compare(self, recorder: Recorder, documents: RemoteDocuments, rows: RowIds) -> None:
        self.progress.stage("comparing", len(rows))
        for chunk in _chunks(rows):
            own, keys = recorder.records(chunk), documents.keys(chunk).tolist()
            wanted = digest_of(own)
            if digest_of(self.milvus.get(self.base.rows, keys, ALL)) != wanted:
                self.milvus.put(self.base.rows, own)  # what a killed push left half done
                if digest_of(self.milvus.get(self.base.rows, keys, ALL)) != wanted:
                    raise GenerationCorrupt(
                        "Milvus gives back other rows than it got, from row {row} on; it still answers from "
                        "what it had before.",
                        row=int(chunk[0]),
                    )
            self.progress.advance(len(chunk))

    def _write_root(self, root: str, documents: RemoteDocuments, told: Mapping[str, Any]) -> None:
        generation = self.generation
        sizes, counts = generation.around.sizes()
        outlets = list(dict.fromkeys(outlets_of(generation)))
        totals = {field: generation.rows_of_terms(field).total for field in FIELDS}
        own: dict[str, Any] = {
            "name": generation.name,
            "recipe": self.recipe,
            "sentences": generation.sentences,
            "documents": generation.documents,
            "newest": generation.newest and generation.newest.isoformat(),
            "sample": generation.is_sample,
            "outlets": outlets,
            "paragraphs": dict(zip(map(str, sizes.tolist()), counts.tolist(), strict=True)),
            "totals": {"tokens": generation.tokens.total, **totals},
        }
        self.milvus.create_facts(root)
        self.milvus.load(root)
        facts = Facts(self.milvus, root)
        facts.put([(DOCUMENTS, documents.to_text())])
        facts.put([(MANIFEST, json.dumps(own | dict(told), ensure_ascii=False))])
        facts.flush()


def _chunks(rows: RowIds) -> Iterator[RowIds]:
    for start in range(0, len(rows), _ROWS):
        yield rows[start : start + _ROWS]
