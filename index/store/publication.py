"""Publishing: a generation comes to be in one step, or not at all.

It is written under a hidden name, each file and folder synced, opened and approved, renamed and synced, and
only then does CURRENT take its name. What a killed build leaves has hidden names; the next build removes it.
"""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

from index.disk import FileSum, Stamp, remove_tree
from index.errors import GenerationCorrupt, GenerationMismatch, StoreBusy
from index.generation import Generation
from index.generation.generation import MANIFEST, MANIFEST_LIMIT
from index.generation.manifest import Manifest
from index.store.layout import HIDDEN, StoreLayout
from index.store.unfinished import Content, Linked, UnfinishedParts
from index.store.verified import SUFFIX

_LOG = logging.getLogger(__name__)


class Building:
    """The right to publish, which one builder has at a time.

    Attributes:
        unfinished: Finished parts of a build that has not published yet.
        most_sentences: A generation with more is not published.
    """

    def __init__(self, layout: StoreLayout, keep: int, most_sentences: int) -> None:
        self.most_sentences = most_sentences
        self._layout = layout
        self._disk = layout.disk
        self._keep = keep
        self.unfinished = UnfinishedParts(layout.data_dir / "work", layout.disk, HIDDEN)

    @property
    def scratch(self) -> Path:
        """A folder for hidden files, which the next build removes if this one does not."""
        return self._layout.generations

    def publish(
        self,
        contents: Mapping[str, Content],
        describe: Callable[[Mapping[str, FileSum]], Manifest],
        approve: Callable[[Generation], None],
        written: Callable[[], None] = lambda: None,
    ) -> str:
        """Publish a generation; one equal to the live generation is not written again.

        Args:
            contents: Its files by their POSIX paths below its folder, without the manifest: bytes to write,
                or files to give a second name.
            describe: Makes the manifest from the sums of the files.
            approve: Raises when the opened candidate is not sound.
            written: Called when everything is on disk, before the candidate is opened.

        Returns:
            The name of the generation, live now.

        Raises:
            StoreError: It cannot be written or was not approved; the one before stays.
        """
        manifest = describe(
            {
                name: found.sum if isinstance(found, Linked) else FileSum.of(found)
                for name, found in contents.items()
            }
        )
        data = manifest.to_bytes()
        with self._layout.telling("written"):
            live = self._live_if_equal(data)
            if live is not None:
                return live
            name = self._layout.next_name(data)
            self._write_approved(name, {**contents, MANIFEST: data}, manifest, approve, written)
            self._disk.sync_folder(self._layout.generations)
            self._point(name)
            self._drop_old(name)
            return name

    def telling(self) -> AbstractContextManager[None]:
        """Turn errors of the disk into `StoreError`."""
        return self._layout.telling("written")

    def point_to(self, name: str) -> str:
        """Make a stored generation the live one, once it has been verified.

        Raises:
            StoreError: It is not there, cannot be used, or CURRENT cannot be written.
        """
        with self._layout.telling("written"):
            self._layout.open(name).close()
            self._point(name)
            return name

    def sweep(self) -> None:
        """Remove what killed builds have left behind."""
        for folder in (self._layout.data_dir, self._layout.generations):
            for name in self._disk.names(folder):
                if name.startswith(HIDDEN):
                    with suppress(OSError):  # it does no harm, and is tried again next time
                        remove_tree(self._disk, folder / name)

    def _live_if_equal(self, manifest: bytes) -> str | None:
        with suppress(FileNotFoundError, GenerationCorrupt, GenerationMismatch):
            name = self._layout.live_name_or_none()
            if (
                name
                and self._disk.read(self._layout.generations / name / MANIFEST, MANIFEST_LIMIT) == manifest
            ):
                self._layout.open(name).close()
                _LOG.debug("nothing has changed; generation %s stays live", name)
                return name
        return None

    def _write_approved(
        self,
        name: str,
        contents: Mapping[str, Content],
        manifest: Manifest,
        approve: Callable[[Generation], None],
        written: Callable[[], None],
    ) -> None:
        staging = self._layout.generations / f"{HIDDEN}new-{secrets.token_hex(4)}"
        try:
            known = self._write(staging, contents)
            written()
            opened = Generation.open(staging, manifest, self._disk, ExitStack(), known, spare=True)
            with opened as generation:
                approve(generation)
            self._disk.rename(staging, self._layout.generations / name)
        except BaseException:
            with suppress(OSError):
                remove_tree(self._disk, staging)
            raise

    def _write(self, folder: Path, contents: Mapping[str, Content]) -> dict[str, Stamp]:
        """Write a folder and sync it; return the stamps of the files in it that need no second look."""
        above = {parent for name in contents for parent in PurePosixPath(name).parents}
        folders = sorted({folder / path for path in above} | {folder})
        for path in folders:
            self._disk.make_folder(path)
        known: dict[str, Stamp] = {}
        for name, found in contents.items():
            if isinstance(found, Linked):
                self._disk.link(found.path, folder / name)
                stamp = self._disk.stamp(folder / name)
                if found.stamp and stamp.is_linked(found.stamp):
                    known[name] = stamp
            else:
                self._disk.write(folder / name, found)
        for path in reversed(folders):
            self._disk.sync_folder(path)
        return known

    def _point(self, name: str) -> None:
        new = self._layout.data_dir / f"{HIDDEN}current-{secrets.token_hex(4)}"
        self._disk.write(new, f"{name}\n".encode())
        self._disk.rename(new, self._layout.current)
        self._disk.sync_folder(self._layout.data_dir)
        _LOG.info("generation %s is live", name)

    def _drop_old(self, live: str) -> None:
        """Remove all but the newest generations; one that is being read stays for now."""
        for name in self._layout.names()[: -self._keep]:
            # The new generation is live already: what cannot be removed now is tried again next time.
            with suppress(OSError), ExitStack() as held:
                folder = self._layout.generations / name
                manifest = folder / MANIFEST
                if name == live or (manifest.exists() and not held.enter_context(self._disk.lock(manifest))):
                    continue
                doomed = self._layout.generations / f"{HIDDEN}old-{name}"
                self._disk.rename(folder, doomed)
                remove_tree(self._disk, doomed)
                _LOG.debug("generation %s is removed", name)
                self._disk.remove(self._layout.generations / f"{name}{SUFFIX}")


@contextmanager
def building(layout: StoreLayout, keep: int, most_sentences: int) -> Iterator[Building]:
    """Hold the lock between builders, with what earlier builds left behind removed.

    Raises:
        StoreBusy: Another build holds it.
        StoreError: The data directory cannot be written.
    """
    with ExitStack() as held:
        with layout.telling("written"):
            _make_folders(layout)
            if not held.enter_context(layout.disk.lock(layout.lock, create=True)):
                raise StoreBusy(
                    "Another build is writing to {place}; wait until it has ended.", place=layout.data_dir
                )
            mine = Building(layout, keep, most_sentences)
            mine.sweep()
        yield mine


def _make_folders(layout: StoreLayout) -> None:
    missing = [path for path in (layout.generations, *layout.generations.parents) if not path.is_dir()]
    for folder in reversed(missing):
        layout.disk.make_folder(folder)
        layout.disk.sync_folder(folder.parent)
