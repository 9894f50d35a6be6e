"""`python -m benchmarks.quality --corpora DIR`: every figure of quality that README states, side by side."""

import argparse
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.measures import area_under_curve, calibration_error, mean_reciprocal_rank, recall_at
from benchmarks.tasks import seeds, xquad_r
from index.encoder import BundledEncoder
from index.static import StaticModel
from retrieval.answer import Answerer
from retrieval.features import Features
from retrieval.question import QuestionRefused, read_question
from retrieval.rank import Ranker
from training.ranker import viquad
from training.situations import Situation, opened, right_rows

SEEDS = Path(__file__).parent.parent / "seeds"
QUESTIONS = ("questions", "questions-hard")
ALONE = {"BM25": "words", "vectors": "dense", "late interaction": "late"}
LANGUAGES = ("de", "es", "ru", "zh", "ar", "el", "hi", "th", "tr")
PARTS = 8
Hits = npt.NDArray[np.bool_]
NO_HITS: Hits = np.zeros(0, dtype=np.bool_)


@dataclass(slots=True)
class Measured:
    """What one kind of question got.

    Attributes:
        ranks: For each system, the rank of the first right sentence of each answerable question.
        best: Probability of the first sentence of each question, and whether it is right.
        unanswerable: Probability of the first sentence of each question that nothing answers.
        milliseconds: Time of each question.
    """

    ranks: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))
    best: list[tuple[float, bool]] = field(default_factory=list)
    unanswerable: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def measure(situation: Situation, static: StaticModel) -> dict[str, Measured]:
    """Ask every question of a situation; return what each kind got."""
    encoder = BundledEncoder(static)
    found: dict[str, Measured] = defaultdict(Measured)
    with opened(situation, encoder, static) as generation:
        answerer = Answerer(generation, encoder, static, Ranker.bundled())
        for asked in situation.asked:
            mine = found[asked.kind]
            started = time.perf_counter()
            try:
                ranking = answerer.rank(read_question(asked.question))
            except QuestionRefused:
                ranking = None
            mine.milliseconds.append((time.perf_counter() - started) * 1000)
            probability = float(ranking.probabilities[0]) if ranking and ranking.groups else 0.0
            if not asked.places:
                mine.unanswerable.append(probability)
                continue
            right = right_rows(asked, generation)
            hits = np.array([bool(right & set(group)) for group in ranking.groups]) if ranking else NO_HITS
            mine.ranks["pipeline"].append(_rank(hits))
            mine.best.append((probability, bool(len(hits) and hits[0])))
            for name, feature in ALONE.items():
                order = np.arange(len(hits))
                if ranking is not None and len(hits):
                    column = ranking.features[:, Features._fields.index(feature)]
                    rows = np.array([group[0] for group in ranking.groups])
                    order = np.lexsort((rows, -column))  # equal scores stand as in the collection
                mine.ranks[name].append(_rank(hits[order]))
    return found


def _rank(hits: Hits) -> int | None:
    return int(hits.argmax()) + 1 if hits.any() else None


def _row(name: str, measured: Measured) -> dict[str, object]:
    count = len(measured.best) + len(measured.unanswerable)
    row: dict[str, object] = {"task": name, "questions": count}
    if not measured.ranks:
        return row  # unanswerable: see the shares refused in `trichdan eval`
    for system, ranks in measured.ranks.items():
        row[f"{system} recall@1"] = recall_at(ranks, 1)
        row[f"{system} MRR"] = mean_reciprocal_rank(ranks)
    row["recall@3"] = recall_at(measured.ranks["pipeline"], 3)
    if measured.best:
        probabilities, right = zip(*measured.best, strict=True)
        row["calibration error"] = calibration_error(probabilities, right)
    row["median ms"] = float(np.median(measured.milliseconds))
    return row


def main() -> None:
    """Measure, print a table and write JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/quality.json"))
    parser.add_argument("--only", default="", help="only tasks whose name holds this")
    options = parser.parse_args()
    static, rows = StaticModel.open(), []

    def show(row: dict[str, object]) -> None:
        rows.append(row)
        cells = (f"{name} {cell:.3f}" if isinstance(cell, float) else str(cell) for name, cell in row.items())
        print("  ".join(cells), flush=True)  # noqa: T201 - a script that reports

    vietnamese = xquad_r(options.corpora, "vi", "vi")
    tasks = [vietnamese, vietnamese.without_accents(), xquad_r(options.corpora, "vi", "en")]
    tasks += [xquad_r(options.corpora, "en", language) for language in ("vi", "en")]
    tasks += [xquad_r(options.corpora, "vi", language) for language in LANGUAGES]
    tasks += [viquad(options.corpora, None), *(seeds(SEEDS / f"{name}.jsonl") for name in QUESTIONS)]
    for situation in tasks:
        if options.only in situation.name:
            for kind, measured in measure(situation, static).items():
                show(_row(f"{situation.name} {kind}", measured))
    if options.only in "taken out":
        whole = measure(vietnamese, static)["vi-vi"]
        without = [measure(part, static)["vi-vi"] for part in vietnamese.taken_out(PARTS, 1)]
        gone = [probability for part in without for probability in part.unanswerable]
        area = area_under_curve([probability for probability, _ in whole.best], gone)
        show({"task": "XQuAD-R vi, paragraph taken out", "AUROC": area})
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
