"""What a document may cost: sizes, time and memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MEBI = 1 << 20
LONGEST_FIELD = 4096
"""Most characters of an id, and of whatever a document says about itself beside its text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for; whatever asks for more is refused with one sentence.

    Attributes:
        document: Largest document in bytes: a file, one row of a file of rows, or one member of an archive.
        text: Most code points of text in one document.
        seconds: Longest time until the next document of a file: a row, a member of an archive, or the whole.
        memory: Most memory of the process that reads, in bytes.
        archive: Largest archive, in bytes.
        members: Most members of an archive, folders among them.
        unpacked: Most bytes that an archive may hold unpacked.
        ratio: Most bytes that one byte of an archive may unpack to, where it unpacks to more than a MiB.
    """

    document: int = 64 * MEBI
    text: int = 16 * MEBI
    seconds: float = 45.0
    memory: int = 512 * MEBI
    archive: int = 256 * MEBI
    members: int = 10_000
    unpacked: int = 1024 * MEBI
    ratio: int = 200


LIMITS = Limits()
"""The defaults."""


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read.

    Attributes:
        limits: What a file may ask for.
        columns: What columns of CSV and JSONL files hold, for names that are not known by themselves: a
            column's name → one of `index.sources.tables.columns.FIELDS`.
    """

    limits: Limits = LIMITS
    columns: Mapping[str, str] = field(default_factory=dict)
