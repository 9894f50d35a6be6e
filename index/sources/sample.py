"""The sample collection that ships with the program."""

from collections.abc import Iterator
from pathlib import Path

from index.errors import SourceError
from index.records import Document
from index.sources.collect import read
from index.sources.files.files import Report

_INSTALLED = Path(__file__).parent.parent / "seeds"
_CHECKOUT = Path(__file__).parent.parent.parent / "seeds"


def sample_folder() -> Path:
    """Return the folder of the sample: inside the installed package, or at the top of a checkout.

    Raises:
        SourceError: Neither is there.
    """
    for folder in (_INSTALLED, _CHECKOUT):
        if folder.is_dir():
            return folder
    raise SourceError(
        "The sample collection is missing; install Trích Dẫn again, or name documents of your own."
    )


def sample_documents(report: Report) -> Iterator[Document]:
    """Yield the sample's documents: its text files; the folder also holds its description and questions."""
    return read(sorted(sample_folder().glob("*.txt")), report)
