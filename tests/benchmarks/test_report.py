"""Outcomes to figures and tables, by hand-made outcomes and on a small collection."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import judged, report
from benchmarks.measures import Bin
from benchmarks.plot import draw
from benchmarks.published import FIGURES
from benchmarks.systems import (
    BM25,
    LATE,
    PIPELINE,
    VECTORS,
    Outcome,
    Side,
    ask,
    bm25,
    late,
    pipeline,
    vectors,
)
from benchmarks.tables import Row, Table, share
from index.encoders import BundledEncoder
from retrieval.answer import Answerer
from tests.retrieval.conftest import DOCUMENTS, ranker, word_model
from training.situations import Asked, Situation


def outcome(
    kind: str, rank: int | None, probability: float | None, *, answerable: bool = True, system: str = PIPELINE
) -> Outcome:
    """Make what a system made of a question."""
    return Outcome("task", kind, system, 0, answerable, rank, probability)


OUTCOMES = [
    outcome("vi", 1, 0.9),
    outcome("vi", 2, 0.6),
    outcome("vi-none", None, 0.7, answerable=False),
    outcome("vi-plain", 1, 0.3),
    outcome("vi-plain-none", None, 0.1, answerable=False),
    outcome("fr-vi", None, 0.2),
]


def test_languages() -> None:
    """A kind tells in which language is asked, and whether accents were left out."""
    kinds = [
        "vi",
        "vi-none",
        "vi-vi",
        "vi-plain",
        "vi-vi-plain",
        "vi-plain-none",
        "en-vi",
        "en",
        "de-vi",
        "zh-none",
    ]
    vi, plain, en, others = report.LANGUAGES
    assert [report.language_of(kind) for kind in kinds] == [
        vi,
        vi,
        vi,
        plain,
        plain,
        plain,
        en,
        en,
        others,
        others,
    ]


def test_rankings() -> None:
    """Unanswerable questions have no rank; one row a task and system."""
    rows = report.ranking_rows(
        [*OUTCOMES, outcome("vi", 1, None, system=BM25)], lambda task, kind: f"{task} {kind}"
    )
    found = {(row["task"], row["system"]): (row["questions"], row["recall@1"], row["MRR"]) for row in rows}
    assert found == {
        ("task vi", PIPELINE): (2, 0.5, 0.75),
        ("task vi-plain", PIPELINE): (1, 1.0, 1.0),
        ("task fr-vi", PIPELINE): (1, 0.0, 0.0),
        ("task vi", BM25): (1, 1.0, 1.0),
    }


def test_systems_stand_side_by_side() -> None:
    """One column per system, empty if it was not asked; published figures if there are any."""
    rows: list[Row] = [
        {"task": "XQuAD-R vi→vi", "questions": 2, "system": BM25, "MRR": 0.5},
        {"task": "XQuAD-R vi→vi", "questions": 2, "system": PIPELINE, "MRR": 0.75},
        {"task": "mine", "questions": 1, "system": PIPELINE, "MRR": 1.0},
    ]
    table = report.ranking_table(rows, "Title", ["MRR"], "Note.")
    assert table.head == ["task", "questions", BM25, PIPELINE, "published"]
    assert table.rows[0][:4] == ["XQuAD-R vi→vi", "2", ".500", ".750"]
    assert "LaBSE MRR .829" in table.rows[0][4]
    assert table.rows[1] == ["mine", "1", "", "1.000", ""]


def test_answerable_or_not() -> None:
    """Each language, Vietnamese with English, and all; never a language with one kind of question only."""
    rows = judged.absent_rows("name", [*OUTCOMES, outcome("en", 1, 0.65)])
    found = {row["languages"]: row for row in rows}
    assert list(found) == ["vi", "vi without accents", "vi and en", "all"]
    assert found["vi"]["AUROC"] == 0.5  # .9 stands above .7, .6 below
    assert found["vi"]["refused while .90 answered"] == 0.0
    assert found["vi without accents"]["refused while .95 answered"] == 1.0
    assert found["vi and en"]["answerable"] == 3


def test_calibration() -> None:
    """A first sentence is right if it answers; of unanswerable questions none is."""
    rows = {row["language"]: row for row in judged.calibration_rows("name", OUTCOMES)}
    assert rows["vi"]["questions"] == 3
    assert rows["vi"]["as they come"] == pytest.approx((0.1 + 0.6 + 0.7) / 3)
    assert rows["vi"]["calibration error"] == pytest.approx(2 / 3 * (0.1 + 0.6) / 2 + 0.7 / 3)
    assert rows["vi"]["right"] == pytest.approx(2 / 3 / 2)
    assert rows["all"]["questions"] == len(OUTCOMES)
    assert "|" in judged.reliability_table(rows["vi"]).rows[0][-1]


def test_thresholds() -> None:
    """At .5, two of four answerable questions are answered, one of them rightly, and so is a wrong one."""
    (row,) = judged.threshold_rows("name", OUTCOMES, [("half", 0.5)])
    assert (row["answered"], row["refused"]) == (0.5, 0.5)
    assert row["right"] == pytest.approx(1 / 3)
    assert judged.threshold_rows("name", OUTCOMES, [("one", 1.0)])[0]["right"] is None


def test_tables() -> None:
    """Cells are below their heads; in Markdown figures are right-aligned."""
    table = Table("Title", "Note.", ["task", "figure"], [["short", ".5"], ["quite long", "1.000"]])
    assert table.text().splitlines()[3:] == ["task        figure", "short           .5", "quite long   1.000"]
    assert table.markdown().splitlines() == [
        "**Title.** Note.",
        "",
        "| task | figure |",
        "| --- | --: |",
        "| short | .5 |",
        "| quite long | 1.000 |",
    ]
    assert [share(value) for value in (0.5, 1.0, 0.0, None, float("nan"))] == [
        ".500",
        "1.000",
        ".000",
        "",
        "",
    ]


def test_published_figures_have_sources() -> None:
    """Every figure names its source, and is a share."""
    assert all(figure.source and 0 < figure.value < 1 for figure in FIGURES)


def test_asking_a_small_collection(tmp_path: Path) -> None:
    """Every system is asked every question; words find equal words, and nothing answers the last question."""
    model = word_model(tmp_path / "model", [document.text for document in DOCUMENTS])
    encoder = BundledEncoder(model)
    systems = {
        BM25: bm25,
        VECTORS: vectors(encoder),
        LATE: late(model),
        PIPELINE: pipeline(lambda generation: Answerer(generation, encoder, model, ranker())),
    }
    text = DOCUMENTS[0].text
    asked = (
        Asked("Pháp viện trợ 3 tỷ euro?", (("a.txt", text.index("Pháp") + 1),), "vi"),
        Asked("NATO họp tại Brussels?", (("b.txt", DOCUMENTS[1].text.rindex("NATO")),), "vi"),
        Asked("Brussels?", (), "vi-none"),
        Asked("???", (("a.txt", 0),), "vi"),
    )
    situation = Situation("small", DOCUMENTS, asked)
    found = list(ask(situation, [Side(encoder, systems)], model))
    assert [o.system for o in found[:4]] == list(systems)
    assert {o.system: o.rank for o in found if o.number == 0}[PIPELINE] == 1
    assert {o.rank for o in found if o.number == 1 and o.system in (BM25, PIPELINE)} == {1}  # the twin counts
    assert [o.rank for o in found if o.number > 1] == [None] * 8
    assert [o.answerable for o in found if o.system == PIPELINE] == [True, True, False, True]
    assert [o.probability for o in found if o.system != PIPELINE and o.number < 3] == [None] * 9
    assert [o.probability for o in found if o.number == 3] == [0.0] * 4
    whole = list(ask(situation, [Side(encoder, {LATE: late(model)})], model, by_document=True))
    assert all(o.rank is not None and o.rank <= len(DOCUMENTS) for o in whole[:2])


def test_a_picture(tmp_path: Path) -> None:
    """The diagram is drawn in the format that the name says."""
    pytest.importorskip("matplotlib")
    row: Row = {"task": "t", "system": "s", "language": "vi", "questions": 3}
    draw([{**row, "bins": [Bin(0.0, 0.1, 3, 1.0, 0.05, float(np.float64(0.1)))]}], tmp_path / "a.svg")
    assert "<svg" in (tmp_path / "a.svg").read_text("utf-8")
