"""The store: which generations there are, which one is live, and the way back to an earlier one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from index.disk import Disk
from index.encoders import EncoderIdentity
from index.errors import GenerationCorrupt, GenerationMismatch, Message, NoGeneration, StoreBusy, StoreError
from index.generation import Generation
from index.generation.manifest import Manifest, require_recipe
from index.generation.vectors import EXACT_UP_TO
from index.records import Document
from index.store.layout import StoreLayout, sequence
from index.store.publication import Building, building
from index.store.verified import SETTLED_NS

_KEPT = 3
MOST_SENTENCES = 2_000_000
"""The most that a collection may have by default; each takes some 1.5 KiB of disk."""

_RETRIES = 5


@dataclass(frozen=True, slots=True)
class Stored:
    """A generation in the store, as its manifest tells it.

    Attributes:
        name: Its name.
        current: Whether it is the live one.
        manifest: None where it cannot be read.
    """

    name: str
    current: bool
    manifest: Manifest | None


class Store:
    """The generations of one data directory.

    Attributes:
        data_dir: Where they are.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        disk: Disk | None = None,
        keep: int = _KEPT,
        settled: int = SETTLED_NS,
        most_sentences: int = MOST_SENTENCES,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        self.data_dir = data_dir
        self._layout = StoreLayout(data_dir, disk or Disk(), settled, exact_up_to)
        self._keep = keep
        self._most_sentences = most_sentences

    def current(
        self,
        encoder: EncoderIdentity | None = None,
        tokens: str | None = None,
        *,
        report: Callable[[StoreError], None] | None = None,
        full: bool = False,
        spare: bool = False,
    ) -> Generation:
        """Open the live generation, every byte of it verified.

        Args:
            encoder: What will encode the questions; None leaves it unchecked.
            tokens: Revision of the static model that will tokenize them; None leaves it unchecked.
            report: If given, it takes what is wrong with an unusable live generation, and the newest usable
                one is opened instead.
            full: Read every byte again, even of files that are recognised as verified.
            spare: Keep no vectors in memory, for callers that rarely search.

        Raises:
            NoGeneration: Nothing has been published here.
            GenerationCorrupt: Something is damaged or missing.
            GenerationMismatch: It was made with another encoder, segmenter, analysis or format.
            StoreError: The data directory cannot be read.
        """
        with self._layout.telling("read"):
            for _ in range(_RETRIES):
                name = None
                try:
                    name = self._layout.live_name()
                    return self._layout.open(name, encoder, tokens, full=full, spare=spare)
                except (GenerationCorrupt, GenerationMismatch) as error:
                    if name and self._layout.live_name_or_none() not in (name, None):
                        continue  # a build removed it while it was being opened
                    if report is None:
                        raise
                    report(error)
                    return self._newest_sound(name, encoder, tokens, error, report)
        raise StoreBusy(
            "The index in {place} changes faster than it can be opened; try again.", place=self.data_dir
        )

    def _newest_sound(
        self,
        bad: str | None,
        encoder: EncoderIdentity | None,
        tokens: str | None,
        error: StoreError,
        report: Callable[[StoreError], None],
    ) -> Generation:
        for name in reversed(self._layout.names()):
            if name != bad:
                try:
                    return self._layout.open(name, encoder, tokens)
                except (GenerationCorrupt, GenerationMismatch) as other:
                    report(other)
        raise error

    def open(self, name: str) -> Generation:
        """Open the generation with a name, every byte of it verified.

        Raises:
            StoreError: There is none, or it cannot be used.
        """
        with self._layout.telling("read"):
            return self._layout.open(name)

    def documents(self) -> Iterator[tuple[Document, str]]:
        """Yield the documents of the live generation with their origins, whatever version wrote it.

        Raises:
            NoGeneration: Nothing has been published here.
            GenerationCorrupt: What holds them is damaged or missing.
            StoreError: The data directory cannot be read.
        """
        with self._layout.telling("read"), ExitStack() as held:
            yield from self._layout.documents(self._layout.live_name(), held)

    def is_outdated(self, encoder: EncoderIdentity, tokens: str) -> bool:
        """Tell whether the live generation was made differently from how questions are read; opens nothing.

        Raises:
            GenerationCorrupt: What says so is missing or damaged.
            StoreError: The data directory cannot be read.
        """
        with self._layout.telling("read"), suppress(NoGeneration):
            name = self._layout.live_name()
            try:
                require_recipe(
                    self._layout.manifest(name).recipe,
                    encoder,
                    tokens,
                    Message("The index {name}", name=name),
                )
            except GenerationMismatch:
                return True
        return False

    def live_name(self) -> str | None:
        """Return the name of the live generation, None where nothing has been published; opens nothing.

        Raises:
            GenerationCorrupt: What says so is missing or damaged.
            StoreError: The data directory cannot be read.
        """
        with self._layout.telling("read"), suppress(NoGeneration):
            return self._layout.live_name()
        return None

    def generations(self) -> list[Stored]:
        """List what is stored, oldest first, without verifying it.

        Raises:
            StoreError: The data directory cannot be read.
        """
        with self._layout.telling("read"):
            live = self._layout.live_name_or_none()
            return [Stored(name, name == live, self._manifest_or_none(name)) for name in self._layout.names()]

    def _manifest_or_none(self, name: str) -> Manifest | None:
        with suppress(GenerationCorrupt, GenerationMismatch):
            return self._layout.manifest(name)
        return None

    def building(self) -> AbstractContextManager[Building]:
        """Hold the lock between builders, with what earlier builds left behind removed.

        Raises:
            StoreBusy: Another build holds it.
            StoreError: The data directory cannot be written.
        """
        return building(self._layout, self._keep, self._most_sentences)

    def rollback(self, name: str | None = None) -> str:
        """Make an older generation the live one: the one named, or the newest sound one before the live one.

        Returns:
            The name of the generation that is live now.

        Raises:
            NoGeneration: There is no other to go back to.
            StoreBusy: A build is running.
            StoreError: The one named is not there or cannot be used.
        """
        with self.building() as mine:
            return mine.point_to(name or self._one_before())

    def _one_before(self) -> str:
        live = self._layout.live_name_or_none()
        for name in reversed(self._layout.names()):
            if live is None or sequence(name) < sequence(live):
                with suppress(GenerationCorrupt, GenerationMismatch):
                    self._layout.open(name).close()
                    return name
        raise NoGeneration("{name} holds no earlier generation to go back to.", name=self.data_dir)
