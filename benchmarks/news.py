"""`python -m benchmarks.news --corpora DIR`: the development set of `benchmarks/data`."""

import argparse
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.news_figures import Result, probability_row, ranking_rows, results, tables, threshold_rows
from benchmarks.news_questions import NewsQuestion, news_questions, news_situation
from benchmarks.suite import bundled
from benchmarks.systems import PIPELINE, ask
from benchmarks.tables import Row
from index.encoders import StaticModel
from retrieval.reading import Reader


def main() -> None:
    """Ask every question; print tables, write JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.news", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/news.json"))
    parser.add_argument("--reader", choices=("on", "off"), default="on")
    parser.add_argument("--markdown", action="store_true", help="print docs/quality.md's tables")
    options = parser.parse_args()
    questions = news_questions()
    reader = Reader.open() if options.reader == "on" else Reader.without_network()
    found = asked(options.corpora, questions, reader)
    rankings, probability = ranking_rows(found), probability_row(found)
    thresholds = threshold_rows(found, reader.decision.threshold)
    _write(options.output, rankings, thresholds, probability, found)
    made = tables(rankings, thresholds, probability)
    print("\n\n".join(t.markdown() if options.markdown else t.text() for t in made))


def asked(corpora: Path, questions: list[NewsQuestion], reader: Reader) -> list[Result]:
    """Ask the program every question over all articles."""
    static = StaticModel.open()
    side = bundled(static, reader)
    alone = replace(side, systems={PIPELINE: side.systems[PIPELINE]})
    situation = news_situation(corpora, questions)
    print(f"{len(questions)} questions, {len(situation.documents)} articles", file=sys.stderr)
    return results(questions, list(ask(situation, [alone], static)))


def _write(
    output: Path, rankings: list[Row], thresholds: list[Row], probability: Row, found: list[Result]
) -> None:
    """Write the figures, and beside them what became of each question."""
    each = [
        {"id": r.question.id, "kind": r.question.kind, "rank": r.rank, "probability": r.probability}
        for r in found
    ]
    bins = [asdict(b) for b in probability["bins"]]  # type: ignore[attr-defined]  # a row holds several kinds
    written = {
        "ranking": rankings,
        "thresholds": thresholds,
        "probability": {**probability, "bins": bins},
        "questions": each,
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(f"{json.dumps(written, indent=1, ensure_ascii=False)}\n", "utf-8")


if __name__ == "__main__":
    main()
