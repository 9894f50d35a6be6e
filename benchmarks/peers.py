"""Other systems that find sentences, each set up as its documentation recommends for multilingual search.

Each is built from sentences, saved in a folder if it can be, opened there, and returns the positions of ten
sentences for a question. Those that need an encoder are given one. They are optional: `pip install
'trichdan[speed]'`.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

DEPTH = 10
Floats = npt.NDArray[np.float32]
Search = Callable[[str], list[int]]
_BATCH = 1_000


class Encoding(Protocol):
    """Makes vectors of length one."""

    dimension: int

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encode sentences, float32 (n, dimension)."""

    def queries(self, texts: Sequence[str]) -> Floats:
        """Encode questions."""


class Peer(Protocol):
    """A system."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Build the index; a system that cannot be saved in a folder builds it when it is opened."""

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Open it."""


class Bm25s:
    """bm25s with its own tokens, memory-mapped."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Index and save."""
        import bm25s

        retriever = bm25s.BM25()
        retriever.index(bm25s.tokenize(sentences, stopwords=None, show_progress=False), show_progress=False)
        retriever.save(str(folder))

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Load."""
        import bm25s

        retriever = bm25s.BM25.load(str(folder), mmap=True)

        def search(question: str) -> list[int]:
            tokens = bm25s.tokenize([question], stopwords=None, show_progress=False)
            found, _ = retriever.retrieve(tokens, k=DEPTH, show_progress=False)
            return [int(row) for row in found[0]]

        return search


class RankBm25:
    """rank_bm25 over lower-case words; it cannot be saved."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Do nothing: it has no file."""

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Index."""
        from rank_bm25 import BM25Okapi

        index = BM25Okapi([sentence.lower().split() for sentence in sentences])

        def search(question: str) -> list[int]:
            scores = index.get_scores(question.lower().split())
            return [int(row) for row in np.argsort(-scores, kind="stable")[:DEPTH]]

        return search


class Tantivy:
    """tantivy alone, with its default tokens."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Index."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text")
        builder.add_unsigned_field("row", stored=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        writer = index.writer()
        for row, sentence in enumerate(sentences):
            writer.add_document(tantivy.Document(text=sentence, row=row))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Open."""
        import tantivy

        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()

        def search(question: str) -> list[int]:
            # Lower case, as its tokens are: AND and OR would be operators.
            words = "".join(c if c.isalnum() else " " for c in question.lower())
            hits = searcher.search(index.parse_query(words, ["text"]), DEPTH).hits
            return [int(searcher.doc(address)["row"][0]) for _, address in hits]

        return search


class Fts5:
    """SQLite FTS5 without accents, ordered by its BM25."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Index."""
        import sqlite3

        with closing(sqlite3.connect(folder / "fts.sqlite")) as connection, connection:
            connection.execute(
                "CREATE VIRTUAL TABLE s USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')"
            )
            connection.executemany("INSERT INTO s (rowid, text) VALUES (?, ?)", enumerate(sentences, start=1))

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Open."""
        import sqlite3

        connection = sqlite3.connect(folder / "fts.sqlite")

        def search(question: str) -> list[int]:
            words = "".join(c if c.isalnum() else " " for c in question).split()
            wanted = " OR ".join(f'"{word}"' for word in words)
            rows = connection.execute("SELECT rowid FROM s WHERE s MATCH ? ORDER BY rank LIMIT 10", (wanted,))
            return [row - 1 for (row,) in rows]

        return search


class _Encoded:
    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding


class FlatVectors(_Encoded):
    """An encoder and FAISS's flat index."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Encode and save."""
        import faiss

        index = faiss.IndexFlatIP(self._encoding.dimension)
        for start in range(0, len(sentences), _BATCH):
            index.add(self._encoding.passages(sentences[start : start + _BATCH]))
        faiss.write_index(index, str(folder / "vectors"))

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Load."""
        import faiss

        index = faiss.read_index(str(folder / "vectors"))
        return lambda question: index.search(self._encoding.queries([question]), DEPTH)[1][0].tolist()


class LanceDb(_Encoded):
    """LanceDB hybrid: vectors and its full-text index, combined by reciprocal ranks."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Encode, insert and index."""
        import lancedb

        table = None
        for start in range(0, len(sentences), _BATCH):
            some = sentences[start : start + _BATCH]
            rows = [
                {"row": start + place, "text": text, "vector": vector}
                for place, (text, vector) in enumerate(zip(some, self._encoding.passages(some), strict=True))
            ]
            if table is None:
                table = lancedb.connect(str(folder)).create_table("s", rows)
            else:
                table.add(rows)
        if table is not None:
            table.create_fts_index("text")

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Open."""
        import lancedb
        from lancedb.rerankers import RRFReranker

        table, reranker = lancedb.connect(str(folder)).open_table("s"), RRFReranker()

        def search(question: str) -> list[int]:
            words = "".join(c if c.isalnum() else " " for c in question)
            query = (
                table.search(query_type="hybrid").vector(self._encoding.queries([question])[0]).text(words)
            )
            return [row["row"] for row in query.rerank(reranker).limit(DEPTH).to_list()]

        return search


class MilvusLite(_Encoded):
    """milvus-lite hybrid: vectors and its BM25 function, combined by reciprocal ranks."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Encode and insert."""
        from pymilvus import DataType, Function, FunctionType, MilvusClient

        client = MilvusClient(str(folder / "milvus.db"))
        schema = client.create_schema()
        schema.add_field("row", DataType.INT64, is_primary=True)
        schema.add_field("text", DataType.VARCHAR, max_length=8_192, enable_analyzer=True)
        schema.add_field("dense", DataType.FLOAT_VECTOR, dim=self._encoding.dimension)
        schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["sparse"]))
        indexes = client.prepare_index_params()
        indexes.add_index("dense", index_type="FLAT", metric_type="IP")
        indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        client.create_collection("s", schema=schema, index_params=indexes)
        for start in range(0, len(sentences), _BATCH):
            some = sentences[start : start + _BATCH]
            vectors = self._encoding.passages(some)
            client.insert(
                "s",
                [
                    {"row": start + place, "text": text[:2_000], "dense": vectors[place].tolist()}
                    for place, text in enumerate(some)
                ],
            )
        client.close()

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Open."""
        from pymilvus import AnnSearchRequest, MilvusClient, RRFRanker

        client = MilvusClient(str(folder / "milvus.db"))
        client.load_collection("s")

        def search(question: str) -> list[int]:
            vector = self._encoding.queries([question])[0].tolist()
            requests = [
                AnnSearchRequest([vector], "dense", {"metric_type": "IP"}, DEPTH),
                AnnSearchRequest([question], "sparse", {"metric_type": "BM25"}, DEPTH),
            ]
            (hits,) = client.hybrid_search("s", requests, RRFRanker(), DEPTH)
            return [int(hit["row"]) for hit in hits]

        return search


class Txtai(_Encoded):
    """txtai hybrid: vectors and its own BM25."""

    def _embeddings(self) -> Any:  # noqa: ANN401 - of an optional library
        from txtai import Embeddings

        def transform(texts: Sequence[str]) -> Floats:
            return self._encoding.queries(texts) if len(texts) == 1 else self._encoding.passages(texts)

        return Embeddings(method="external", transform=transform, hybrid=True)

    def build(self, sentences: list[str], folder: Path) -> None:
        """Encode, index and save."""
        embeddings = self._embeddings()
        embeddings.index(enumerate(sentences))
        embeddings.save(str(folder / "txtai"))

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Load."""
        embeddings = self._embeddings()
        embeddings.load(str(folder / "txtai"))
        return lambda question: [int(row) for row, _ in embeddings.search(question, DEPTH)]


class Haystack(_Encoded):
    """Haystack in memory: BM25 and embeddings, combined by reciprocal ranks; saved as its JSON."""

    def build(self, sentences: list[str], folder: Path) -> None:
        """Encode and save."""
        from haystack import Document
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
        for start in range(0, len(sentences), _BATCH):
            some = sentences[start : start + _BATCH]
            vectors = self._encoding.passages(some).tolist()
            store.write_documents(
                [
                    Document(id=str(start + place), content=text, embedding=vectors[place])
                    for place, text in enumerate(some)
                ]
            )
        store.save_to_disk(str(folder / "haystack.json"))

    def open(self, sentences: list[str], folder: Path) -> Search:
        """Load."""
        from haystack.components.joiners import DocumentJoiner
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore.load_from_disk(str(folder / "haystack.json"))
        joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)

        def search(question: str) -> list[int]:
            vector = self._encoding.queries([question])[0].tolist()
            found = [store.bm25_retrieval(question, top_k=DEPTH)]
            found.append(store.embedding_retrieval(vector, top_k=DEPTH))
            return [int(document.id) for document in joiner.run(documents=found)["documents"]]

        return search
