"""A collection that is open for questions."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from index.encoders import StaticModel, open_encoder
from index.generation import Generation
from index.records import Document
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker
from retrieval.reading import Reader
from retrieval.records import EVERYTHING, Answer, DocumentFilter


class Collection:
    """An index that answers; safe to ask from any number of threads.

    It answers from the state in which it was opened, whatever is built meanwhile: open it again to see that.
    """

    def __init__(self, generation: Generation, answerer: Answerer) -> None:
        self._generation = generation
        self._answerer = answerer

    @classmethod
    def open(
        cls,
        folder: str | os.PathLike[str],
        *,
        encoder: str | None = None,
        reader: bool = True,
        precision: float | None = None,
    ) -> Self:
        """Open the index in `folder`.

        Args:
            folder: Where `build` put it, or a data directory of the program.
            encoder: Hub name or folder of the sentence-transformers model it was built with; None for the
                bundled one.
            reader: Whether the best candidates are read. Without it answers take a tenth of the time, and
                fewer are right.
            precision: Share of the first quotes that are to be right, 0 to 1; None for the default threshold.

        Raises:
            NoGeneration: There is no index in the folder.
            GenerationCorrupt: The index is damaged.
            GenerationMismatch: It was made by another encoder or version of the program.
            EncoderError: The encoder cannot be loaded.
            ReaderError: The reader cannot be loaded.
            ValueError: The precision is out of reach.
        """
        static = StaticModel.open()
        vectors = open_encoder(encoder, static)
        ranker = Ranker.bundled()
        read = Reader.open() if reader else Reader.without_network()
        try:
            threshold = None if precision is None else read.decision.threshold_for(precision)
        except ValueError as error:
            raise ValueError(f"A precision of {precision:g} is out of reach: what decides {error}.") from None
        generation = Store(Path(folder)).current(vectors.identity, static.revision)
        answerer = Answerer(generation, vectors, static, ranker, threshold, reader=read)
        return cls(generation, answerer)

    @property
    def threshold(self) -> float:
        """Probability from which on a sentence is an answer."""
        return self._answerer.threshold

    def ask(
        self, question: str, *, top: int = 3, related: int = 3, only: DocumentFilter = EVERYTHING
    ) -> Answer:
        """Return up to `top` quotes that answer, and up to `related` sentences that are too unlikely to.

        A question that cannot be asked, as one without words, is refused in the answer; nothing is raised.
        """
        return self._answerer.answer(question, top=top, related=related, only=only)

    def document(self, identifier: str) -> Document:
        """Return the document with an id, as `Quote.document` names it; quotes are ranges of its text.

        Raises:
            KeyError: There is none.
        """
        return self._generation.document(identifier)

    def documents(self) -> Iterator[Document]:
        """Yield all documents, by id."""
        yield from self._generation.iter_documents()

    def __len__(self) -> int:
        return self._generation.documents

    def close(self) -> None:
        """Close the files; the collection cannot be asked any more."""
        self._generation.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
