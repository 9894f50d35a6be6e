"""Documents of a generation in Milvus: what they say, and what they say of themselves."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import GenerationCorrupt
from index.generation.document_rows import document_of
from index.records import Document
from index.remote.facts import DOCUMENTS, MANIFEST, Facts
from index.remote.milvus import Milvus
from index.remote.remote_documents import RemoteDocuments


def read_root(milvus: Milvus, name: str) -> tuple[dict[str, Any], RemoteDocuments] | None:
    """Return what a generation says of itself and its documents; None where it was not pushed to its end."""
    milvus.load(name)
    root = Facts(milvus, name).get([MANIFEST, DOCUMENTS])
    told, documents = root[MANIFEST], root[DOCUMENTS]
    if told is None or documents is None:
        return None
    return json.loads(told), RemoteDocuments.of_text(documents)


@dataclass(frozen=True, slots=True)
class RemoteTexts:
    """Reads documents by their positions, and compares a text with its SHA-256."""

    facts: Facts
    own: RemoteDocuments
    name: str

    def head(self, position: int) -> dict[str, Any]:
        """Return what a document says of itself.

        Raises:
            IndexError: There is none at this position.
            GenerationCorrupt: Milvus has lost it.
        """
        return self._heads([position])[0]

    def days(self, positions: Sequence[int]) -> list[int]:
        """Return the days of documents."""
        return [int(head["day"]) for head in self._heads(positions)]

    def document(self, position: int) -> Document:
        """Return the document at a position; `GenerationCorrupt` where its text is another."""
        head, key = self.head(position), f"x{self.own.numbers[position]}"
        row, text = head["row"], self.facts.get([key], keep=False)[key] or ""
        if hashlib.sha256(text.encode()).hexdigest() != head["sha256"]:
            raise GenerationCorrupt(
                "The text of {document} in Milvus is not what was pushed; push again and check.",
                document=row[0],
            )
        return document_of([row[0], text, *row[2:]])

    def _heads(self, positions: Sequence[int]) -> list[dict[str, Any]]:
        if len(positions) and not 0 <= min(positions) <= max(positions) < len(self.own.numbers):
            raise IndexError("a document outside of the generation")
        keys = [f"d{self.own.numbers[position]}" for position in positions]
        found = self.facts.get(keys)
        heads = [found[key] for key in keys]
        if None in heads:
            raise GenerationCorrupt("A document of {name} is not in Milvus.", name=self.name)
        return [json.loads(head or "") for head in heads]
