"""Documents from files and folders: one reader a kind, under limits of size, time and memory."""

from index.sources.collect import Reading, read, read_file
from index.sources.kinds import SUFFIXES, Kind
from index.sources.limits import LIMITS, Limits, Options
from index.sources.sample import sample_documents, sample_folder

__all__ = [
    "LIMITS",
    "SUFFIXES",
    "Kind",
    "Limits",
    "Options",
    "Reading",
    "read",
    "read_file",
    "sample_documents",
    "sample_folder",
]
