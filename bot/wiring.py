"""Settings → store, encoders and answerer; everything heavy is imported when it is wanted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bot.citation import opening
from bot.system.system_language import spoken
from bot.terminal.open_collection import OpenCollection
from bot.terminal.screen import Screen
from bot.texts.collection import CollectionTexts, collection_texts
from bot.texts.messages import translate
from index.errors import BUILD_AGAIN, NoGeneration, SettingsError, StoreError

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.encoders import Encoder, StaticModel
    from index.generation import Generation
    from index.generation.corpus import Corpus
    from index.indexer import BuildReport, Gate, Indexer
    from index.progress import Progress
    from index.remote.remote_generation import RemoteGeneration
    from index.remote.remote_store import RemoteStore
    from index.sources import Options
    from index.store import Store
    from retrieval.answer import Answerer
    from retrieval.ranking import Ranker
    from retrieval.ranking.reranker import Reranker
    from retrieval.reading import Reader
    from retrieval.reading.decision import Decision


@dataclass(frozen=True, slots=True)
class Judge:
    """What decides which sentences answer.

    Attributes:
        ranker: Scores and probabilities.
        threshold: Probability from which on a sentence is an answer.
        reranker: Orders the first candidates anew; None for none.
        reader: Reads the first candidates, and decides with the ranker; None for none.
    """

    ranker: "Ranker"
    threshold: float
    reranker: "Reranker | None"
    reader: "Reader | None"


def open_judge(settings: "Settings") -> Judge:
    """Open the ranker, and the reader or the cross-encoder, and find the threshold.

    Raises:
        SettingsError: The file of the ranker cannot be used, or the precision that is wanted is out of reach.
        EncoderError: The cross-encoder cannot be used.
        ReaderError: The reader cannot be used.
    """
    from retrieval.ranking import Ranker

    ranker = Ranker.open(settings.ranker) if settings.ranker else Ranker.bundled()
    reader = _reader(settings)
    threshold = _threshold(settings, reader.decision if reader else ranker)
    if settings.cross_encoder is None:
        return Judge(ranker, threshold, None, reader)
    # Costs seconds and hundreds of megabytes: only for those who ask for such a model.
    from index.encoders.hub import CrossEncoder

    return Judge(ranker, threshold, CrossEncoder.open(settings.cross_encoder), None)


def _reader(settings: "Settings") -> "Reader | None":
    """Open the reader; its decision was fitted to the bundled ranker, and a cross-encoder takes its place."""
    if settings.cross_encoder or settings.ranker:
        return None
    from retrieval.reading import Reader

    return Reader.without_network() if settings.reader == "off" else Reader.open()


def _threshold(settings: "Settings", decides: "Ranker | Decision") -> float:
    if settings.precision is None:
        return decides.threshold if settings.threshold is None else settings.threshold
    from retrieval.ranking.ranker import PrecisionUnreached

    if settings.threshold is not None:
        raise SettingsError(
            "TRICHDAN_PRECISION and TRICHDAN_THRESHOLD are both set; keep one, since each decides the other."
        )
    try:
        return decides.threshold_for(settings.precision)
    except PrecisionUnreached as error:
        wanted, most = f"{settings.precision:g}", error.highest
    if most is None:
        raise SettingsError(
            "TRICHDAN_PRECISION={name} is out of reach: the ranker knows of none.", name=wanted
        )
    raise SettingsError(
        "TRICHDAN_PRECISION={name} is out of reach: the ranker reaches {most} at most.",
        name=wanted,
        most=f"{most:g}",
    )


_PORTRAYED = 200


def open_answerers(settings: "Settings", parts: "Parts") -> "Callable[[Corpus], Answerer]":
    """Open what decides, once, and return what answers from a generation, as the settings want it.

    Raises:
        SettingsError: The ranker, the threshold or the synonyms cannot be used.
        EncoderError: The cross-encoder cannot be used.
    """
    from retrieval.answer import Answerer
    from retrieval.question.synonyms import load

    judge, synonyms = open_judge(settings), load(settings.synonyms_file)

    def answerer_of(generation: "Corpus") -> Answerer:
        return Answerer(
            generation,
            parts.encoder,
            parts.static,
            judge.ranker,
            judge.threshold,
            judge.reranker,
            synonyms,
            judge.reader,
        )

    return answerer_of


@contextmanager
def open_collection(settings: "Settings", screen: Screen) -> Iterator[OpenCollection]:
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
        yield OpenCollection(
            answerer=answerer_of(generation),
            first_words=lambda document: opening(generation.document(document).text),
            documents=generation.documents,
            sentences=generation.sentences,
            newest=generation.newest,
            names=lambda: _names(generation),
            is_sample=generation.is_sample,
        )


def _names(generation: "Corpus") -> frozenset[str]:
    """Return the words that the first documents write with a capital inside sentences."""
    from bot.about import subject

    return subject(document.text for document in islice(generation.iter_documents(), _PORTRAYED)).words


@dataclass(frozen=True, slots=True)
class Parts:
    """What the settings name: where generations are kept and asked, models, a language."""

    store: "Store"
    encoder: "Encoder"
    static: "StaticModel"
    language: str = "en"
    text_column: str | None = None
    remote: "RemoteStore | None" = None

    def generation(self, screen: Screen) -> "Generation | RemoteGeneration":
        """Open the live generation; where it is damaged, the newest sound one, and say so."""
        passed_over: list[StoreError] = []
        generation = (self.remote or self.store).current(
            self.encoder.identity, self.static.revision, report=passed_over.append
        )
        # Only here: where none can be used, the error that is raised says the same.
        for error in passed_over:
            screen.warn(translate(error, self.language))
        return generation

    def build(self, paths: Sequence[Path], screen: Screen, texts: CollectionTexts) -> "BuildReport":
        """Build a generation from files and folders, from none the sample; it is live from then on."""
        with screen.progress(texts) as progress:
            indexer = self.indexer(progress)
            return indexer.build_paths(paths) if paths else indexer.build_sample()

    def indexer(self, progress: "Progress", gate: "Gate | None" = None) -> "Indexer":
        """Return what changes the index, and tells `progress` how far it is."""
        from index.indexer import Indexer

        return Indexer(
            self.store, self.encoder, self.static, progress, gate, options=reading_options(self.text_column)
        )


def open_parts(settings: "Settings") -> Parts:
    """Open the encoders and name the store.

    Raises:
        EncoderError: A model cannot be read.
    """
    from index.encoders import StaticModel, open_encoder
    from index.store import Store

    static = StaticModel.open()
    encoder = open_encoder(settings.encoder, static, settings.encoder_revision)
    store = Store(settings.data_dir, most_sentences=settings.most_sentences, exact_up_to=settings.exact_up_to)
    if address := settings.address():
        from index.remote.remote_store import RemoteStore
    remote = RemoteStore(address) if address else None
    return Parts(store, encoder, static, spoken(settings.language), settings.text_column, remote)


def reading_options(text_column: str | None) -> "Options":
    """Return how files are read, where a column of tables was named that holds the text."""
    from index.sources import Options

    return Options(columns={text_column: "text"} if text_column else {})


def bring_up_to_date(parts: Parts, screen: Screen) -> None:
    """Make an index that an earlier version made anew, and say so; the old one stays until the new is sound.

    Raises:
        StoreError: It cannot be read, or the new one cannot be written.
    """
    if parts.remote is None and parts.store.is_outdated(parts.encoder.identity, parts.static.revision):
        texts = collection_texts(parts.language)
        screen.say(texts.upgrading)
        with screen.progress(texts) as progress:
            screen.say(texts.changed(parts.indexer(progress).upgrade()))


def build_first(settings: "Settings", parts: Parts, screen: Screen) -> None:
    """Build the first index, from what the settings name or from the sample collection, and say so.

    The sample is for the data directory of the settings alone: who names another one on the command line
    means a collection that is there, and would take answers from the sample for its own.

    Raises:
        NoGeneration: There is nothing to build it from.
    """
    if settings.collection:
        raise NoGeneration("Nothing has been pushed to TRICHDAN_COLLECTION yet; run `trichdan index push`.")
    if not (settings.sources or settings.takes_sample()):
        raise NoGeneration("{name} holds no index yet; {advice}.", name=settings.data_dir, advice=BUILD_AGAIN)
    texts = collection_texts(spoken(settings.language))
    screen.say(texts.first(settings.data_dir, ", ".join(map(str, settings.sources)) or texts.sample))
    parts.build(settings.sources, screen, texts)
