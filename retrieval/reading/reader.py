"""The reader: reads the first candidates together with the question, and says which words answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index.encoders.base import Floats
from index.generation import DOCUMENT
from index.generation.corpus import Corpus
from retrieval.reading.decision import Decision
from retrieval.reading.network import BUNDLED, Output, ReaderNetwork, unusable
from retrieval.reading.pairs import Passage
from retrieval.reading.question_vector import blended

READ = 10
"""Candidates that are read; of the right sentences that the first stage finds, nearly all are among them."""
FEWEST, SOON = 2, 4
"""So few candidates are read however many questions wait; half as many for each so many that do."""
LONGEST_ANSWER = 32
"""Pieces of the words that answer, at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of one sentence.

    Attributes:
        answers: Log-odds that it answers, before calibration.
        leans: Log-odds that it needs the sentence before to be understood.
        words: Code points of the sentence that hold the answer; None where no words stand out.
        certainty: Probability of these words among all words of the sentence; 0 without any.
    """

    answers: float
    leans: float
    words: tuple[int, int] | None
    certainty: float


UNREAD = Reading(0.0, 0.0, None, 0.0)
"""What is said of a sentence that nobody reads."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The network and what is made of what it says; safe to use from any number of threads.

    Attributes:
        network: None where the candidates are only told apart by what kind of thing they hold.
        decision: Fitted to this network, or to none.
    """

    network: ReaderNetwork | None
    decision: Decision

    @classmethod
    def open(cls, folder: Path = BUNDLED) -> Self:
        """Open a model folder.

        Raises:
            ReaderError: A file is missing or damaged.
        """
        network = ReaderNetwork.open(folder)
        try:
            decision = Decision.from_json((folder / "decision.json").read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise unusable(folder, error) from error
        return cls(network, decision)

    @classmethod
    def without_network(cls) -> Self:
        """Return what decides without reading."""
        text = resources.files("retrieval.reading").joinpath("unread.json").read_text("utf-8")
        return cls(None, Decision.from_json(text))

    def question_vector(self, question: str, encoded: Floats, encoder: str) -> Floats:
        """Return the unit vector to search with: the encoder's, and beside it what the reader makes of it.

        Args:
            question: The question.
            encoded: The encoder's vector, float32 (dimension,).
            encoder: Its revision; the reader knows its way among the vectors of one encoder only.
        """
        read = self.network.question_vector(question, encoder) if self.network else None
        return encoded if read is None else blended(encoded, read)

    def affordable(self, waiting: int) -> int:
        """Return how many candidates to read while so many other questions wait: fewer, never none."""
        return max(FEWEST, READ // (1 + waiting // SOON)) if self.network else READ

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Read each passage together with the question."""
        return readings_of(self.network, question, passages)


def readings_of(network: ReaderNetwork | None, question: str, passages: Sequence[Passage]) -> list[Reading]:
    """Read each passage together with the question; without a network none of them is read."""
    if network is None:
        return [UNREAD] * len(passages)
    outputs = network.read(question, passages)
    return [
        Reading(output.answers, output.leans, *answer_words(output, each.text))
        for output, each in zip(outputs, passages, strict=True)
    ]


def passage(generation: Corpus, row: int) -> Passage:
    """Return the sentence of a row with its title, behind the nearest heading, and the sentence before."""
    position = int(generation.places[row, DOCUMENT])
    before = generation.sentence(row - 1).text if row > generation.rows_at(position).start else ""
    document, sentence = generation.document_at(position), generation.sentence(row)
    above = document.said_above(sentence.start, sentence.end)
    titles = dict.fromkeys([*above[-1:], document.title or ""])
    return Passage(". ".join(filter(None, titles)), before, sentence.text)


def answer_words(output: Output, text: str) -> tuple[tuple[int, int] | None, float]:
    """Return the likeliest words and their probability: that of their start times that of their end.

    The first and the last piece are chosen together (Seo et al. 2017, "Bidirectional attention flow").
    """
    if not len(output.starts):
        return None, 0.0
    together = np.triu(np.outer(_softmax(output.starts), _softmax(output.ends)))
    together -= np.triu(together, LONGEST_ANSWER)
    first, last = np.unravel_index(int(together.argmax()), together.shape)
    begin, end = output.offsets[int(first)][0], output.offsets[int(last)][1]
    words = text[begin:end]
    begin, end = begin + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return ((begin, end), float(together[first, last])) if begin < end else (None, 0.0)


def _softmax(logits: Floats) -> npt.NDArray[np.float64]:
    exponents = np.exp(logits.astype(np.float64) - logits.max())
    shares: npt.NDArray[np.float64] = exponents / exponents.sum()
    return shares
