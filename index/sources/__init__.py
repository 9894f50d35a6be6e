"""Documents from files and folders: one reader a kind, under limits of size, time and memory."""

from index.sources.collect import Found, Reading, read, read_file, read_from
from index.sources.kinds import SUFFIXES, Kind
from index.sources.limits import LIMITS, Limits, Options
from index.sources.sample import sample_documents, sample_folder

__all__ = [
    "LIMITS",
    "SUFFIXES",
    "Found",
    "Kind",
    "Limits",
    "Options",
    "Reading",
    "read",
    "read_file",
    "read_from",
    "sample_documents",
    "sample_folder",
]
