"""`python -m training.decision --corpora DIR`: fits the decision of ranker and reader to the bundled reader.

It learns from questions that neither the reader nor the order of the candidates learned from: two in three
answerable, the others mostly about what the collection does tell of (`training/prior.py`).
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from index.encoders import BundledEncoder, StaticModel
from retrieval.answer import Answerer
from retrieval.question import QuestionRefused, read_question
from retrieval.ranking import Ranker
from retrieval.ranking.ranker import Matrix
from retrieval.reading import Reader
from retrieval.reading.decision import DECIDED, Decision
from retrieval.reading.first import ReadRanking
from retrieval.reading.network import BUNDLED, ReaderNetwork
from training.precision import precision_thresholds
from training.prior import prior_weights
from training.reader_groups import held_out_collections, human, judged
from training.situations import Situation, opened, right_rows
from training.written import HOME

SEED = 7
MOST = 450
"""Questions of one collection."""
WEIGHT = 1.5
"""What the reader's log-odds count in the order: the best of .5, 1, 1.5, 2 and 3 on the development set."""
MARKED = 0.25
PLACES = (1.0, 0.3, 0.3)
"""What the first places count; the first is what is mostly shown."""
FILES = ("vi.viquad1-dev-test", "vi.viquad2-part", "vi.mlqa-dev")
JUDGED = 4.0
"""So much more counts a question that was judged over a large collection, as people ask them."""
ANSWERED = 0.75
"""Share of the answerable questions that are answered at the default threshold."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question whose first candidates were read.

    Attributes:
        decided: float32 (places, len(DECIDED)), best first.
        right: bool (places,).
        answerable: Whether the collection answers it.
        weight: What it counts.
    """

    decided: Matrix
    right: npt.NDArray[np.bool_]
    answerable: bool
    weight: float


def main() -> None:
    """Fit the decision and write it beside the reader."""
    parser = argparse.ArgumentParser(prog="python -m training.decision", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=BUNDLED)
    options = parser.parse_args()
    started = time.monotonic()
    blank = Decision(WEIGHT, np.zeros(len(DECIDED), dtype=np.float32), 0.0, 0.0, (), MARKED)
    reader = Reader(ReaderNetwork.open(options.model), blank)
    found: list[Example] = []
    for situation, weight in _situations(options.corpora):
        found += examples(situation, reader, weight)
        print(f"[{time.monotonic() - started:5.0f} s] {situation.name}: {len(found)}", flush=True)  # noqa: T201
    decision = fitted(blank, found)
    (options.model / "decision.json").write_text(decision.to_json() + "\n", "utf-8")
    print(f"threshold {decision.threshold:.3f}; precisions {decision.precisions}")  # noqa: T201 - a report


def _situations(folder: Path) -> Iterator[tuple[Situation, float]]:
    random_ = np.random.default_rng(SEED)
    for situation in held_out_collections(folder):
        yield _some(situation, random_), 1.0
        yield _some(situation.asking(HOME), random_).without_accents(), 1.0
    for name in FILES:
        for situation, _ in human(folder, name, SEED, held_out=True):
            yield _some(situation, random_), 1.0
    yield judged(folder, held_out=True)[0], JUDGED


def _some(situation: Situation, random_: np.random.Generator) -> Situation:
    if len(situation.asked) <= MOST:
        return situation
    chosen = sorted(random_.choice(len(situation.asked), MOST, replace=False).tolist())
    return replace(situation, asked=tuple(situation.asked[place] for place in chosen))


def examples(situation: Situation, reader: Reader, weight: float) -> Iterator[Example]:
    """Yield the questions of a collection as the program decides them."""
    static = StaticModel.open()
    encoder = BundledEncoder(static)
    with opened(situation, encoder, static) as generation:
        answerer = Answerer(generation, encoder, static, Ranker.bundled(), reader=reader)
        for asked in situation.asked:
            try:
                ranking = answerer.rank(read_question(asked.question))
            except QuestionRefused:
                continue
            if isinstance(ranking, ReadRanking) and len(ranking.readings):
                texts = {generation.sentence(row).text for row in right_rows(asked, generation)}
                right = np.array([text in texts for text in ranking.texts])
                yield Example(ranking.decided, right, bool(asked.places), weight)


def fitted(decision: Decision, found: list[Example]) -> Decision:
    """Return the decision with weights, threshold and precisions."""
    prior = prior_weights([example.answerable for example in found])
    prior *= np.array([example.weight for example in found])
    count = len(PLACES)
    x = np.concatenate([example.decided[:count] for example in found]).astype(np.float64)
    y = np.concatenate([example.right[:count] for example in found])
    w = np.concatenate(
        [p * np.array(PLACES[: len(e.right[:count])]) for p, e in zip(prior, found, strict=True)]
    )
    middle, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(max_iter=1000).fit((x - middle) / deviation, y, sample_weight=w / w.mean())
    weights = model.coef_[0] / deviation
    bias = float(model.intercept_[0] - (middle * weights).sum())
    decision = replace(decision, calibration=weights.astype(np.float32), bias=bias)
    firsts = decision.probability(np.stack([example.decided[0] for example in found])).astype(np.float64)
    right = np.array([example.right[0] for example in found])
    answerable = np.array([example.answerable for example in found])
    return replace(
        decision,
        threshold=round(float(np.quantile(firsts[answerable], 1 - ANSWERED)), 2),
        precisions=precision_thresholds(firsts, right, prior),
    )


if __name__ == "__main__":
    main()
