"""Paragraphs and rows of an RTF file while they are read: of its text, of a note, of a box, of a head."""

from dataclasses import dataclass, field

from index.sources.files.limits import LONGEST_FIELD
from index.sources.office.blocks import TextBlock, row_of

PLACES = frozenset({"pard", "intbl", "itap", "outlinelevel"})
"""Words that say where a paragraph stands."""
_NO_HEADING = 9


@dataclass(slots=True)
class RtfFlow:
    """A run of paragraphs: the text, a note, a box or a head."""

    blocks: list[TextBlock] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    hanging: list[TextBlock] = field(default_factory=list)
    cells: dict[int, list[TextBlock]] = field(default_factory=dict)  # by how deep their table is in others
    rows: dict[int, list[list[TextBlock]]] = field(default_factory=dict)
    what: str = ""  # the word that begins its group

    def paragraph(self, depth: int, level: int = 0) -> None:
        """End a paragraph that stands so deep in tables, and is a heading of a level where that is not 0."""
        text = "".join(self.parts).strip()
        self.parts = []
        to = self.cells.setdefault(depth, []) if depth else self.blocks
        if text:
            to.append(TextBlock(text, level=level))
        to += self.hanging
        self.hanging = []

    def end_cell(self, depth: int) -> None:
        """End a cell."""
        self.paragraph(depth)
        self.rows.setdefault(depth, []).append(self.cells.pop(depth))

    def end_row(self, depth: int) -> None:
        """End a row; one of a table in a cell stands alone there."""
        row = [TextBlock(block.text, is_alone=True) for block in row_of(self.rows.pop(depth, []))]
        to = self.cells.setdefault(depth - 1, []) if depth > 1 else self.blocks
        to += row

    def all(self) -> list[TextBlock]:
        """Return all blocks, at the end."""
        self.paragraph(max(self.cells, default=0))
        for depth in sorted({*self.cells, *self.rows}, reverse=True):
            if depth in self.cells:
                self.end_cell(depth)
            self.end_row(depth)
        return self.blocks


class RtfSaid(dict[str, str]):
    """What a file says about itself, by the words for it."""

    def add(self, what: str, said: str) -> None:
        """Take more of it, as far as that is looked at."""
        known = self.get(what, "")
        if len(known) <= LONGEST_FIELD:
            self[what] = known + said


@dataclass(slots=True)
class RtfState:
    """What holds in a group until it ends."""

    target: RtfFlow
    is_silent: bool = False
    is_twofold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    depth: int = 0  # how many tables it stands in
    level: int = 0  # of a heading
    replaced: int = 1  # characters that stand for the one before, for readers without Unicode
    font: int | None = None
    told: str = ""

    def place(self, word: str, number: int | None) -> None:
        """Take a word of `PLACES`, which says where its paragraph stands."""
        if word == "pard":
            self.depth = self.level = 0
        elif word == "intbl":
            self.depth = max(self.depth, 1)
        elif word == "itap":
            self.depth = min(max(0, number or 0), 64)  # tables in tables
        elif word == "outlinelevel":
            self.level = number + 1 if number is not None and 0 <= number < _NO_HEADING else 0
