"""The body of a response: unpacked within a limit, and refused if incomplete."""

import zlib
from collections.abc import Iterable

from index.errors import SourceError
from index.sources.files.files import shown
from index.sources.files.limits import MEBI

_PLAIN = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_FORM = 31
_PADDING = b"\0"


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, name: str) -> bytes:
    """Return what comes in chunks, unpacked; of gzip its length and its checksum have to be right.

    Args:
        chunks: As they come.
        encoding: How they are packed, as the server says.
        limit: Most bytes, unpacked.
        name: What to call it in an error.

    Raises:
        SourceError: It is too large, damaged, cut short, or packed in a way that is not read.
    """
    encoding = encoding.strip().lower()
    if encoding not in _PLAIN | _GZIP:
        raise SourceError(
            "{name} comes packed in a way that is not read ({how}).", name=name, how=shown(encoding)
        )
    parts: list[bytes] = []
    size = 0
    for part in chunks if encoding in _PLAIN else _unpacked(chunks, limit, name):
        size += len(part)
        if size > limit:
            raise SourceError(
                "{name} is larger than the limit of {limit:g} MiB; left out.", name=name, limit=limit / MEBI
            )
        parts.append(part)
    return b"".join(parts)


def cut_short(name: str) -> SourceError:
    """Say that a body is incomplete."""
    return SourceError("{name} comes cut short; left out.", name=name)


def _unpacked(chunks: Iterable[bytes], limit: int, name: str) -> Iterable[bytes]:
    """Yield the parts of all members of gzip, each more than `limit` bytes at most by one."""
    member = zlib.decompressobj(_GZIP_FORM)
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:  # what follows is another member, or zeros that fill up a block
                data = data.lstrip(_PADDING)
                if not data:
                    break
                member = zlib.decompressobj(_GZIP_FORM)
            try:
                yield member.decompress(data, limit + 1)
            except zlib.error:
                raise SourceError("{name} comes damaged; left out.", name=name) from None
            data = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        raise cut_short(name)
