"""Probabilities: from outcomes to figures, and from figures to tables."""

from collections.abc import Iterable, Sequence

from benchmarks.measures import (
    Bin,
    area_under_curve,
    calibration_error,
    error_by_chance,
    refused_while,
    reliability,
)
from benchmarks.report import LANGUAGES, language_of
from benchmarks.systems import PIPELINE, Outcome
from benchmarks.tables import Row, Table, share, table_of
from training.prior import prior_weights


def absent_rows(name: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """Return how well answerable questions are told apart from others, in all and by language."""
    rows = []
    for system in dict.fromkeys(outcome.system for outcome in outcomes):
        mine = [o for o in outcomes if o.system == system and o.probability is not None]
        for languages in (*((one,) for one in LANGUAGES), ("vi", "en"), LANGUAGES):
            chosen = [o for o in mine if language_of(o.kind) in languages]
            present = [o.probability or 0.0 for o in chosen if o.answerable]
            absent = [o.probability or 0.0 for o in chosen if not o.answerable]
            if (
                not present
                or not absent
                or (len(languages) > 1 and len({language_of(o.kind) for o in mine}) < 2)
            ):
                continue
            called = "all" if languages == LANGUAGES else " and ".join(languages)
            rows.append(
                {
                    "task": name,
                    "system": system,
                    "languages": called,
                    "answerable": len(present),
                    "unanswerable": len(absent),
                    "AUROC": area_under_curve(present, absent),
                    "refused while .90 answered": refused_while(present, absent, 0.90),
                    "refused while .95 answered": refused_while(present, absent, 0.95),
                }
            )
    return rows


def absent_table(rows: Sequence[Row]) -> Table:
    """Lay out how well answerable questions are told apart from others."""
    measures = ("AUROC", "refused while .90 answered", "refused while .95 answered")
    return table_of(
        "Answerable or not",
        "AUROC of the first sentence's probability, answerable questions against the others; and the share "
        "of the others that is refused while .90 (.95) of the answerable are answered. In XQuAD-R and ViQuAD "
        "the paragraph with the answer is taken out of the collection.",
        {
            "task": _with_system,
            "languages": "languages",
            "questions": lambda row: f"{row['answerable']} + {row['unanswerable']}",
            **{measure: measure for measure in measures},
        },
        rows,
    )


def calibration_rows(name: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """Return the expected calibration error by language, with the bins of the reliability diagram.

    Once with the questions as they are, once weighted to the share of answerable questions that the ranker
    assumes: no probability can be right both where half and where nine tenths of the questions have an
    answer.
    """
    rows: list[Row] = []
    for system in dict.fromkeys(o.system for o in outcomes if o.probability is not None):
        for language in (*LANGUAGES, "all"):
            chosen = [o for o in outcomes if o.system == system and language in (language_of(o.kind), "all")]
            if not chosen:
                continue
            probabilities = [o.probability or 0.0 for o in chosen]
            right = [o.answerable and o.rank == 1 for o in chosen]
            weights = prior_weights([o.answerable for o in chosen])
            bins = reliability(probabilities, right, weights)
            rows.append(
                {
                    "task": name,
                    "system": system,
                    "language": language,
                    "questions": len(chosen),
                    "as they come": calibration_error(reliability(probabilities, right)),
                    "calibration error": calibration_error(bins),
                    "by chance": error_by_chance(probabilities, weights),
                    "mean probability": sum(b.said * b.weight for b in bins),
                    "right": sum(b.right * b.weight for b in bins),
                    "bins": bins,
                }
            )
    return rows


def calibration_table(rows: Sequence[Row]) -> Table:
    """Lay out the expected calibration errors."""
    return table_of(
        "Calibration",
        "Expected calibration error of the first sentence's probability (ten equal bins), answerable and "
        "other questions together; the error that exact probabilities would show by chance over as many "
        "questions; what it says on average, and how often it is right. Weighted so that two of three "
        "questions are answerable, as the ranker takes for granted; the last column is the error with the "
        "questions as they come.",
        {
            "task": _with_system,
            "language": "language",
            "questions": "questions",
            "calibration error": "calibration error",
            "by chance": "by chance",
            "says": "mean probability",
            "is right": "right",
            "error as they come": "as they come",
        },
        rows,
    )


def reliability_table(row: Row) -> Table:
    """Lay out one reliability diagram, with bars."""
    bins: list[Bin] = row["bins"]  # type: ignore[assignment]  # a row holds figures of several kinds
    return Table(
        f"Reliability, {_with_system(row)}, {row['language']}",
        "First sentences by their probability: how many, what it says, how often it is right (█; | says).",
        ["probability", "questions", "says", "is right", "diagram"],
        [[f"{b.low:.1f}–{b.high:.1f}", str(b.count), share(b.said), share(b.right), _bar(b)] for b in bins],
    )


def _bar(found: Bin, width: int = 30) -> str:
    cells = ["█" if place < round(found.right * width) else " " for place in range(width + 1)]
    cells[round(found.said * width)] = "|"
    return "".join(cells)


def threshold_rows(
    name: str, outcomes: Sequence[Outcome], thresholds: Iterable[tuple[str, float]]
) -> list[Row]:
    """Return what each threshold means for the pipeline: the shares answered, refused and right."""
    mine = [o for o in outcomes if o.system == PIPELINE]
    rows: list[Row] = []
    for called, threshold in thresholds:
        given = [o for o in mine if (o.probability or 0.0) >= threshold]
        present = sum(o.answerable for o in mine)
        rows.append(
            {
                "task": name,
                "threshold": threshold,
                "called": called,
                "answered": sum(o.answerable for o in given) / max(present, 1),
                "refused": 1 - sum(not o.answerable for o in given) / max(len(mine) - present, 1),
                "right": sum(o.answerable and o.rank == 1 for o in given) / len(given) if given else None,
            }
        )
    return rows


def threshold_table(rows: Sequence[Row]) -> Table:
    """Lay out what the thresholds mean."""
    return table_of(
        "Thresholds",
        "What is answered and refused, and how often the first sentence of an answer is right.",
        {
            "task": "task",
            "setting": "called",
            "threshold": "threshold",
            "answerable answered": "answered",
            "unanswerable refused": "refused",
            "first sentence right": "right",
        },
        rows,
    )


def _with_system(row: Row) -> str:
    return str(row["task"]) if row["system"] == PIPELINE else f"{row['task']}, {row['system']}"
