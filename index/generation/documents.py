"""The documents of a generation: those of its parts, one after another."""

import bisect
import itertools
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from index.generation.catalogue import Summary
from index.generation.entries import Entry
from index.generation.parts import Part
from index.records import Document


class Documents:
    """Documents by id and by position, from 0; safe to use from any number of threads.

    Attributes:
        parts: What holds them, in their order.
        first_documents: For each part the position of its first document, and the number of all.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        counts = itertools.accumulate((part.entry.documents for part in parts), initial=0)
        self.first_documents = list(counts)

    def document(self, identifier: str) -> Document:
        """Return the document with an id.

        Raises:
            KeyError: There is none.
        """
        return self.document_at(self.position(identifier))

    def document_at(self, position: int) -> Document:
        """Return the document at a position.

        Raises:
            IndexError: There is none.
        """
        if not 0 <= position < self.first_documents[-1]:
            raise IndexError(position)
        number = bisect.bisect_right(self.first_documents, position) - 1
        return self.parts[number].catalogue.document(position - self.first_documents[number])

    def texts(self, positions: Collection[int]) -> dict[int, str]:
        """Return the texts of documents by their positions, and keep none of them.

        Raises:
            IndexError: There is no document at one of the positions.
        """
        found: dict[int, str] = {}
        ascending = sorted(positions)
        if ascending and not 0 <= ascending[0] <= ascending[-1] < self.first_documents[-1]:
            raise IndexError(ascending[0] if ascending[0] < 0 else ascending[-1])
        number_of = partial(bisect.bisect_right, self.first_documents)
        for number, some in itertools.groupby(ascending, number_of):
            first = self.first_documents[number - 1]
            texts = self.parts[number - 1].catalogue.texts([position - first for position in some])
            found |= {first + place: text for place, text in texts}
        return found

    def title(self, position: int) -> str | None:
        """Return the title of the document at a position.

        Raises:
            IndexError: There is none.
        """
        return self.document_at(position).title

    def iter_documents(self) -> Iterator[Document]:
        """Yield all documents, sorted by id."""
        return itertools.chain.from_iterable(part.catalogue.documents() for part in self.parts)

    def summaries(self) -> list[Summary]:
        """Return what all documents say about themselves, sorted by id, without their texts."""
        return [summary for part in self.parts for summary in part.catalogue.summaries()]

    def position(self, identifier: str) -> int:
        """Return the position of the document with an id.

        Raises:
            KeyError: There is none.
        """
        number = bisect.bisect_right(self.parts, identifier, key=_first_id) - 1
        place = self.parts[number].catalogue.position(identifier) if number >= 0 else None
        if place is None:
            raise KeyError(identifier)
        return self.first_documents[number] + place

    def positions_by_digest(self) -> dict[bytes, int]:
        """Return the position of a document for each digest of a text (`index.generation.entries.digest`)."""
        return {
            digest: first + place
            for part, first in zip(self.parts, self.first_documents, strict=False)
            for digest, place in part.catalogue.digests().items()
        }

    def entries(self) -> Iterator[Entry]:
        """Yield what distinguishes the documents, sorted by id, without their origins."""
        for part, first in zip(self.parts, self.first_documents, strict=False):
            yield from part.catalogue.entries(first)


def _first_id(part: Part) -> str:
    return part.first_id
