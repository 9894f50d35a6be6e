"""Documents from files and folders: one reader a format, under limits of size and type."""

from index.sources.collect import read
from index.sources.formats import SUFFIXES
from index.sources.sample import sample_documents, sample_folder

__all__ = ["SUFFIXES", "read", "sample_documents", "sample_folder"]
