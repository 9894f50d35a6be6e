"""The readers, by the suffix of the file."""

from collections.abc import Callable, Iterator
from pathlib import PurePath

from index.records import Document
from index.sources.files import OpenedFile, Report
from index.sources.jsonl import read_jsonl
from index.sources.markdown import read_markdown
from index.sources.plain import read_plain

Reader = Callable[[OpenedFile, Report], Iterator[Document]]

_READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".jsonl": read_jsonl,
}
SUFFIXES = tuple(_READERS)
"""Suffixes of the files that can be read, in lower case."""


def reader(path: PurePath) -> Reader:
    """Return the reader of a file whose suffix is one of `SUFFIXES`."""
    return _READERS[path.suffix.lower()]
