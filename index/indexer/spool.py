"""The spool: documents that have been read and are not yet in a part, on disk rather than in memory."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from index.errors import StoreError
from index.generation.document_rows import COLUMNS, SCHEMA_OF_DOCUMENT, document_of, row_of
from index.records import Document

_SCHEMA = f"CREATE TABLE documents ({SCHEMA_OF_DOCUMENT}) STRICT"
_PUT = f"INSERT OR REPLACE INTO documents VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - constants
_GET = f"SELECT {', '.join(COLUMNS)} FROM documents WHERE id = ?"  # noqa: S608 - constants


class Spool:
    """Documents by their id; the last of an id counts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, scratch: Path, prefix: str) -> Iterator[Self]:
        """Make an empty one in a folder below `scratch` that is removed afterwards.

        Raises:
            StoreError: The disk fails, also later and while the block runs.
        """
        with tempfile.TemporaryDirectory(dir=scratch, prefix=prefix) as folder:
            try:
                connection = sqlite3.connect(Path(folder) / "documents.sqlite", isolation_level=None)
                try:
                    # Nobody reads it after a crash, so nothing has to be waited for.
                    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                    connection.execute(_SCHEMA)
                    connection.execute("BEGIN")
                    yield cls(connection)
                finally:
                    connection.close()
            except sqlite3.Error as error:
                raise StoreError(
                    "Documents cannot be kept in {name} ({why}).", name=scratch, why=error
                ) from error

    def put(self, document: Document) -> None:
        """Keep a document."""
        self._connection.execute(_PUT, row_of(document))

    def get(self, identifier: str) -> Document:
        """Return the document with an id.

        Raises:
            KeyError: There is none.
        """
        row = self._connection.execute(_GET, (identifier,)).fetchone()
        if row is None:
            raise KeyError(identifier)
        return document_of(row)
