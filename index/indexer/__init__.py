"""Building and changing an index: from documents to a published generation."""

from index.indexer.indexer import BuildReport, Gate, Indexer

__all__ = ["BuildReport", "Gate", "Indexer"]
