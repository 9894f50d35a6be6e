"""Tables of figures, for a terminal and for docs/quality.md."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side.

    Attributes:
        title: What the table shows.
        note: What a reader has to know.
        head: Names of the columns; all but the first have figures.
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


Row = dict[str, object]
"""Figures by their names."""


def table_of(
    title: str, note: str, columns: Mapping[str, str | Callable[[Row], str]], rows: Sequence[Row]
) -> Table:
    """Make a table with a name and a value for each column: the name of a figure, or how to write one."""
    return Table(
        title,
        note,
        list(columns),
        [
            [what(row) if callable(what) else _cell(row.get(what)) for what in columns.values()]
            for row in rows
        ],
    )


def _cell(value: object) -> str:
    return share(value) if value is None or isinstance(value, float) else str(value)


def share(value: float | None) -> str:
    """Write a share without the zero before the point; nothing if there is none."""
    if value is None or math.isnan(value):
        return ""
    return f"{value:.3f}".removeprefix("0")
