"""Reliability diagrams as a picture: the only door to matplotlib, an optional extra."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures import Bin
from benchmarks.tables import Row


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw one diagram per task, with a line for each language; the suffix of `path` sets the format."""
    from matplotlib.figure import Figure

    tasks = list(dict.fromkeys((str(row["task"]), str(row["system"])) for row in rows))
    figure = Figure(figsize=(4 * max(len(tasks), 1), 4), layout="constrained")
    for place, (task, system) in enumerate(tasks, start=1):
        axes = figure.add_subplot(1, len(tasks), place, aspect="equal")
        axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
        for row in rows:
            if (row["task"], row["system"]) == (task, system):
                bins: Sequence[Bin] = row["bins"]  # type: ignore[assignment]  # a row holds several kinds
                label = f"{row['language']} ({row['questions']:,})"
                axes.plot(
                    [b.said for b in bins], [b.right for b in bins], marker="o", markersize=3, label=label
                )
        axes.set(
            title=f"{task}\n{system}", xlabel="probability", ylabel="share right", xlim=(0, 1), ylim=(0, 1)
        )
        axes.legend(fontsize="x-small", loc="upper left")
    figure.savefig(path)
