"""The opened collection as the front end sees it, and its replacement by a newer one while people ask."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.citation import opening
from bot.telegram.collection.links import Links, digest, permalink, read
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from index.errors import MisquotedError, TrichDanError
from retrieval.records import Answer, Quote, Status

if TYPE_CHECKING:
    from index.generation import Corpus
    from retrieval.answer import Answerer

_LOG: Final = logging.getLogger(__name__)
_WITHHELD: Final = "a quote is withheld: %s"


class NotYet(Exception):  # noqa: N818 - says what is the case
    """The links of a generation that has just been opened are still being indexed."""


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """One generation, opened and ready to answer.

    Attributes:
        answerer: Answers from it.
        generation: The generation.
        encoder: What the encoder is called, for people.
        is_sample: Whether it is the sample that comes with the program.
        links: Where quotes are looked up by their links; empty until they have been indexed.

    """

    answerer: "Answerer"
    generation: "Corpus"
    encoder: str
    is_sample: bool = False
    links: list[Links] = field(default_factory=list, compare=False)

    @property
    def tag(self) -> str:
        """A short name of the generation, for buttons."""
        return digest(self.generation.name)[:8]

    def opening(self, document_id: str) -> str | None:
        """Return the first words of a document, in quotation marks."""
        try:
            document = self.generation.document(document_id)
        except (KeyError, IndexError, TrichDanError):
            return None
        words = opening(document.text)
        return words and f"“{words.strip('“”')}”"

    def permalink(self, quote: Quote) -> str:
        """Return the start parameter that leads to a quote: its row, and what it is in any generation."""
        return permalink(quote.row, quote.document, quote.text)

    def index_links(self) -> None:
        """Make every quote easy to find by its link; goes once through the collection, so in a worker."""
        if self.links:
            return
        rows = range(self.generation.sentences)
        sentences = ((each.document, each.text) for each in map(self.generation.sentence, rows))
        self.links.append(Links(sentences, len(rows)))

    def follow(self, parameter: str) -> Quote | None:
        """Return the quote that a start parameter leads to; None if the collection no longer has it.

        A link of an earlier generation is looked up among `links`.

        Raises:
            NotYet: That cannot be told before `index_links` has ended.
        """
        wanted = read(parameter)
        if wanted is None:
            return None
        if self._is_there(wanted.row, wanted.digest):
            return self.quote(wanted.row)
        if not self.links:
            raise NotYet
        rows = self.links[0].rows(wanted.digest)
        return next((self.quote(row) for row in rows if self._is_there(row, wanted.digest)), None)

    def _is_there(self, row: int, wanted: str) -> bool:
        if not 0 <= row < self.generation.sentences:
            return False
        sentence = self.generation.sentence(row)
        return digest(sentence.document, sentence.text) == wanted

    def quote(self, row: int) -> Quote | None:
        """Return one sentence with its citation; None where there is none that its document has."""
        if not 0 <= row < self.generation.sentences:
            return None
        try:
            return self.answerer.quote(row)
        except MisquotedError as error:
            _LOG.error(_WITHHELD, translate(error, ENGLISH))
            return None


def given(answer: Answer) -> Answer:
    """Return an answer, after telling the operator which quotes are withheld and what to run.

    Raises:
        MisquotedError: Sentences answer, and none of them can be given.
    """
    for message in answer.misquoted:
        _LOG.error(_WITHHELD, translate(message, ENGLISH))
    if answer.status is Status.FAULT:
        raise MisquotedError.of(answer.misquoted[0])
    return answer


@dataclass(slots=True)
class _Held:
    opened: OpenGeneration
    readers: int = 0
    retired: bool = False


@dataclass(slots=True)
class LiveGeneration:
    """The generation that answers; a replaced one is closed after its last reader. Thread-safe.

    Attributes:
        open: Opens the current generation, verified; raises a `TrichDanError`.
        current: Name of the generation that is to be current, cheap to ask; None when there is none.

    """

    open: Callable[[], OpenGeneration]
    current: Callable[[], str | None]
    _held: _Held | None = None
    _tried: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self) -> None:
        """Open the first generation."""
        self._tried = self.current()
        self._held = _Held(self.open())

    @property
    def loaded(self) -> bool:
        """Whether there is anything to ask."""
        return self._held is not None

    @contextlib.contextmanager
    def reading(self) -> Iterator[OpenGeneration]:
        """Lend the live generation; it stays open until it is given back."""
        with self._lock:
            held = self._held
            if held is None:
                raise TrichDanError("No collection is open.")
            held.readers += 1
        try:
            yield held.opened
        finally:
            with self._lock:
                held.readers -= 1
                last = held.retired and held.readers == 0
            if last:
                held.opened.generation.close()

    def refresh(self, *, again: bool = False, anew: bool = False) -> bool:
        """Replace it if another generation is current; True if it was replaced.

        One that could not be opened is not tried `again` unless that is asked for; `anew` also opens the one
        that answers already. Raises a `TrichDanError` when it cannot be opened; the old one stays.
        """
        name = self.current()
        held = self._held
        if held is None or name is None or (name == held.opened.generation.name and not anew):
            return False
        if name == self._tried and not (again or anew):
            return False
        self._tried = name
        fresh = _Held(self.open())
        same = fresh.opened.generation.name == held.opened.generation.name
        if same and not anew:  # the store fell back to the one we have
            fresh.opened.generation.close()
            return False
        fresh.opened.links.extend(held.opened.links if same else ())
        with self._lock:
            self._held, held.retired = fresh, True
            idle = held.readers == 0
        if idle:
            held.opened.generation.close()
        _LOG.info("now answering from generation %s", fresh.opened.generation.name)
        return not same

    def close(self) -> None:
        """Let go of the generation; a reader that is left behind keeps it open until the process ends."""
        with self._lock:
            held, self._held = self._held, None
            idle = held is not None and held.readers == 0
        if held is not None and idle:
            held.opened.generation.close()
