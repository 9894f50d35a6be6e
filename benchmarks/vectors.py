"""`python -m benchmarks.vectors --data DIR --corpora DIR`: a scan by codes against comparing every vector.

An index that was kept (`python -m benchmarks.scale --keep DIR`) is asked both ways, with questions by people
about Wikipedia and with written questions about news: how many of the hundred nearest are found, how long it
takes, and whether the whole pipeline gives the same quotes.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import questions
from index.encoders import BundledEncoder, StaticModel
from index.encoders.base import Floats
from index.generation import Generation
from index.generation.arrays import RowIds
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker

_WRITTEN = Path(__file__).parent / "data" / "news_questions.jsonl"
_K = 100
_ALIKE = 1e-6  # equal sentences have equal scores, and any of them will do
EVERY = 1 << 40


class Compared(NamedTuple):
    """The results of some questions.

    Attributes:
        recall: Share of the hundred nearest.
        least: The same for the worst question.
        exact_ms: Median processor milliseconds to compare every vector.
        codes_ms: The same for the scan.
        same_first: Share of questions with the same first quote, or none both ways.
        same_three: The same for the first three.
    """

    recall: float
    least: float
    exact_ms: float
    codes_ms: float
    same_first: float
    same_three: float


def compare(data: Path, asked: list[str]) -> Compared:
    """Ask both ways."""
    model = StaticModel.open()
    encoder, ranker = BundledEncoder(model), Ranker.bundled()
    with Store(data, exact_up_to=EVERY).current() as exact, Store(data, exact_up_to=0).current() as codes:
        sides = [Answerer(each, encoder, model, ranker) for each in (exact, codes)]
        recalls, times, firsts, threes = [], [], [], []
        for question in asked:
            vector = encoder.encode_queries([question])
            (every, _), one = _timed(exact, vector)
            (found, _), other = _timed(codes, vector)
            recalls.append(float((found >= every[-1] - _ALIKE).mean()))
            times.append((one, other))
            quotes = [[quote.text for quote in side.answer(question).quotes] for side in sides]
            firsts.append(quotes[0][:1] == quotes[1][:1])
            threes.append(quotes[0] == quotes[1])
    exact_ms, codes_ms = (statistics.median(side) for side in zip(*times, strict=True))
    return Compared(
        statistics.mean(recalls),
        min(recalls),
        exact_ms,
        codes_ms,
        statistics.mean(firsts),
        statistics.mean(threes),
    )


def _timed(generation: Generation, vector: Floats) -> tuple[tuple[Floats, RowIds], float]:
    started = time.process_time()
    scores, rows = generation.vectors.search(vector, _K)
    return (scores[0], rows[0]), 1000 * (time.process_time() - started)


def main() -> None:
    """Compare over both kinds of questions, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vectors", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="Folder of the index.")
    parser.add_argument("--corpora", type=Path, required=True, help="Folder of ViQuAD.")
    parser.add_argument("--questions", type=int, default=200, help="How many of each kind.")
    arguments = parser.parse_args()
    written = [json.loads(line)["question"] for line in _WRITTEN.read_text("utf-8").splitlines()]
    kinds = {"ViQuAD": questions(arguments.corpora, arguments.questions)}
    kinds["written"] = written[:: max(1, len(written) // arguments.questions)][: arguments.questions]
    for kind, asked in kinds.items():
        told = compare(arguments.data, asked)
        print(
            f"{kind}, {len(asked)} questions: recall@{_K} {told.recall:.4f}, at least {told.least:.2f}; "
            f"{told.exact_ms:.1f} ms with every vector, {told.codes_ms:.1f} ms with codes (processor); "
            f"same first quote {told.same_first:.3f}, same three {told.same_three:.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
