"""`python -m benchmarks.reader --corpora DIR`: the program with and without its reader, side by side."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchmarks.cost import SEEDS
from benchmarks.measures import area_under_curve, mean_reciprocal_rank, recall_at
from benchmarks.suite import PARTS, QUESTIONS, SEED
from benchmarks.systems import Outcome, Ranked, Side, System, ask
from benchmarks.tables import Row, Table, table_of
from benchmarks.tasks import seeds, xquad_answers, xquad_r
from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from retrieval.answer import Answerer
from retrieval.question import Question
from retrieval.ranking import Ranker
from retrieval.reading import Reader
from retrieval.reading.first import ReadRanking, marked_words
from training.decision import WRITTEN
from training.lessons import viquad
from training.offices import office_questions
from training.reader_groups import held_out_collections
from training.situations import Situation

OFF, ON = "without the reader", "with the reader"
MILLISECONDS = 1000.0


@dataclass(slots=True)
class Timed:
    """A way to answer that remembers what it marked and how long it took.

    Attributes:
        words: The words marked in the first sentence for each question; None if none were.
        seconds: Processor time of each question.
    """

    static: StaticModel
    reader: Reader
    words: list[str | None] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def make(self, generation: Generation) -> System:
        """Return a system that ranks the sentences of a generation."""
        encoder = BundledEncoder(self.static)
        answerer = Answerer(generation, encoder, self.static, Ranker.bundled(), reader=self.reader)

        def rank(question: Question) -> Ranked:
            started = time.process_time()
            ranking = answerer.rank(question)
            self.seconds.append(time.process_time() - started)
            text = ranking.texts[0] if isinstance(ranking, ReadRanking) and ranking.texts else ""
            marked = marked_words(ranking, 0, text) if ranking.groups else None
            self.words.append(text[slice(*marked)] if marked else None)
            rows = np.array([row for group in ranking.groups for row in group], dtype=np.int64)
            return Ranked(rows, float(ranking.probabilities[0]) if ranking.groups else 0.0)

        return rank


def main() -> None:
    """Measure; print a table, write JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reader", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/reader.json"))
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/quality.md has it")
    parser.add_argument("--languages", nargs="+", metavar="CODE", help="XQuAD-R asked in these, nothing else")
    parser.add_argument("--one-in", type=int, default=1, metavar="N", help="ask every Nth of their questions")
    options = parser.parse_args()
    static, reader = StaticModel.open(), Reader.open()
    rows: list[Row] = []
    chosen = (
        other_languages(options.corpora, options.languages, options.one_in)
        if options.languages
        else tasks(options.corpora)
    )
    for task in chosen:
        print(task.situation.name, file=sys.stderr, flush=True)
        rows += measured(task, static, reader)
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    made = table(rows)
    print(made.markdown() if options.markdown else made.text())


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked.

    Attributes:
        answers: The words that answer each question, if the benchmark has them.
        gaps: Whether the questions are also asked with their answer taken out.
    """

    situation: Situation
    answers: Sequence[str] = ()
    gaps: bool = False


def tasks(corpora: Path) -> list[Task]:
    """Return every task, small ones first."""
    vietnamese, english = (xquad_r(corpora, "vi", asked_in) for asked_in in ("vi", "en"))
    found = [Task(replace(seeds(SEEDS / f"{stem}.jsonl"), name=name)) for stem, name in QUESTIONS.items()]
    found += map(Task, offices(corpora))
    found.append(Task(replace(viquad(corpora, None), name="ViQuAD, four articles"), gaps=True))
    words = xquad_answers(corpora, "vi", "vi")
    found.append(Task(replace(vietnamese, name="XQuAD-R vi→vi"), words, gaps=True))
    found.append(Task(replace(vietnamese.without_accents(), name="XQuAD-R vi without accents→vi"), words))
    found.append(Task(replace(english, name="XQuAD-R en→vi"), xquad_answers(corpora, "vi", "en")))
    return found


def offices(corpora: Path) -> Iterator[Situation]:
    """Yield who holds which office, by rules from held-out news; the decision learned others like these."""
    for situation in held_out_collections(corpora):
        if situation.name.startswith(WRITTEN):
            yield replace(office_questions(situation, SEED)[0], name="offices, held-out news")


def other_languages(corpora: Path, languages: Sequence[str], one_in: int) -> list[Task]:
    """Return XQuAD-R asked in other languages, every Nth question."""
    found = []
    for language in languages:
        situation = xquad_r(corpora, "vi", language)
        asked = situation.asked[::one_in]
        found.append(Task(replace(situation, name=f"XQuAD-R {language}→vi", asked=asked)))
    return found


def measured(task: Task, static: StaticModel, reader: Reader) -> list[Row]:
    """Return the figures of one task, a row for each way to answer."""
    ways = {OFF: Timed(static, Reader.without_network()), ON: Timed(static, reader)}
    side = Side(BundledEncoder(static), {name: way.make for name, way in ways.items()})
    outcomes = list(ask(task.situation, [side], static))
    asked = {name: [o for o in outcomes if o.system == name] for name in ways}
    marked = {name: list(way.words) for name, way in ways.items()}
    gone: list[Outcome] = []
    if task.gaps:
        for part in task.situation.taken_out(PARTS, SEED):
            gone += ask(part, [side], static)
    return [
        _row(task, name, mine, [o for o in gone if o.system == name], marked[name], ways[name])
        for name, mine in asked.items()
    ]


def _row(
    task: Task, name: str, outcomes: list[Outcome], gone: list[Outcome], words: list[str | None], way: Timed
) -> Row:
    answerable = [o for o in outcomes if o.answerable]
    absent = gone or [o for o in outcomes if not o.answerable]
    ranks = [o.rank for o in answerable]
    seconds = sorted(way.seconds)
    row: Row = {
        "task": task.situation.name,
        "system": name,
        "questions": len(answerable),
        "recall@1": recall_at(ranks, 1),
        "MRR": mean_reciprocal_rank(ranks),
        "area": area_under_curve(
            [o.probability or 0.0 for o in answerable], [o.probability or 0.0 for o in absent]
        ),
        "ms": seconds[len(seconds) // 2] * MILLISECONDS,
    }
    if way.reader.network is not None and len(words) == len(task.answers):
        right = [n for n, o in enumerate(outcomes) if o.rank == 1]
        shown = [n for n in right if words[n]]
        row["marked"] = len(shown) / max(len(right), 1)
        row["F1"] = sum(f1(words[n] or "", task.answers[n]) for n in shown) / max(len(shown), 1)
    return row


def f1(marked: str, wanted: str) -> float:
    """Return the harmonic mean of precision and recall of the words (Rajpurkar et al. 2016)."""
    there, gold = Counter(marked.lower().split()), Counter(wanted.lower().split())
    common = (there & gold).total()
    return 2 * common / (there.total() + gold.total()) if common else 0.0


def table(rows: Sequence[Row]) -> Table:
    """Lay out the figures."""
    measures = ("questions", "recall@1", "MRR", "area", "marked", "F1")
    return table_of(
        "With and without the reader",
        "Recall@1 and MRR; area under the curve of answerable questions against others (of XQuAD-R and "
        "ViQuAD the same with the paragraph of the answer taken out); in how many of the right first "
        "sentences words are marked, and how well they agree with the benchmark's; median milliseconds of "
        "processor time.",
        {
            "task": lambda row: f"{row['task']}, {row['system']}",
            **{measure: measure for measure in measures},
            "ms": lambda row: f"{row['ms']:.1f}",
        },
        rows,
    )


if __name__ == "__main__":
    main()
