"""Documents from files and folders: one reader per kind, under limits of size, time and memory."""

from index.sources.collect import FileContents, Found, read, read_file, read_from
from index.sources.files.kinds import SUFFIXES, Kind
from index.sources.files.limits import LIMITS, Limits, Options
from index.sources.sample import sample_documents, sample_folder

__all__ = [
    "LIMITS",
    "SUFFIXES",
    "FileContents",
    "Found",
    "Kind",
    "Limits",
    "Options",
    "read",
    "read_file",
    "read_from",
    "sample_documents",
    "sample_folder",
]
