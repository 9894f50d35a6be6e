"""`python -m training.decision --corpora DIR --work DIR`: fits the decision to the bundled reader.

With `--reader off` it fits the decision of a program that reads nothing, to ranker and kinds only.

It learns from questions that neither the reader nor the order of the candidates learned from: two in three
answerable, the others mostly about what the collection does tell of (`training/prior.py`). The work folder
keeps, for each reader, what is put up for them and what was read of it: to fit again takes seconds. Another
encoder or ranker needs an empty one.
"""

import argparse
import hashlib
import time
from collections.abc import Iterator
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from index.encoders import BundledEncoder, StaticModel
from retrieval.answer import Answerer
from retrieval.question import QuestionRefused, read_question
from retrieval.ranking import Ranker
from retrieval.ranking.ranker import Matrix
from retrieval.ranking.ranking import Ranking
from retrieval.reading.decision import DECIDED, Decision, Evidence, decided_features
from retrieval.reading.first import LOOKED, gathered, promising
from retrieval.reading.network import BUNDLED, ReaderNetwork
from retrieval.reading.pairs import Passage
from retrieval.reading.reader import Reader, Reading, passage, readings_of
from retrieval.reading.typed import TYPED, Holding, holdings
from training.kept_rows import read_rows, write_rows
from training.offices import office_questions
from training.precision import precision_thresholds
from training.prior import prior_weights
from training.reader_groups import held_out_collections, human, judged
from training.situations import Situation, opened, right_rows
from training.written import HOME

