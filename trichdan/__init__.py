"""Trích Dẫn as a library: build an index of documents, ask it, get exact quotes with their sources.

    import trichdan

    trichdan.build("index", ["articles/"])
    with trichdan.Collection.open("index") as collection:
        for quote in collection.ask("Hội nghị diễn ra ở đâu?").quotes:
            print(quote.text, quote.title, quote.url)

What stands in `__all__` is promised; every other module may change with any release.
"""

from index.errors import (
    EncoderError,
    GenerationCorrupt,
    GenerationMismatch,
    NoGeneration,
    ReaderError,
    SourceError,
    StoreBusy,
    StoreError,
    TrichDanError,
)
from index.indexer import BuildReport
from index.records import Document
from retrieval.records import Answer, DocumentFilter, Quote, Refusal, Status
from trichdan.building import add, build, remove, update
from trichdan.collection import Collection

__all__ = [
    "Answer",
    "BuildReport",
    "Collection",
    "Document",
    "DocumentFilter",
    "EncoderError",
    "GenerationCorrupt",
    "GenerationMismatch",
    "NoGeneration",
    "Quote",
    "ReaderError",
    "Refusal",
    "SourceError",
    "Status",
    "StoreBusy",
    "StoreError",
    "TrichDanError",
    "add",
    "build",
    "remove",
    "update",
]
