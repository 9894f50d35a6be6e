"""Where generations stand on disk, and how one is opened by its name.

    DATA_DIR/
      CURRENT                    the name of the live generation
      LOCK                       held by who builds
      generations/<name>/        never changed once it has this name

A name is a number that ascends and the seal of the manifest.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Literal

from index.disk import Disk
from index.encoders import EncoderIdentity
from index.errors import BUILD_AGAIN, GO_BACK, GenerationCorrupt, Message, NoGeneration, StoreError, of_system
from index.generation import Generation
from index.generation.earlier import documents_of
from index.generation.generation import MANIFEST, MANIFEST_LIMIT
from index.generation.manifest import Manifest, require_recipe, seal
from index.generation.vectors import EXACT_UP_TO
from index.records import Document
from index.store.verified import SETTLED_NS, SUFFIX, recall, remember

HIDDEN = ".trichdan-"
"""Prefix of unfinished files; nothing else in the data directory is ever removed."""

_LOG = logging.getLogger(__name__)
_NAME = re.compile(r"\d{6,}-[0-9a-f]{16}")
_LONGEST_NAME = 200


class StoreLayout:
    """The generations of a data directory, as files.

    `OSError` leaves its methods as it is; `telling` turns it into `StoreError`.
    """

    def __init__(
        self, data_dir: Path, disk: Disk, settled: int = SETTLED_NS, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        self._settled = settled
        self._exact_up_to = exact_up_to
        self.data_dir = data_dir
        self.disk = disk
        self.current = data_dir / "CURRENT"
        self.lock = data_dir / "LOCK"
        self.generations = data_dir / "generations"

    def names(self) -> list[str]:
        """Return the names of the generations, oldest first."""
        try:
            names = self.disk.names(self.generations)
        except FileNotFoundError:
            return []
        return sorted(filter(_NAME.fullmatch, names), key=sequence)

    def live_name(self) -> str:
        """Return what CURRENT says.

        Raises:
            NoGeneration: Nothing has been published.
            GenerationCorrupt: CURRENT is missing or damaged.
        """
        try:
            data = self.disk.read(self.current, _LONGEST_NAME)
        except FileNotFoundError:
            names = self.names()
            if not names:
                raise NoGeneration(
                    "{name} holds no index yet; {advice}.", name=self.data_dir, advice=BUILD_AGAIN
                ) from None
            if len(names) == 1:  # the first publication ended between its last two steps
                return names[0]
            raise GenerationCorrupt(
                "{name} is missing; {advice}.", name=self.current, advice=GO_BACK
            ) from None
        name = data.decode("ascii", "replace").removesuffix("\n")
        if not _NAME.fullmatch(name):
            raise GenerationCorrupt("{name} is damaged; {advice}.", name=self.current, advice=GO_BACK)
        return name

    def live_name_or_none(self) -> str | None:
        """Return what CURRENT says, or None if it says nothing."""
        with suppress(NoGeneration, GenerationCorrupt):
            return self.live_name()
        return None

    def next_name(self, manifest: bytes) -> str:
        """Return the name of a new generation with this manifest."""
        taken = [*self.names(), *filter(None, [self.live_name_or_none()])]
        return f"{1 + max(map(sequence, taken), default=0):06d}-{seal(manifest)}"

    def manifest(self, name: str) -> Manifest:
        """Return the verified manifest of a generation.

        Raises:
            GenerationCorrupt: It is missing or damaged.
            GenerationMismatch: It has another format.
        """
        try:
            data = self.disk.read(self.generations / name / MANIFEST, MANIFEST_LIMIT)
        except FileNotFoundError as error:
            raise GenerationCorrupt("{name} has no manifest; {advice}.", name=name, advice=GO_BACK) from error
        return Manifest.from_bytes(data, name)

    def open(
        self,
        name: str,
        encoder: EncoderIdentity | None = None,
        tokens: str | None = None,
        *,
        full: bool = False,
        spare: bool = False,
    ) -> Generation:
        """Open a generation, every byte of it verified; builders will not remove it while it is open.

        Files that were verified before and have not changed since are recognised, except with `full`.
        With `spare` no vectors stay in memory.

        Raises:
            GenerationCorrupt: It is missing, damaged or being removed.
            GenerationMismatch: It was made differently from how questions will be read.
        """
        folder = self.generations / name
        if not _NAME.fullmatch(name) or not folder.is_dir():
            raise GenerationCorrupt(
                "{place} has no generation {name}; {advice}.",
                place=self.data_dir,
                name=repr(name),
                advice=GO_BACK,
            )
        with ExitStack() as held:
            try:
                if not held.enter_context(self.disk.lock(folder / MANIFEST, shared=True)):
                    raise GenerationCorrupt("The generation {name} is being removed.", name=name)
                manifest = self.manifest(name)
                require_recipe(manifest.recipe, encoder, tokens, Message("The index {name}", name=name))
                remembered = self.generations / f"{name}{SUFFIX}"
                known = {} if full else recall(self.disk, remembered)
                opened = held.pop_all()
                generation = Generation.open(
                    folder, manifest, self.disk, opened, known, spare=spare, exact_up_to=self._exact_up_to
                )
                if generation.stamps != known:
                    remember(self.disk, remembered, generation.stamps, HIDDEN, self._settled)
                _LOG.debug("generation %s is open: %d sentences", name, generation.sentences)
                return generation
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
                missing = Path(error.filename or MANIFEST).name
                raise GenerationCorrupt(
                    "The file {file} of {name} is missing; {advice}.", file=missing, name=name, advice=GO_BACK
                ) from error

    def documents(self, name: str, held: ExitStack) -> Iterator[tuple[Document, str]]:
        """Yield the documents of a generation of any version, with their origins; it stays locked by `held`.

        Raises:
            GenerationCorrupt: It is missing, damaged or being removed.
        """
        folder = self.generations / name
        try:
            if not held.enter_context(self.disk.lock(folder / MANIFEST, shared=True)):
                raise GenerationCorrupt("The generation {name} is being removed.", name=name)
            yield from documents_of(folder, self.disk.read(folder / MANIFEST, MANIFEST_LIMIT), self.disk)
        except FileNotFoundError as error:
            missing = Path(error.filename or MANIFEST).name
            raise GenerationCorrupt(
                "The file {file} of {name} is missing; {advice}.", file=missing, name=name, advice=GO_BACK
            ) from error

    @contextmanager
    def telling(self, doing: Literal["read", "written"]) -> Iterator[None]:
        """Turn errors of the disk into one sentence.

        Args:
            doing: What cannot be done.

        Raises:
            StoreError: In place of `OSError`.
        """
        try:
            yield
        except OSError as error:
            if doing == "read":
                raise StoreError(
                    "The data directory {name} cannot be read ({why}); check its path, rights and space.",
                    name=self.data_dir,
                    why=of_system(error),
                ) from error
            raise StoreError(
                "The data directory {name} cannot be written ({why}); check its path, rights and space.",
                name=self.data_dir,
                why=of_system(error),
            ) from error


def sequence(name: str) -> int:
    """Return the number of a generation's name."""
    return int(name.partition("-")[0])