UNREAD = Path(__file__).parent.parent / "retrieval" / "reading" / "unread.json"
SEED = 7
MOST = 450
"""Questions of one collection."""
WEIGHT = 1.5
"""What the reader's log-odds count in the order beside the ranker's score: the best of .5, 1, 1.5, 2 and 3 on
the development set. What the kinds of things count is fitted."""
SHRINKING = 0.01
"""How much the squares of those weights cost."""
MARKED = 0.25
PLACES = (1.0, 0.3, 0.3)
"""What the first places count; the first is what is mostly shown."""
WRITTEN, FILES = "ranker news", ("vi.viquad1-dev-test",)
"""Of the written questions those to news; of what people wrote, ViQuAD 1.0. With those to Wikipedia and with
the unanswerable ones of ViQuAD 2.0 what was said was up to .10 too low, on the development set and ViQuAD."""
OFFICES = 0.5
"""What a question for the holder of an office counts: half of one that was written."""
JUDGED = 4.0
"""So much more counts a question that was judged over a large collection, as people ask them."""
ANSWERED = 0.72
"""Share of the answerable questions that is answered at the default threshold: .75 on the development set."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """A question with what the ranker puts up for it.

    Attributes:
        question: As typed.
        passages: Of the first groups.
        features: Of the same, as of `Ranking`; so are `scores` and `probabilities`.
        right: Which of them answer.
        answerable: Whether the collection answers it.
        weight: What it counts.
    """

    question: str
    passages: list[tuple[str, str, str]]
    features: list[list[float]]
    scores: list[float]
    probabilities: list[float]
    right: list[bool]
    answerable: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """A question whose first candidates were read.

    Attributes:
        evidence: What is known of them.
        right: bool (candidates,).
        answerable: Whether the collection answers it.
        weight: What it counts.
    """

    evidence: Evidence
    right: npt.NDArray[np.bool_]
    answerable: bool
    weight: float


def main() -> None:
    """Fit the decision and write it beside the reader."""
    parser = argparse.ArgumentParser(prog="python -m training.decision", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="where candidates and readings are kept")
    parser.add_argument("--model", type=Path, default=BUNDLED)
    parser.add_argument("--reader", choices=("on", "off"), default="on")
    options = parser.parse_args()
    started = time.monotonic()
    network, revision, file = None, "unread", UNREAD
    if options.reader == "on":
        network, file = ReaderNetwork.open(options.model), options.model / "decision.json"
        revision = hashlib.sha256((options.model / "revision.json").read_bytes()).hexdigest()[:12]
    found: list[Example] = []
    for path in _kept_candidates(options.corpora, options.work / revision, network):
        found += _examples(path, path.with_suffix(".read.jsonl"), network)
        print(f"[{time.monotonic() - started:5.0f} s] {path.stem}: {len(found)}", flush=True)  # noqa: T201
    decision = fitted(found)
    file.write_text(decision.to_json() + "\n", "utf-8")
    print(decision.to_json())  # noqa: T201 - a report


def _kept_candidates(folder: Path, work: Path, network: ReaderNetwork | None) -> list[Path]:
    """Return a file of candidates for each collection; what was made before is taken as it is."""
    work.mkdir(parents=True, exist_ok=True)
    listed = work / "candidates.txt"
    if not listed.exists():
        names = []
        for number, (situation, weight) in enumerate(_situations(folder)):
            path = work / f"candidates-{number}.jsonl"
            if not path.exists():
                write_rows(path, map(asdict, candidates(situation, weight, network)))
            names.append(path.name)
        listed.write_text("\n".join(names) + "\n", "utf-8")
    return [work / name for name in listed.read_text("utf-8").split()]


def _situations(folder: Path) -> Iterator[tuple[Situation, float]]:
    random_ = np.random.default_rng(SEED)
    for situation in held_out_collections(folder):
        if situation.name.startswith(WRITTEN):
            yield _some(situation, random_), 1.0
            yield _some(situation.asking(HOME), random_).without_accents(), 1.0
            yield office_questions(situation, SEED)[0], OFFICES
    for name in FILES:
        for situation, _ in human(folder, name, SEED, held_out=True):
            yield _some(situation, random_), 1.0
    yield judged(folder, held_out=True)[0], JUDGED


def _some(situation: Situation, random_: np.random.Generator) -> Situation:
    if len(situation.asked) <= MOST:
        return situation
    chosen = sorted(random_.choice(len(situation.asked), MOST, replace=False).tolist())
    return replace(situation, asked=tuple(situation.asked[place] for place in chosen))


def candidates(situation: Situation, weight: float, network: ReaderNetwork | None) -> Iterator[Candidates]:
    """Yield the questions of a collection with what the program puts up to be read."""
    blank = Decision(np.zeros(1 + len(TYPED), np.float32), np.zeros(len(DECIDED), np.float32), 0, 0, (), 0)
    static = StaticModel.open()
    encoder = BundledEncoder(static)
    with opened(situation, encoder, static) as generation:
        reader = Reader(network, blank)
        answerer = Answerer(generation, encoder, static, Ranker.bundled(), reader=reader)
        for asked in situation.asked:
            try:
                ranking = answerer.unread(read_question(asked.question))
            except QuestionRefused:
                continue
            passages = [passage(generation, group[0]) for group in ranking.groups[:LOOKED]]
            texts = {generation.sentence(row).text for row in right_rows(asked, generation)}
            if passages:
                yield Candidates(
                    asked.question,
                    [(each.title, each.before, each.text) for each in passages],
                    ranking.features[: len(passages)].tolist(),
                    ranking.scores[: len(passages)].tolist(),
                    ranking.probabilities[: len(passages)].tolist(),
                    [each.text in texts for each in passages],
                    bool(asked.places),
                    weight,
                )


def _examples(path: Path, readings: Path, network: ReaderNetwork | None) -> Iterator[Example]:
    """Yield the questions of a file as examples; what the reader has said of them is read from `readings`."""
    if not readings.exists():
        write_rows(readings, (_read(Candidates(**row), network) for row in read_rows(path)))
    for row, said in zip(read_rows(path), read_rows(readings), strict=True):
        each = Candidates(**row)
        places = said["places"]
        found = [Reading(*reading) for reading in said["readings"]]
        yield Example(
            gathered(_ranking(each), _held(each), places, found),
            np.array(each.right)[places],
            each.answerable,
            each.weight,
        )


def _read(each: Candidates, network: ReaderNetwork | None) -> dict[str, object]:
    places = promising(_ranking(each), _held(each))
    passages = [Passage(*each.passages[place]) for place in places]
    readings = readings_of(network, read_question(each.question).text, passages)
    return {"places": places, "readings": [astuple(reading) for reading in readings]}


def _held(each: Candidates) -> list[Holding]:
    return holdings(read_question(each.question), [text for _, _, text in each.passages])


def _ranking(each: Candidates) -> Ranking:
    places = tuple(range(len(each.passages)))
    return Ranking(
        tuple((place,) for place in places),
        np.array(each.features, dtype=np.float32),
        np.array(each.scores, dtype=np.float32),
        np.array(each.probabilities, dtype=np.float32),
        places,
    )


def fitted(found: list[Example]) -> Decision:
    """Return the decision with all its weights, threshold and precisions."""
    prior = prior_weights([example.answerable for example in found])
    prior *= np.array([example.weight for example in found])
    ordering = np.array([WEIGHT, *kind_weights(found)], dtype=np.float32)
    decision = Decision(ordering, np.zeros(len(DECIDED), dtype=np.float32), 0.0, 0.0, (), MARKED)
    ordered = [_ordered(decision, example) for example in found]
    count = len(PLACES)
    x = np.concatenate([decided[:count] for decided, _ in ordered]).astype(np.float64)
    y = np.concatenate([right[:count] for _, right in ordered])
    w = np.concatenate(
        [p * np.array(PLACES[: len(right)]) for p, (_, right) in zip(prior, ordered, strict=True)]
    )
    middle, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(max_iter=1000).fit((x - middle) / deviation, y, sample_weight=w / w.mean())
    weights = model.coef_[0] / deviation
    bias = float(model.intercept_[0] - (middle * weights).sum())
    decision = replace(decision, calibration=weights.astype(np.float32), bias=bias)
    firsts = decision.probability(np.stack([decided[0] for decided, _ in ordered])).astype(np.float64)
    first_right = np.array([right[0] for _, right in ordered])
    answerable = np.array([example.answerable for example in found])
    return replace(
        decision,
        threshold=round(float(np.quantile(firsts[answerable], 1 - ANSWERED)), 2),
        precisions=precision_thresholds(firsts, first_right, prior),
    )


def _ordered(decision: Decision, example: Example) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    together = decision.together(example.evidence)
    order = np.argsort(-together, kind="stable")
    return decided_features(example.evidence, together)[order], example.right[order]


def kind_weights(found: list[Example]) -> list[float]:
    """Return what the columns of `TYPED` count in the order, by the likelihood of the right sentences.

    The ranker's score and the reader's log-odds keep their ratio; with the rest they make the softmax whose
    temperature is found together with the weights.
    """
    told = [example for example in found if example.right.any() and not example.right.all()]
    data = [
        (
            np.column_stack(
                [each.evidence.scores + WEIGHT * each.evidence.answers, each.evidence.kinds]
            ).astype(np.float64),
            each.right,
            each.weight,
        )
        for each in told
    ]
    total = sum(weight for *_, weight in data)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        summed, slope = 0.0, np.zeros(len(weights))
        for x, right, weight in data:
            logits = x @ weights
            shares = np.exp(logits - np.logaddexp.reduce(logits))
            share = shares[right].sum()
            summed -= weight * np.log(share)
            slope += weight * (shares - np.where(right, shares / share, 0.0)) @ x
        kinds = weights.copy()
        kinds[0] = 0.0
        return summed / total + SHRINKING * float(kinds @ kinds), slope / total + 2 * SHRINKING * kinds

    best = minimize(loss, np.array([1.0, *[0.0] * len(TYPED)]), jac=True, method="L-BFGS-B").x
    return [float(weight) for weight in best[1:] / best[0]]


if __name__ == "__main__":
    main()
