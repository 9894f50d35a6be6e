"""Paragraphs and rows of word-processor documents, whichever program wrote them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.records import Heading
from index.sources.metadata.block_headings import BETWEEN, headings_of

CELL = "\t"
"""Separates the cells of a row."""


class TextBlock(NamedTuple):
    """A paragraph or a row.

    Attributes:
        text: What it says.
        is_alone: Whether it is in a cell but not part of the cell's words.
        level: Of a heading its level, from 1; 0 for anything else.
    """

    text: str
    is_alone: bool = False
    level: int = 0


def row_of(cells: Iterable[Sequence[TextBlock]]) -> Iterator[TextBlock]:
    """Yield a row, and after it what stands in its cells by itself; a lone cell keeps its paragraphs."""
    filled = [cell for cell in ([block for block in cell if block.text] for cell in cells) if cell]
    if len(filled) == 1:
        yield from filled[0]
        return
    words = (" ".join(" ".join(b.text for b in cell if not b.is_alone).split()) for cell in filled)
    yield TextBlock(CELL.join(filter(None, words)))
    yield from (block for cell in filled for block in cell if block.is_alone)


def text_of_blocks(blocks: Iterable[TextBlock], *, with_rows: bool = True) -> str:
    """Return blocks as the text of a document, an empty line between them; without those that stand alone."""
    return BETWEEN.join(block.text for block in blocks if block.text and (with_rows or not block.is_alone))


def headings_of_blocks(blocks: Iterable[TextBlock], text: str) -> tuple[Heading, ...]:
    """Return the headings among blocks, of which a text was made; those in cells are none."""
    levels = ((block.text, 0 if block.is_alone else block.level) for block in blocks if block.text)
    return headings_of(levels, text)
