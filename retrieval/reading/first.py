"""The first candidates of a ranking, read: their order, their probabilities, the words that answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.generation.corpus import Corpus
from retrieval.question import Question
from retrieval.ranking.explanation import BIAS, Contribution, contributions
from retrieval.ranking.ranker import Matrix
from retrieval.ranking.ranking import Ranking
from retrieval.reading.decision import DECIDED, Decision, Evidence, decided_features
from retrieval.reading.reader import READ, Reader, Reading, passage
from retrieval.reading.typed import Holding, holdings, typed

LOOKED = 20
"""Of so many candidates those are read that promise most."""
PROMISE = 2.0
"""What it counts there, beside the ranker's score, that a sentence holds what is asked for."""
_OF_COUNTRY = DECIDED.index("of_country")


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
    reader: Reader, generation: Corpus, question: Question, ranking: Ranking, most: int = READ
) -> ReadRanking:
    """Read those of the first groups that promise most, at most so many, and decide of them.

    Ranker, reader and the kind of thing that is asked for decide together of order and probability. What was
    not read keeps its order and is never more probable than what was.
    """
    looked = LOOKED if question.wanted else most  # without a kind that is wanted the first are read
    passages = [passage(generation, group[0]) for group in ranking.groups[:looked]]
    held = holdings(question, [each.text for each in passages])
    chosen = promising(ranking, held, most)
    readings = reader.read(question.text, [passages[place] for place in chosen])
    evidence = gathered(ranking, held, chosen, readings)
    decision = reader.decision
    together = decision.together(evidence)
    order: list[int] = np.argsort(-together, kind="stable").tolist()  # equal ones keep their order
    decided = decided_features(evidence, together)[order]
    places = [chosen[place] for place in order]
    others = sorted(set(range(len(ranking.groups))) - set(places))
    probabilities = np.concatenate([decision.probability(decided), ranking.probabilities[others]])
    places_of_all = (*places, *others)
    return ReadRanking(
        groups=tuple(ranking.groups[place] for place in places_of_all),
        features=ranking.features,
        scores=ranking.scores,
        probabilities=np.minimum.accumulate(probabilities),
        places=tuple(ranking.places[place] for place in places_of_all),
        readings=tuple(readings[place] for place in order),
        texts=tuple(passages[place].text for place in places),
        decided=decided,
        decision=decision,
    )


def promising(ranking: Ranking, held: Sequence[Holding], most: int = READ) -> list[int]:
    """Return the places to read, ascending: the best by score and by whether they hold what is asked for.

    Args:
        ranking: The candidates of a question.
        held: What the sentences of the first groups hold.
        most: So many at most.
    """
    kinds = np.array([each.kind for each in held], dtype=np.float32)
    promise = ranking.scores[: len(held)] + PROMISE * kinds
    best: list[int] = np.argsort(-promise, kind="stable")[:most].tolist()
    return sorted(best)


def gathered(
    ranking: Ranking, held: Sequence[Holding], places: Sequence[int], readings: Sequence[Reading]
) -> Evidence:
    """Return what is known of the groups that were read: those at some places of a ranking, ascending."""
    chosen = list(places)
    return Evidence(
        ranking.features[chosen],
        ranking.scores[chosen],
        ranking.probabilities[chosen],
        np.array([reading.answers for reading in readings], dtype=np.float32),
        typed([held[place] for place in chosen], [reading.words for reading in readings]),
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
    if ranking.decided[place, _OF_COUNTRY] < 0:  # they answer what was not asked
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
