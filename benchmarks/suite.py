"""The measurements behind docs/quality.md; each adds its figures."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import judged, report
from benchmarks.cost import COLLECTIONS, SEEDS, measure, model_megabytes
from benchmarks.systems import (
    BM25,
    LATE,
    PIPELINE,
    VECTORS,
    Make,
    Outcome,
    Side,
    ask,
    bm25,
    late,
    pipeline,
    vectors,
)
from benchmarks.tables import Row, Table
from benchmarks.tasks import seeds, together, undivided, xquad_r, xquad_retrieval
from index.encoders import BundledEncoder, Encoder, StaticModel, open_encoder
from index.generation import Generation
from retrieval.answer import Answerer
from retrieval.question import QuestionRefused, read_question
from retrieval.ranking import Ranker
from retrieval.reading import Reader
from training.cached import CachedEncoder
from training.lessons import viquad
from training.situations import Situation

OTHERS = ("de", "es", "ru", "zh", "ar", "el", "hi", "th", "tr")
QUESTIONS = {"questions": "seeds", "questions-hard": "seeds, hard"}
PARTS, SEED = 8, 1
ONE_IN = 4
"""One in this many questions in other languages is asked with its answer taken out."""


@dataclass(slots=True)
class Bench:
    """The tools of the measurements, and the figures so far.

    Attributes:
        corpora: Folder of the corpora.
        static: The bundled token model.
        sides: What is compared.
        ranker: The bundled ranker.
        rankings: Tables of rankings, in order.
        rows: Every figure, by kind of table.
    """

    corpora: Path
    static: StaticModel
    sides: Sequence[Side]
    ranker: Ranker = field(default_factory=Ranker.bundled)  # once: a run must not notice a change of the file
    started: float = field(default_factory=time.monotonic)
    rankings: list[Table] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def say(self, line: str) -> None:
        """Report progress on standard error."""
        print(f"[{time.monotonic() - self.started:5.0f} s] {line}", file=sys.stderr, flush=True)

    def ask(self, situation: Situation, *, alone: bool, by_document: bool = False) -> list[Outcome]:
        """Ask the pipelines and, with `alone`, every other system."""
        self.say(f"{situation.name}: {len(situation.asked)} questions")
        sides = [side if alone else replace(side, systems=_pipelines(side)) for side in self.sides]
        for side in sides:
            if isinstance(side.encoder, CachedEncoder):
                side.encoder.prepare(_texts(situation))
        return list(ask(situation, sides, self.static, by_document=by_document))

    def add_ranking(
        self,
        outcomes: Sequence[Outcome],
        named: Callable[[str, str], str],
        title: str,
        measures: Sequence[str],
        note: str = "Recall@1 / MRR.",
    ) -> None:
        """Keep the figures of rankings, and their table."""
        rows = report.ranking_rows(outcomes, named)
        self._keep("ranking", rows)
        self.rankings.append(report.ranking_table(rows, title, measures, note))

    def add_judged(self, name: str, outcomes: Sequence[Outcome]) -> None:
        """Keep the figures of probabilities."""
        self._keep("absent", judged.absent_rows(name, outcomes))
        self._keep("calibration", judged.calibration_rows(name, outcomes))
        self._keep("thresholds", judged.threshold_rows(name, outcomes, _thresholds(self.ranker)))

    def add_cost(self, rows: list[Row]) -> None:
        """Keep time and memory."""
        self._keep("cost", rows)

    def tables(self) -> list[Table]:
        """Return all tables."""
        made = list(self.rankings)
        if absent := self.rows.get("absent"):
            made.append(judged.absent_table(absent))
        if calibrated := self.rows.get("calibration"):
            made.append(judged.calibration_table(calibrated))
        if thresholds := self.rows.get("thresholds"):
            made.append(judged.threshold_table(thresholds))
        if cost := self.rows.get("cost"):
            made.append(report.cost_table(cost, model_megabytes()))
        return made

    def _keep(self, kind: str, rows: list[Row]) -> None:
        self.rows.setdefault(kind, []).extend(rows)


def _thresholds(ranker: Ranker) -> list[tuple[str, float]]:
    """Return the default threshold and the bundled ranker's thresholds for stated precisions."""
    stated = ((f"precision {precision:.2f}", threshold) for precision, threshold in ranker.precisions)
    return [("default", ranker.threshold), *stated]


def _pipelines(side: Side) -> dict[str, Make]:
    return {name: make for name, make in side.systems.items() if PIPELINE in name}


def _texts(situation: Situation) -> Iterator[str]:
    for asked in situation.asked:
        try:
            yield read_question(asked.question).text
        except QuestionRefused:
            continue


def bundled(static: StaticModel, reader: Reader | None = None) -> Side:
    """Return the program with or without a reader, and its parts alone."""
    encoder = BundledEncoder(static)
    alone = {BM25: bm25, VECTORS: vectors(encoder), LATE: late(static)}
    return Side(encoder, {**alone, PIPELINE: _pipeline(encoder, static, Ranker.bundled(), reader)})


