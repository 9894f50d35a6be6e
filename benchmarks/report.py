"""Rankings and cost: from outcomes to figures, and from figures to tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from benchmarks.measures import mean_reciprocal_rank, ndcg, recall_at
from benchmarks.published import of as published
from benchmarks.systems import Outcome
from benchmarks.tables import Row, Table, share

LANGUAGES = ("vi", "vi without accents", "en", "other languages")


def language_of(kind: str) -> str:
    """Return which of `LANGUAGES` questions of a kind are asked in."""
    asked_in = kind.split("-")[0]
    if asked_in not in ("vi", "en"):
        return LANGUAGES[3]
    return LANGUAGES[1] if "plain" in kind else asked_in


def ranking_rows(outcomes: Iterable[Outcome], named: Callable[[str, str], str]) -> list[Row]:
    """Return one row per task, kind and system with its measures; `named` names the task."""
    ranks: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.answerable:
            ranks[named(outcome.task, outcome.kind), outcome.system].append(outcome.rank)
    return [
        {
            "task": task,
            "system": system,
            "questions": len(found),
            "recall@1": recall_at(found, 1),
            "recall@3": recall_at(found, 3),
            "MRR": mean_reciprocal_rank(found),
            "nDCG@10": ndcg(found),
        }
        for (task, system), found in ranks.items()
    ]


def ranking_table(rows: Sequence[Row], title: str, measures: Sequence[str], note: str) -> Table:
    """Lay out rankings: a row per task, a column per system, the named measures in each cell."""
    systems = list(dict.fromkeys(str(row["system"]) for row in rows))
    tasks = dict.fromkeys((str(row["task"]), str(row["questions"])) for row in rows)
    cells = {
        (row["task"], row["system"]): " / ".join(share(number(row[m])) for m in measures) for row in rows
    }
    known = {task: published(task) for task, _ in tasks}
    last = ["published"] if any(known.values()) else []
    table = [
        [
            task,
            count,
            *(cells.get((task, system), "") for system in systems),
            *([known[task]] if last else []),
        ]
        for task, count in tasks
    ]
    return Table(title, note, ["task", "questions", *systems, *last], table)


def cost_table(rows: Sequence[Row], megabytes: float) -> Table:
    """Lay out time and memory."""
    return Table(
        "Cost",
        f"Warm questions, one thread, a process of its own; memory is the largest resident size. The bundled "
        f"encoder is {megabytes:.0f} MB on disk.",
        [
            "collection",
            "encoder",
            "sentences",
            "median ms",
            "95th percentile ms",
            "median CPU ms",
            "memory MB",
        ],
        [
            [
                str(row["task"]),
                str(row["encoder"]),
                f"{row['sentences']:,}",
                *(f"{number(row[name]) or 0:.1f}" for name in ("median ms", "p95 ms", "median CPU ms")),
                f"{number(row['memory MB']) or 0:.0f}",
            ]
            for row in rows
        ],
    )


def number(value: object) -> float | None:
    """Return a figure of a row as a float; None if there is none."""
    return float(value) if isinstance(value, int | float) else None
