"""The first candidates of a ranking, read: their order, their probabilities, the words that answer."""

from dataclasses import dataclass

import numpy as np

from index.generation import Generation
from retrieval.ranking.explanation import BIAS, Contribution, contributions
from retrieval.ranking.ranker import Matrix
from retrieval.ranking.ranking import Ranking
from retrieval.reading.decision import DECIDED, Decision, decided_features
from retrieval.reading.reader import READ, Reader, Reading, passage


@dataclass(frozen=True, slots=True)
class ReadRanking(Ranking):
    """A ranking whose first groups were read.

    Attributes:
        readings: What the reader says of the first groups, in their order.
        texts: Their sentences.
        decided: What made their probabilities, float32 (readings, len(DECIDED)).
        decision: What made probabilities of that.
    """

    readings: tuple[Reading, ...]
    texts: tuple[str, ...]
    decided: Matrix
    decision: Decision


def read_first(
    reader: Reader, generation: Generation, question: str, ranking: Ranking, most: int = READ
) -> ReadRanking:
    """Read the first groups, at most so many; ranker and reader decide together of order and probability.

    What was not read keeps its place and is never more probable than what was.
    """
    passages = [passage(generation, group[0]) for group in ranking.groups[:most]]
    readings, count = reader.read(question, passages), len(passages)
    answers = np.array([reading.answers for reading in readings], dtype=np.float32)
    scores, decision = ranking.scores[:count], reader.decision
    order: list[int] = decision.order(scores, answers).tolist()
    decided = decided_features(
        decision.weight, ranking.features[:count], scores, ranking.probabilities[:count], answers
    )[order]
    probabilities = np.concatenate([decision.probability(decided), ranking.probabilities[count:]])
    places = (*order, *ranking.places[count:])
    return ReadRanking(
        groups=tuple(ranking.groups[place] for place in places),
        features=ranking.features,
        scores=ranking.scores,
        probabilities=np.minimum.accumulate(probabilities),
        places=places,
        readings=tuple(readings[place] for place in order),
        texts=tuple(passages[place].text for place in order),
        decided=decided,
        decision=decision,
    )


def marked_words(ranking: Ranking, place: int, text: str) -> tuple[int, int] | None:
    """Return the range of the words that answer in what is shown of a group; None where that is not sure.

    Args:
        ranking: The ranking; where nothing was read, nothing is sure.
        place: Of the group.
        text: What is shown: the sentence that was read, or the same as an earlier document has it.
    """
    if not isinstance(ranking, ReadRanking) or place >= len(ranking.readings):
        return None
    reading = ranking.readings[place]
    if reading.words is None or reading.certainty < ranking.decision.marked:
        return None
    start, end = reading.words
    words = ranking.texts[place][start:end]
    start = start if text[start:end] == words else text.find(words)
    return (start, start + len(words)) if start >= 0 else None


def explained(ranking: Ranking, place: int) -> tuple[Contribution, ...]:
    """Return what the log-odds of a sentence that was read are made of; empty for one that was not."""
    if not isinstance(ranking, ReadRanking) or place >= len(ranking.readings):
        return ()
    decision = ranking.decision
    terms = contributions(DECIDED, ranking.decided[place], decision.calibration)
    return (*terms, Contribution(BIAS, 1.0, decision.bias))
