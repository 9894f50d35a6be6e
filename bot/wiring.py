"""Settings → store, encoders and answerer; everything heavy is imported when it is wanted."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.citation import opening
from bot.judging import open_judge
from bot.language import spoken
from bot.screen import Screen
from bot.texts.collection import CollectionTexts, collection_texts
from bot.texts.reasons import reason
from index.errors import NoGeneration, StoreError
from retrieval.only import EVERYTHING, Only
from retrieval.records import Answer

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.build import BuildReport, Gate, Indexer
    from index.encoder import Encoder
    from index.generation import Generation
    from index.progress import Progress
    from index.static import StaticModel
    from index.store import Store
    from retrieval.answer import Answerer
    from retrieval.explain import Explanation


_PORTRAYED = 200


class Answering(Protocol):
    """Answers questions; `retrieval.answer.Answerer` is one."""

    def answer(self, question: str, *, top: int = 3, related: int = 3, only: Only = EVERYTHING) -> Answer:
        """Answer a question with at most `top` quotes, and `related` sentences below the threshold."""

    def explain(self, question: str, *, top: int = 3, only: Only = EVERYTHING) -> "Explanation":
        """Say why the best `top` sentences stand where they do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a front end needs to answer from one generation.

    Attributes:
        answerer: Answers questions.
        first_words: The first words of a document, by its id.
        documents: How many documents the collection holds.
        sentences: How many sentences.
        newest: Day of the newest document, where any has a date.
        names: Finds words that the collection writes as names; reads some of its documents.
    """

    answerer: Answering
    first_words: Callable[[str], str | None]
    documents: int
    sentences: int
    newest: dt.date | None
    names: Callable[[], frozenset[str]]


def open_answerers(settings: "Settings", parts: "Parts") -> "Callable[[Generation], Answerer]":
    """Open what decides, once, and return what answers from a generation, as the settings want it.

    Raises:
        SettingsError: The ranker, the threshold or the synonyms cannot be used.
        EncoderError: The cross-encoder cannot be used.
    """
    from retrieval.answer import Answerer
    from retrieval.synonyms import load

    judge, synonyms = open_judge(settings), load(settings.synonyms_file)

    def answerer_of(generation: "Generation") -> Answerer:
        return Answerer(
            generation,
            parts.encoder,
            parts.static,
            judge.ranker,
            judge.threshold,
            judge.reranker,
            synonyms,
        )

    return answerer_of


@contextmanager
def open_desk(settings: "Settings", screen: Screen) -> Iterator[Desk]:
    """Open the collection for asking; where nothing has been built yet, build it first and say so.

    Raises:
        TrichDanError: The index, the encoder or the sources cannot be used.
    """
    parts = open_parts(settings)
    answerer_of = open_answerers(settings, parts)
    try:
        generation = parts.generation(screen)
    except NoGeneration:
        build_first(settings, parts, screen)
        generation = parts.generation(screen)
    with generation:
        yield Desk(
            answerer=answerer_of(generation),
            first_words=lambda document: opening(generation.document(document).text),
            documents=generation.documents,
            sentences=generation.sentences,
            newest=generation.newest,
            names=lambda: _names(generation),
        )


def _names(generation: "Generation") -> frozenset[str]:
    """Return the words that the first documents write with a capital inside sentences."""
    from bot.about import subject

    return subject(document.text for document in islice(generation.iter_documents(), _PORTRAYED)).words


@dataclass(frozen=True, slots=True)
class Parts:
    """What the settings name: where generations are kept, the models that make and read them, a language."""

    store: "Store"
    encoder: "Encoder"
    static: "StaticModel"
    language: str = "en"

    def generation(self, screen: Screen) -> "Generation":
        """Open the live generation; where it is damaged, the newest sound one, and say so."""
        passed_over: list[StoreError] = []
        generation = self.store.current(
            self.encoder.identity, self.static.revision, report=passed_over.append
        )
        # Only here: where none can be used, the error that is raised says the same.
        for error in passed_over:
            screen.warn(reason(str(error), self.language))
        return generation

    def build(self, paths: Sequence[Path], screen: Screen, texts: CollectionTexts) -> "BuildReport":
        """Build a generation from files and folders; it is the live one from then on."""
        with screen.progress(texts) as progress:
            return self.indexer(progress).build_paths(paths)

    def indexer(self, progress: "Progress", gate: "Gate | None" = None) -> "Indexer":
        """Return what changes the index, and tells `progress` how far it is."""
        from index.build import Indexer

        return Indexer(self.store, self.encoder, self.static, progress, gate)


def open_parts(settings: "Settings") -> Parts:
    """Open the encoders and name the store.

    Raises:
        EncoderError: A model cannot be read.
    """
    from index.encoder import open_encoder
    from index.static import StaticModel
    from index.store import Store

    static = StaticModel.open()
    encoder = open_encoder(settings.encoder, static, settings.encoder_revision)
    store = Store(settings.data_dir, most_sentences=settings.most_sentences)
    return Parts(store, encoder, static, spoken(settings.language))


def default_sources(settings: "Settings") -> Sequence[Path]:
    """Return what an index is built from where no paths are named."""
    from index.sources import sample_folder

    if settings.sources:
        return settings.sources
    return sorted(sample_folder().glob("*.txt"))


def build_first(settings: "Settings", parts: Parts, screen: Screen) -> None:
    """Build the first index, from what the settings name or from the sample collection, and say so.

    The sample is for the data directory of the settings alone: who names another one on the command line
    means a collection that is there, and would take answers from the sample for its own.

    Raises:
        NoGeneration: There is nothing to build it from.
    """
    if settings.is_data_dir_named and not settings.sources:
        raise NoGeneration(
            f"{settings.data_dir} holds no index yet; run `trichdan index build` with your documents."
        )
    texts = collection_texts(spoken(settings.language))
    screen.say(texts.first(settings.data_dir, ", ".join(map(str, settings.sources)) or texts.sample))
    parts.build(default_sources(settings), screen, texts)