def other(static: StaticModel, named: str) -> Side:
    """Return a sentence-transformers model alone and in the pipeline; NAME, or NAME=FILE with its ranker."""
    name, _, file = named.partition("=")
    encoder = CachedEncoder(open_encoder(name, static))
    called = Path(name).name
    systems = {
        called: vectors(encoder),
        f"{called}, {PIPELINE}": _pipeline(encoder, static, Ranker.bundled()),
    }
    if file:
        refitted = Ranker.from_json(Path(file).read_text("utf-8"))
        systems[f"{called}, {PIPELINE} refitted"] = _pipeline(encoder, static, refitted)
    return Side(encoder, systems, name)


def _pipeline(encoder: Encoder, static: StaticModel, ranker: Ranker, reader: Reader | None = None) -> Make:
    def answerer(generation: Generation) -> Answerer:
        return Answerer(generation, encoder, static, ranker, reader=reader)

    return pipeline(answerer)


def xquad_tasks(corpora: Path) -> Situation:
    """Return the Vietnamese XQuAD-R with its questions in all languages, and without accents."""
    vietnamese = xquad_r(corpora, "vi", "vi")
    foreign = (xquad_r(corpora, "vi", language) for language in ("en", *OTHERS))
    return together([vietnamese, vietnamese.without_accents(), *foreign])


def measure_xquad(bench: Bench) -> None:
    """Measure XQuAD-R: eleven languages to Vietnamese, Vietnamese and English to English."""
    english = together([xquad_r(bench.corpora, "en", asked_in) for asked_in in ("vi", "en")])
    outcomes = [o for s in (xquad_tasks(bench.corpora), english) for o in bench.ask(s, alone=True)]
    bench.add_ranking(outcomes, _xquad_name, "XQuAD-R, 1,209 sentences", ("recall@1", "MRR"))


def _xquad_name(_: str, kind: str) -> str:
    asked, found, *plain = kind.split("-")
    return f"XQuAD-R {asked}{' without accents' if plain else ''}→{found}"


def measure_paragraphs(bench: Bench) -> None:
    """Measure MTEB's XQuADRetrieval, by sentences and by whole paragraphs."""
    situation = xquad_retrieval(bench.corpora, "vi")
    whole = bench.ask(undivided(situation), alone=True, by_document=True)
    divided = bench.ask(situation, alone=False, by_document=True)
    outcomes = [
        *(o for o in whole if PIPELINE not in o.system),
        *divided,
        *(o._replace(system=f"{o.system}, paragraph as one sentence") for o in whole if PIPELINE in o.system),
    ]
    note = (
        "240 paragraphs, nDCG@10 / recall@1. BM25, vectors and late interaction see each paragraph as one "
        "text; the pipeline ranks sentences, and a paragraph stands where its best sentence does."
    )
    bench.add_ranking(outcomes, lambda task, _: task, "MTEB XQuADRetrieval", ("nDCG@10", "recall@1"), note)


def measure_viquad(bench: Bench) -> None:
    """Measure the articles of UIT-ViQuAD that are kept out of all training."""
    situation = replace(viquad(bench.corpora, None), name="ViQuAD")
    outcomes = bench.ask(situation, alone=True)
    title = "UIT-ViQuAD, four articles kept from training"
    bench.add_ranking(outcomes, lambda task, _: task, title, ("recall@1", "MRR"))


def measure_seeds(bench: Bench) -> None:
    """Measure the questions about the sample collection, including the unanswerable ones."""
    outcomes = []
    for stem, name in QUESTIONS.items():
        outcomes += bench.ask(replace(seeds(SEEDS / f"{stem}.jsonl"), name=name), alone=True)
    bench.add_ranking(
        outcomes,
        lambda task, kind: f"{task}: {report.language_of(kind)}",
        "Sample collection, five documents",
        ("recall@1", "MRR"),
    )
    for name in QUESTIONS.values():
        bench.add_judged(name, [o for o in outcomes if o.task == name])
    bench.add_judged("seeds, both files", outcomes)


def measure_absent(bench: Bench) -> None:
    """Measure collections without the paragraphs that answer, compared with the whole ones."""
    tasks = replace(viquad(bench.corpora, None), name="ViQuAD"), _sampled(xquad_tasks(bench.corpora))
    for situation in tasks:
        outcomes = bench.ask(situation, alone=False)
        for part in situation.taken_out(PARTS, SEED):
            outcomes += bench.ask(part, alone=False)
        bench.add_judged(f"{situation.name}, answer taken out", outcomes)


def _sampled(situation: Situation) -> Situation:
    chosen = (
        a for n, a in enumerate(situation.asked) if a.kind.split("-")[0] in ("vi", "en") or n % ONE_IN == 0
    )
    return replace(situation, asked=tuple(chosen))


def measure_cost(bench: Bench) -> None:
    """Measure time and memory, in separate processes."""
    rows: list[Row] = []
    for name in COLLECTIONS:
        bench.say(f"cost over {name}")
        rows.append({"task": name, "encoder": "bundled", **measure(name, bench.corpora)})
        for side in bench.sides:
            if side.name is not None:
                rows.append({"task": name, "encoder": side.name, **measure(name, bench.corpora, side.name)})
    bench.add_cost(rows)


TASKS: dict[str, Callable[[Bench], None]] = {
    "xquad-r": measure_xquad,
    "paragraphs": measure_paragraphs,
    "viquad": measure_viquad,
    "seeds": measure_seeds,
    "absent": measure_absent,
    "cost": measure_cost,
}
"""What can be measured, in order."""
