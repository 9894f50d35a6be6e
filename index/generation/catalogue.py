"""The documents of a part, as SQLite keeps them."""

import datetime as dt
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from index.errors import GenerationCorrupt
from index.generation.document_rows import COLUMNS, SCHEMA_OF_DOCUMENT, day_of, document_of, row_of, text_of
from index.generation.entries import Entry, fingerprint, size_of
from index.records import Document

_SCHEMA = f"""
CREATE TABLE documents (
    position INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    size INTEGER NOT NULL,
    {SCHEMA_OF_DOCUMENT}
) STRICT;
"""
_PUT = f"INSERT INTO documents VALUES ({', '.join('?' * (4 + len(COLUMNS)))})"  # noqa: S608 - constants
_DOCUMENT = ", ".join(COLUMNS)
REMEMBERED = 1_000_000
"""How many code points of document texts a generation keeps in memory."""

_CACHE = 2_000  # KiB of pages that SQLite keeps for each catalogue: this is its default, and there are many
_LEAST_CACHE = 32
_VARIABLES = 500  # of one statement; every SQLite takes so many


class Summary(NamedTuple):
    """A document without its text: its attributes as those of `Document`."""

    id: str
    title: str | None
    source: str | None
    url: str | None
    date: dt.date | None


def build_catalogue(documents: Iterable[tuple[Document, bytes]]) -> bytes:
    """Return the bytes of a catalogue; equal documents give equal bytes.

    Args:
        documents: Each with the digest of what its rows were made from, in the order of their positions.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany(
            _PUT,
            (
                (position, digest, fingerprint(document), size_of(document), *row_of(document))
                for position, (document, digest) in enumerate(documents)
            ),
        )
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


class Catalogue:
    """An opened catalogue, for any number of threads."""

    def __init__(self, connection: sqlite3.Connection, name: str, remembered: int) -> None:
        self._connection = connection
        self._name = name
        self._lock = threading.Lock()
        self._remembered: OrderedDict[int, Document] = OrderedDict()
        self._size = 0
        self._most = remembered

    @classmethod
    def open(cls, path: Path, remembered: int = REMEMBERED) -> Self:
        """Open a file whose checksum has been verified; nothing is ever written to it.

        `remembered` is how many code points of the texts read last are kept; of pages the same share.

        Raises:
            GenerationCorrupt: It is not a catalogue.
        """
        name = path.parent.name
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            pages = max(_LEAST_CACHE, _CACHE * remembered // REMEMBERED)
            connection.execute(f"PRAGMA cache_size = -{pages}")
        except sqlite3.Error as error:
            path.open("rb").close()  # if the system refuses it, let the system say why
            raise GenerationCorrupt("The documents of {name} cannot be opened.", name=name) from error
        return cls(connection, name, remembered)

    def _rows(self, query: str, *arguments: object) -> list[tuple[object, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, arguments).fetchall()
        except sqlite3.Error as error:
            raise GenerationCorrupt("The documents of {name} cannot be read.", name=self._name) from error

    @property
    def cache(self) -> int:
        """How many KiB of pages SQLite keeps at most."""
        ((negative,),) = self._rows("PRAGMA cache_size")
        return -int(negative)  # type: ignore[call-overload, no-any-return]  # the pragma gives a number

    def __len__(self) -> int:
        ((count,),) = self._rows("SELECT count(*) FROM documents")
        return int(count)  # type: ignore[call-overload, no-any-return]  # the column of count(*)

    def position(self, identifier: str) -> int | None:
        """Return the position of the document with an id."""
        rows = self._rows("SELECT position FROM documents WHERE id = ?", _encodable(identifier))
        return rows[0][0] if rows else None  # type: ignore[return-value]  # the schema is STRICT

    def identifier(self, position: int) -> str:
        """Return the id of the document at a position, from 0.

        Raises:
            IndexError: There is none.
        """
        rows = self._rows("SELECT id FROM documents WHERE position = ?", position)
        if not rows:
            raise IndexError(position)
        return str(rows[0][0])

    def document(self, position: int) -> Document:
        """Return the document at a position, from 0; the ones asked for last are kept in memory.

        Raises:
            IndexError: There is none.
        """
        with self._lock:
            if known := self._remembered.get(position):
                self._remembered.move_to_end(position)
                return known
        rows = self._rows(f"SELECT {_DOCUMENT} FROM documents WHERE position = ?", position)  # noqa: S608 - constant
        if not rows:
            raise IndexError(position)
        document = self._document(rows[0])
        with self._lock:
            if position not in self._remembered:
                self._remembered[position] = document
                self._size += len(document.text)
            while self._size > self._most and len(self._remembered) > 1:
                _, oldest = self._remembered.popitem(last=False)
                self._size -= len(oldest.text)
        return document

    def texts(self, positions: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Yield some positions, from 0, with the texts of their documents.

        Raises:
            IndexError: There is no document at one of them.
        """
        for start in range(0, len(positions), _VARIABLES):
            some = positions[start : start + _VARIABLES]
            wanted = ", ".join("?" * len(some))
            rows = self._rows(f"SELECT position, text FROM documents WHERE position IN ({wanted})", *some)  # noqa: S608 - places
            if len(rows) != len(some):
                raise IndexError(f"one of {some}")
            yield from rows  # type: ignore[misc]  # the schema is STRICT

    def documents(self) -> Iterator[Document]:
        """Yield all documents, by position."""
        for position in range(len(self)):
            rows = self._rows(f"SELECT {_DOCUMENT} FROM documents WHERE position = ?", position)  # noqa: S608 - constant
            if not rows:
                raise GenerationCorrupt(
                    "The documents of {name} have a gap at {place}.", name=self._name, place=position
                )
            yield self._document(rows[0])

    def summaries(self) -> list[Summary]:
        """Return what all documents say about themselves, by position.

        Raises:
            GenerationCorrupt: The positions have a gap.
        """
        rows = self._rows("SELECT position, id, title, source, url, date FROM documents ORDER BY position")
        for expected, (position, *_) in enumerate(rows):
            if position != expected:
                raise GenerationCorrupt(
                    "The documents of {name} have a gap at {place}.", name=self._name, place=expected
                )
        return [
            Summary(str(row[1]), text_of(row[2]), text_of(row[3]), text_of(row[4]), self._date(row[5]))
            for row in rows
        ]

    def entries(self, first: int) -> Iterator[Entry]:
        """Yield what distinguishes the documents, by position; `first` is added to each position."""
        for name, told, size, date, position in self._rows(
            "SELECT id, fingerprint, size, date, position FROM documents ORDER BY position"
        ):
            yield Entry(str(name), told, size, self._date(date), first + position)  # type: ignore[arg-type, operator]  # STRICT

    def digests(self) -> dict[bytes, int]:
        """Return a position for each digest of a document."""
        rows = self._rows("SELECT digest, position FROM documents")
        return dict(rows)  # type: ignore[arg-type]  # the schema is STRICT

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _document(self, row: tuple[object, ...]) -> Document:
        try:
            return document_of(row)
        except ValueError as error:
            raise self._no_date() from error

    def _date(self, date: object) -> dt.date | None:
        try:
            return day_of(date)
        except ValueError as error:
            raise self._no_date() from error

    def _no_date(self) -> GenerationCorrupt:
        return GenerationCorrupt(
            "The documents of {name} hold a date, pages or remarks that are none.", name=self._name
        )


def _encodable(value: str) -> str:
    """Replace halves of surrogate pairs, which no document holds and SQLite cannot be asked for."""
    return value.encode("utf-8", "replace").decode()
