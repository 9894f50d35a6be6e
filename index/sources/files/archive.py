"""ZIP archives under limits: nothing is unpacked before its sizes, names and method have been checked.

Nothing is ever written to the disk, so no name can lead out of a folder; names that try are refused as what
they are.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from index.errors import SourceError
from index.sources.files.archive_names import names_of
from index.sources.files.files import Report, shown
from index.sources.files.kinds import Kind
from index.sources.files.limits import MEBI, Limits

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 0xFFFF
_LONGEST_ENTRY = 512  # bytes in the list of members, on average
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_LONGEST_TYPE = 200
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {"text": Kind.ODT, "spreadsheet": Kind.ODS, "presentation": Kind.ODP}


def open_archive(file: BinaryIO, name: str, limits: Limits) -> zipfile.ZipFile:
    """Open an archive whose list of members is within the limits.

    Raises:
        SourceError: It is damaged, too large, or holds too many members.
    """
    size = file.seek(0, 2)
    if size > limits.archive:
        raise SourceError(
            "{name} is larger than the limit of {limit:g} MiB for an archive; split it.",
            name=name,
            limit=limits.archive / MEBI,
        )
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_SIZE:
        raise _damaged(name)
    count, listing = struct.unpack_from("<HL", tail, place + 10)
    if count > limits.members or listing > limits.members * _LONGEST_ENTRY or listing == 0xFFFFFFFF:
        raise _too_many(name, limits)
    if tail[max(0, place - 20) : place].startswith(b"PK\x06\x07"):
        raise SourceError(
            "{name} is a ZIP archive of the 64-bit form; pack it again in parts below 4 GiB.", name=name
        )
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise _damaged(name) from error
    if len(archive.infolist()) > limits.members:
        raise _too_many(name, limits)
    return archive


def require_modest(members: Collection[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """Refuse members of an archive that claim to hold more than the limits, before any of it is unpacked.

    Raises:
        SourceError: They are too large together, or packed more tightly than documents are.
    """
    total = sum(member.file_size for member in members)
    if total > limits.unpacked:
        raise SourceError(
            "{name} would unpack to {size:,} MiB, more than the limit of {limit:,} MiB; left out.",
            name=name,
            size=total // MEBI,
            limit=limits.unpacked // MEBI,
        )
    packed = sum(member.compress_size for member in members)
    if total > MEBI and total > limits.ratio * max(packed, 1):
        raise SourceError(
            "{name} is packed {ratio:,} to 1, as documents never are; left out.",
            name=name,
            ratio=total // max(packed, 1),
        )


def unpack_path(archive: zipfile.ZipFile, path: str, name: str, limits: Limits) -> bytes | None:
    """Return the bytes at a path of an archive, None where there is no such member.

    Raises:
        SourceError: As `unpack`.
    """
    try:
        member = archive.getinfo(path)
    except KeyError:
        return None
    return unpack(archive, member, name, limits)


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    """Return a member's bytes.

    Raises:
        SourceError: It is locked, damaged, too large, or packed in a way that is not read.
    """
    if member.flag_bits & _ENCRYPTED:
        raise SourceError("{name} is locked with a password; pack it without one.", name=name)
    if member.compress_type not in _METHODS:
        raise SourceError(
            "{name} is packed in a way that is not read; pack it as an ordinary ZIP.", name=name
        )
    if member.file_size > limits.document:
        raise SourceError(
            "{name} is larger than the limit of {limit:g} MiB; split it.",
            name=name,
            limit=limits.document / MEBI,
        )
    try:
        with archive.open(member) as opened:
            data = opened.read(limits.document + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise SourceError("{name} is damaged in its archive; left out.", name=name) from error
    if len(data) != member.file_size:
        raise SourceError("{name} is damaged in its archive; left out.", name=name)
    return data


def documents_of(
    archive: zipfile.ZipFile, name: str, limits: Limits, report: Report
) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield each member that may be a document with its path, in the order of their paths.

    Folders and hidden files are passed over; what is dangerous or of no use is reported.
    """
    seen: set[str] = set()
    names, is_certain = names_of(archive)
    if not is_certain:
        report(
            SourceError(
                "{name} names its files in an encoding that is not known; some may be wrong.", name=name
            )
        )
    for member in sorted(archive.infolist(), key=names.__getitem__):
        path = names[member].replace("\\", "/")
        parts = PurePosixPath(path).parts
        if member.is_dir() or any(part.startswith(".") and part != ".." for part in parts):
            continue
        if parts and parts[0] == "__MACOSX":
            continue
        where = f"{name}/{shown(path)}"
        if not parts or path.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in path:
            report(SourceError("{name} has a path that leads out of its archive; left out.", name=where))
        elif stat.S_ISLNK(member.external_attr >> 16):
            report(SourceError("{name} is a link; left out.", name=where))
        elif path in seen:
            report(SourceError("{name} stands twice in its archive; the second was left out.", name=where))
        elif member.file_size > MEBI and member.file_size > limits.ratio * max(member.compress_size, 1):
            ratio = member.file_size // max(member.compress_size, 1)
            report(
                SourceError(
                    "{name} is packed {ratio:,} to 1, as documents never are; left out.",
                    name=where,
                    ratio=ratio,
                )
            )
        else:
            seen.add(path)
            yield member, path


def _damaged(name: str) -> SourceError:
    return SourceError("{name} is a damaged ZIP archive; pack it again.", name=name)


def _too_many(name: str, limits: Limits) -> SourceError:
    return SourceError("{name} holds more than {limit:,} files; split it.", name=name, limit=limits.members)


def packed_kind(file: BinaryIO, name: str, limits: Limits) -> Kind:
    """Return what a file is that is a ZIP archive inside: a document of several parts, or an archive.

    Raises:
        SourceError: It is damaged, or a document of a kind that is not read.
    """
    with open_archive(file, name, limits) as archive:
        members = set(archive.namelist())
        says = next((each for each in archive.infolist() if each.filename == "mimetype"), None)
        said = unpack(archive, says, name, limits) if says and says.file_size < _LONGEST_TYPE else b""
    if "META-INF/container.xml" in members:
        return Kind.EPUB
    if "[Content_Types].xml" in members:
        inside = {member.partition("/")[0] for member in members}
        return Kind.XLSX if "xl" in inside else Kind.PPTX if "ppt" in inside else Kind.DOCX
    if "content.xml" in members:
        what = said.decode("ascii", "replace").strip().removeprefix(_OPEN_DOCUMENT).partition("-")[0]
        if what in _OPEN_DOCUMENTS:
            return _OPEN_DOCUMENTS[what]
        if what or "styles.xml" in members:
            raise SourceError(
                "{name} is a drawing or another file of OpenDocument; save it as .pdf.", name=name
            )
    return Kind.ZIP
