"""Tables of figures, for a terminal and for docs/quality.md."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side.

    Attributes:
        title: What the table shows.
        note: What has to be known to read it.
        head: Names of the columns; all but the first are figures.
        rows: Cells.
    """

    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Write the table for docs/quality.md."""
        rule = ["---", *("--:" for _ in self.head[1:])]
        lines = [f"| {' | '.join(cells)} |" for cells in (self.head, rule, *self.rows)]
        return "\n".join([f"**{self.title}.** {self.note}", "", *lines])

    def text(self) -> str:
        """Write the table for a terminal."""
        cells = [list(self.head), *map(list, self.rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(self.head))]
        lines = [
            "  ".join(
                [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            ).rstrip()
            for row in cells
        ]
        return "\n".join([self.title, self.note, "", *lines])


def share(value: float | None) -> str:
    """Write a share without the zero before the point; nothing where there is none."""
    if value is None or math.isnan(value):
        return ""
    return f"{value:.3f}".removeprefix("0")
