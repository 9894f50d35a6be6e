"""The collections that generations in Milvus share: which a push goes on with, and the documents there."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np

from index.generation.word_index import Field
from index.remote.facts import Facts
from index.remote.milvus import Milvus
from index.remote.remote_documents import RemoteDocuments
from index.remote.remote_texts import read_root

Averages = Mapping[Field, float]
_BASE: Final = "base"
_ATTEMPT: Final = "attempt"
_AT_ONCE: Final = 200
_DRIFT: Final = 0.02
_MOST_GONE: Final = 10_000


@dataclass(frozen=True)
class PushedBefore:
    """What the live generation says of itself, and its documents; nothing where a push begins anew."""

    live: str | None
    told: Mapping[str, Any]
    documents: RemoteDocuments

    @classmethod
    def of(cls, milvus: Milvus) -> Self:
        """Read it."""
        nothing = cls(milvus.live(), {}, RemoteDocuments.none()).nothing()
        if nothing.live is None:
            return nothing
        if (root := read_root(milvus, nothing.live)) is None:
            return nothing
        told, documents = root
        return replace(nothing, told=told, documents=documents)

    def nothing(self) -> Self:
        """Return the same without documents."""
        told = {"ceiling": 0, "gone": [], "pushes": []}
        return replace(self, told=told, documents=RemoteDocuments.none())

    def base(self, milvus: Milvus) -> "Base":
        """Return the collections that its sentences are in."""
        return Base(milvus, self.told["base"], self.told["averages"])

    def goes_on(self, recipe: object, averages: Averages, digests: Collection[bytes]) -> bool:
        """Tell whether its sentences serve a generation of this recipe, of documents with these digests."""
        gone = len(self.documents.by_digest().keys() - set(digests))
        return (
            self.told.get("recipe") == recipe
            and not _drifted(self.told["averages"], averages)
            and gone <= _MOST_GONE
        )


def _drifted(averages: Averages, now: Averages) -> bool:
    """Tell whether the averages that BM25 counts by are too far from those of a generation."""
    return any(abs(averages[field] - value) > _DRIFT * value for field, value in now.items())


class Base:
    """Two collections, of sentences and of texts.

    Attributes:
        name: `b` and a number.
        averages: How many terms of each field BM25 takes an average sentence to have.
        rows: The collection of sentences.
        facts: That of texts.
    """

    def __init__(self, milvus: Milvus, name: str, averages: Averages) -> None:
        self._milvus = milvus
        self.name, self.averages = name, averages
        self.rows, facts = milvus.address.shared(name)
        self.facts = Facts(milvus, facts)

    @classmethod
    def after(
        cls, milvus: Milvus, before: PushedBefore, recipe: object, averages: Averages, dimension: int
    ) -> Self:
        """Make new ones, or take those of a push that was killed."""
        told = before.told
        base = cls(milvus, f"b{int(told['base'][1:]) + 1 if 'base' in told else 0}", averages)
        base.open(dimension)
        begun = json.loads(base.facts.get([_BASE], keep=False)[_BASE] or "{}")
        if begun and (begun["recipe"] != recipe or _drifted(begun["averages"], averages)):
            milvus.drop(base.rows)
            milvus.drop(base.facts.collection)
            base.open(dimension)
            begun = {}
        base.averages = begun.get("averages", averages)
        base.facts.put([(_BASE, json.dumps({"recipe": recipe, "averages": base.averages}))])
        return base

    def open(self, dimension: int) -> None:
        """Make them where they are not there yet, and ready to be asked."""
        self._milvus.create_rows(self.rows, dimension)
        self._milvus.create_facts(self.facts.collection)
        self._milvus.load(self.rows)
        self._milvus.load(self.facts.collection)

    def number(
        self, before: PushedBefore, digests: Sequence[bytes], sizes: Sequence[int]
    ) -> tuple[RemoteDocuments, int, bool]:
        """Give each document a number: its own if it is there, or was brought by a push that was killed.

        What such a push brought and nobody wants is removed.

        Returns:
            The documents, the number from which on none has been given, and whether a push goes on.
        """
        ceiling = int(before.told["ceiling"])
        pending = self._pending(ceiling)
        top = max(pending.values(), default=ceiling - 1) + 1
        known = {**pending, **before.documents.by_digest()}
        self.delete(sorted({*pending.values()} - {known[each] for each in digests if each in known}))
        numbers = []
        for digest in digests:
            if digest not in known:
                known[digest], top = top, top + 1
            numbers.append(known[digest])
        documents = RemoteDocuments(np.array(numbers, np.int64), np.array(sizes, np.int64), b"".join(digests))
        return documents, top, bool(pending)

    def _pending(self, ceiling: int) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        top = ceiling
        while True:
            heads = self.facts.get([f"d{number}" for number in range(top, top + _AT_ONCE)], keep=False)
            some = {json.loads(head)["digest"]: int(key[1:]) for key, head in heads.items() if head}
            if not some:
                return found
            found |= {bytes.fromhex(digest): number for digest, number in some.items()}
            top += _AT_ONCE

    def push_number(self, before: PushedBefore, documents: RemoteDocuments) -> int:
        """Return the number of a push: that of a killed one only where it pushed the same."""
        digest = hashlib.sha256(documents.digests).hexdigest()
        told = self.facts.get([_ATTEMPT], keep=False)[_ATTEMPT]
        begun = json.loads(told or '{"push": 0, "digest": ""}')
        if begun["digest"] == digest and begun["push"] not in before.told["pushes"]:
            return int(begun["push"])
        number = int(begun["push"]) + 1
        self.facts.put([(_ATTEMPT, json.dumps({"push": number, "digest": digest}))])
        return number

    def delete(self, numbers: Sequence[int]) -> None:
        """Remove documents that no generation has that stays."""
        for start in range(0, len(numbers), _AT_ONCE):
            some = list(numbers[start : start + _AT_ONCE])
            self._milvus.delete(self.rows, f"document in {some}")
            self.facts.delete([f"{kind}{number}" for kind in "xd" for number in some])


def drop(milvus: Milvus, prefix: str, kept: Collection[str | None]) -> None:
    """Remove the collections whose names begin like this, but for some."""
    for name in milvus.collections():
        if name.startswith(prefix) and name not in kept:
            milvus.drop(name)
