"""Reading question and sentence together: whether it answers, and with which words."""

from retrieval.reading.reader import Reader

__all__ = ["Reader"]
