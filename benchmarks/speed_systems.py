"""The program itself, and the encoders of the others, as `benchmarks.speed` runs them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from benchmarks.peers import DEPTH, Floats, Search
from index.encoders import BundledEncoder, StaticModel
from index.encoders.static import BUNDLED
from index.generation import DOCUMENT, START
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from retrieval.answer import Answerer
from retrieval.question import read_question
from retrieval.ranking import Ranker
from retrieval.reading import Reader

if TYPE_CHECKING:
    from benchmarks.speed_case import Case


class Encoder:
    """A sentence-transformers model that writes to a file how many sentences it has encoded."""

    def __init__(self, folder: Path, prompts: tuple[str, str], progress: Path) -> None:
        self._folder = folder
        self._query, self._passage = prompts
        self._progress = progress
        self._count = 0
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self.dimension = int(self.queries(["?"]).shape[1])

    @classmethod
    def bundled(cls, progress: Path) -> Self:
        """Open the bundled one."""
        return cls(BUNDLED, ("", ""), progress)

    @classmethod
    def e5(cls, folder: Path | None, progress: Path) -> Self:
        """Open multilingual-e5-small, with the prompts it was trained with."""
        if folder is None:
            raise ValueError("the folder of multilingual-e5-small is missing")
        return cls(folder, ("query: ", "passage: "), progress)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encode sentences."""
        vectors = self._encode([self._passage + text for text in texts])
        self._count += len(texts)
        self._progress.write_text(str(self._count))
        return vectors

    def queries(self, texts: Sequence[str]) -> Floats:
        """Encode questions."""
        return self._encode([self._query + text for text in texts])

    def _encode(self, texts: list[str]) -> Floats:
        found = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


class Pipeline:
    """The whole program: it gets the documents, and finds the same sentences in them."""

    def __init__(self, *, reads: bool = False) -> None:
        self._reads = reads
        self.case: Case | None = None

    def build(self, sentences: list[str], folder: Path) -> None:
        """Build an index."""
        model = StaticModel.open()
        documents = [Document(name, text, title or None) for name, title, text in self._given().documents]
        Indexer(Store(folder), BundledEncoder(model), model).build(documents)

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Open it."""
        model = StaticModel.open()
        generation = Store(folder).current()
        reader = Reader.open() if self._reads else None
        answerer = Answerer(generation, BundledEncoder(model), model, Ranker.bundled(), reader=reader)
        names = {name: number for number, (name, _, _) in enumerate(self._given().documents)}
        rows = {(each.document, each.start): row for row, each in enumerate(self._given().sentences)}

        def search(question: str) -> list[int]:
            found = []
            for group in answerer.rank(read_question(question)).groups[:DEPTH]:
                position, start = generation.places[group[0], [DOCUMENT, START]].tolist()
                found.append(rows[names[generation.document_at(position).id], start])
            return found

        return search

    def _given(self) -> "Case":
        if self.case is None:
            raise ValueError("the documents are missing")
        return self.case
