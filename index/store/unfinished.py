"""The work folder: parts that a build has finished, for the next build should this one be interrupted.

A part is named after everything it is made from, encoder and segmenter included, so what is found under a
name is what would be made.
"""

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from index.disk import Disk, FileSum, Stamp, remove_tree

SUMS = "sums.json"
_SUMS_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that is already on disk, and synced.

    Attributes:
        path: Where it is.
        sum: What it holds.
        stamp: Its stamp when that was verified; None where it must be read again.
    """

    path: Path
    sum: FileSum
    stamp: Stamp | None = None


class UnfinishedParts:
    """Finished parts by their names; `OSError` leaves the methods as it is."""

    def __init__(self, folder: Path, disk: Disk, hidden: str) -> None:
        self._folder = folder
        self._disk = disk
        self._hidden = hidden

    def keep_only(self, names: Collection[str]) -> None:
        """Remove all parts but those named, so that there is never more than one build would need."""
        with suppress(FileNotFoundError):
            for name in self._disk.names(self._folder):
                if name not in names:
                    remove_tree(self._disk, self._folder / name)
            if not names:
                self._disk.remove_folder(self._folder)

    def find(self, name: str) -> dict[str, Linked] | None:
        """Return the files of a part, each verified, or None if the part is missing or incomplete."""
        folder = self._folder / name
        try:
            sums = json.loads(self._disk.read(folder / SUMS, _SUMS_LIMIT))
            expected = {path: FileSum(**entry) for path, entry in sums.items()}
            if all(self._disk.sum(folder / path) == found for path, found in expected.items()):
                return {path: Linked(folder / path, found) for path, found in expected.items()}
        except FileNotFoundError:
            pass
        except (ValueError, TypeError, AttributeError):
            pass  # not what `put` writes
        if folder.exists():
            remove_tree(self._disk, folder)
        return None

    def put(self, name: str, contents: Iterable[tuple[str, bytes]]) -> dict[str, Linked]:
        """Write the files of a part, by their POSIX paths; no more than one is kept in memory."""
        new = self._folder / f"{self._hidden}{name}"
        with suppress(FileNotFoundError):
            remove_tree(self._disk, new)
        for folder in (self._folder, new):
            self._disk.make_folder(folder)
        made, sums = {new}, {}
        for path, data in contents:
            if (folder := (new / path).parent) not in made:
                self._disk.make_folder(folder)
                made.add(folder)
            self._disk.write(new / path, data)
            sums[path] = FileSum.of(data)
            del data  # before the next is made
        written = json.dumps({path: asdict(found) for path, found in sums.items()})
        self._disk.write(new / SUMS, written.encode())
        self._disk.rename(new, self._folder / name)
        return {path: Linked(self._folder / name / path, found) for path, found in sums.items()}


Content = bytes | Linked
