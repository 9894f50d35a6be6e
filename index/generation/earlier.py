"""The documents of generations that earlier versions wrote: what an upgrade or an export needs of them.

Since the first format documents have been in SQLite files, one per generation or per part, and columns were
only ever added. What an earlier version did not keep gets the value it would have had.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from index.disk import Disk, FileSum
from index.errors import GO_BACK, GenerationCorrupt
from index.generation.document_rows import COLUMNS, document_of
from index.generation.manifest import seal
from index.generation.origins import ORIGINS, read_origins
from index.records import Dated, Document
from index.text.headings import numbered

_DOCUMENTS: Final = "documents.sqlite"
_UNKNOWN: Final[Mapping[str, object]] = {
    "dated": Dated.STATED.value, "pages": "[]", "remarks": "[]", "headings": "[]", "lined": 1,
}  # fmt: skip


def documents_of(folder: Path, manifest: bytes, disk: Disk) -> Iterator[tuple[Document, str]]:
    """Yield each document with its origin, empty where none was kept; every byte that is read is verified.

    Raises:
        GenerationCorrupt: A file is missing or is not what the manifest says.
    """
    files, parts = _told(folder.name, manifest)
    names = sorted(name for name in files if PurePosixPath(name).name == _DOCUMENTS)
    if parts:  # in the order of their documents, which the origins have
        names = [f"parts/{part}/{_DOCUMENTS}" for part in parts]
    for name in (*names, *([ORIGINS] if ORIGINS in files else [])):
        if name not in files or disk.sum(folder / name) != files[name]:
            raise GenerationCorrupt(
                "The file {file} of {name} is damaged; {advice}.", file=name, name=folder.name, advice=GO_BACK
            )
    origins = iter(read_origins(folder) if ORIGINS in files else ())
    for name in names:
        for document in _documents(folder / name):
            yield document, next(origins, "")


def _told(name: str, manifest: bytes) -> tuple[dict[str, FileSum], list[str]]:
    """Return the sums of the files, and the names of the parts."""
    try:
        if not name.endswith(f"-{seal(manifest)}"):
            raise ValueError("another manifest")
        body = json.loads(manifest)
        files = {str(path): FileSum(**entry) for path, entry in body["files"].items()}
        return files, [str(part["name"]) for part in body.get("parts", ())]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise GenerationCorrupt(
            "The manifest of {name} is damaged; {advice}.", name=name, advice=GO_BACK
        ) from None


def _documents(path: Path) -> Iterator[Document]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            there = {str(row[1]) for row in opened.execute("PRAGMA table_info(documents)")}
            wanted = ", ".join(name if name in there else "NULL" for name in COLUMNS)
            for row in opened.execute(f"SELECT {wanted} FROM documents ORDER BY position"):  # noqa: S608 - constants
                told = zip(COLUMNS, row, strict=True)
                document = document_of([v if name in there else _UNKNOWN.get(name) for name, v in told])
                yield (
                    document
                    if "headings" in there
                    else replace(document, headings=numbered(document.text, document.body))
                )
    except (sqlite3.Error, ValueError) as error:
        raise GenerationCorrupt("The documents of {name} cannot be read.", name=path.parent.name) from error
