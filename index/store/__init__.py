"""The store: which generations there are, and which one is live."""

from index.store.store import Store, Stored

__all__ = ["Store", "Stored"]
