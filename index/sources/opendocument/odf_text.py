"""The text of an OpenDocument file as it is read: paragraphs with their numbers, rows, boxes and notes."""

import re
from collections.abc import Callable, Iterable, Iterator

from index.remarks import Remark, RemarkKind, remark
from index.sources.markup.elements import Element, local_name
from index.sources.markup.equations import linear
from index.sources.office.blocks import TextBlock, row_of
from index.sources.opendocument.odf_lists import ListNumbers
from index.sources.opendocument.odf_styles import OdfStyles
from index.sources.opendocument.opendocument import DRAW, LINK, OFFICE, PRESENTATION, TABLE, TEXT
from index.text.prose import GAP

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
# Deleted text, comments of readers, the reading of a ruby, what a picture shows, notes to a slide.
_SILENT = frozenset(
    {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}ruby-text", f"{OFFICE}forms",
     f"{PRESENTATION}notes", f"{OFFICE}event-listeners", f"{TABLE}covered-table-cell"}
)  # fmt: skip
_BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_HIDING = (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph")
_FRAMES = ("image", "title", "desc")

Equations = Callable[[str], Element | None]
"""What gives the equation that is kept at a path."""


class OdfText:
    """What a document says; read its blocks once, after which the remarks are known."""

    def __init__(self, styles: OdfStyles, equations: Equations, *, is_numbered: bool = True) -> None:
        """Read with some styles; lists of slides do not say how they go on, so they are not numbered."""
        self._styles = styles
        self._is_numbered = is_numbered
        self._numbers = ListNumbers(styles)
        self._equation = equations
        self._hidden: list[str] = []
        self._equations: list[str] = []
        self._unread = 0
        self.title: str | None = None

    def blocks(self, parent: Element) -> Iterator[TextBlock]:
        """Yield each paragraph and each row of a table, and after it the boxes and notes that hang on it."""
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SILENT:
                continue
            if tag in _PARAGRAPHS:
                yield from self._paragraph(element)
            elif tag == f"{TEXT}list":
                with self._numbers.entered(element):
                    yield from self.blocks(element)
            elif tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                self._numbers.item(element)
                yield from self.blocks(element)
            elif tag == f"{TABLE}table-row":
                row = row_of([list(self.blocks(cell)) for cell in element if _is_cell(cell)])
                yield from (TextBlock(block.text, is_alone=True) for block in row)
            elif tag == f"{TEXT}section" and self._styles.is_section_hidden(element):
                self._hide(element)
            elif local_name(element) in ("object", "object-ole"):
                yield TextBlock(self._object(element))
            elif local_name(element) not in _FRAMES:
                yield from self.blocks(element)

    def remarks(self) -> Iterator[Remark]:
        """Yield what was hidden, and which equations there are."""
        yield from remark(RemarkKind.HIDDEN, len(self._hidden), (), self._hidden)
        yield from remark(RemarkKind.LINEAR_EQUATIONS, len(self._equations), (), self._equations)
        yield from remark(RemarkKind.EQUATIONS, self._unread)

    def _paragraph(self, paragraph: Element) -> Iterator[TextBlock]:
        style = paragraph.get(f"{TEXT}style-name")
        if self._styles.is_hidden("paragraph", style):
            self._hide(paragraph)
            return
        line = _OdfLine()
        self._inline(paragraph, line)
        text = line.text()
        label = self._numbers.label(paragraph) if text and self._is_numbered else ""
        if text and self.title is None and self._styles.is_title(style):
            self.title = " ".join(text.split())
        yield TextBlock(f"{label} {text}" if label else text, level=_level(paragraph))
        yield from line.hanging

    def _inline(self, parent: Element, line: "_OdfLine") -> None:
        line.add(parent.text)
        for element in parent:
            self._element(element, line)
            line.add(element.tail)

    def _element(self, element: Element, line: "_OdfLine") -> None:
        tag, name = element.tag, local_name(element)
        if not isinstance(tag, str) or tag in _SILENT or name in _FRAMES:
            return
        if tag == f"{TEXT}s":
            line.add(" ")
        elif tag in _BREAKS:
            line.put(_BREAKS[tag])
        elif tag == f"{TEXT}note":
            for part in element:
                if local_name(part) == "note-body":
                    line.hang(self.blocks(part))
        elif tag in _HIDING or (
            tag == f"{TEXT}span" and self._styles.is_hidden("text", element.get(f"{TEXT}style-name"))
        ):
            self._hide(element)
        elif name in ("object", "object-ole"):
            line.put(self._object(element))
        elif tag.startswith(DRAW) and name not in ("frame", "a", "g"):
            line.hang(self.blocks(element))  # a box, or a shape with words in it
        else:
            self._inline(element, line)

    def _object(self, element: Element) -> str:
        """Return the equation that an object is; empty for a picture, a chart or a sheet."""
        root = next((each for each in element if local_name(each) == "math"), None)
        if root is None:
            root = self._equation(element.get(f"{LINK}href") or "")
        if root is None:
            return ""
        if written := linear(root).strip():
            self._equations.append(written)
            return written
        self._unread += 1
        return GAP

    def _hide(self, element: Element) -> None:
        line = _OdfLine()
        line.add(element.get(f"{TEXT}string-value"))
        for each in element.iter():
            if each.tag not in _SILENT:
                line.add(f"{each.text or ''}{' ' if each.tag in _PARAGRAPHS else ''}")
                line.add("" if each is element else each.tail)
        if text := line.text():
            self._hidden.append(text)


class _OdfLine:
    """A paragraph while it is read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.hanging: list[TextBlock] = []

    def add(self, words: str | None) -> None:
        """Add words of the file, in which any number of spaces and line ends is one space."""
        if words:
            joined = " ".join(words.split()) if not words.isspace() else ""
            self._parts.append(
                f"{' ' * words[0].isspace()}{joined}{' ' * (bool(joined) and words[-1].isspace())}"
            )

    def put(self, words: str) -> None:
        """Add what is kept as it is."""
        self._parts.append(words)

    def hang(self, blocks: Iterable[TextBlock]) -> None:
        """Add what comes after the paragraph and is no part of it."""
        self.hanging += [TextBlock(block.text, is_alone=True) for block in blocks if block.text]

    def text(self) -> str:
        """Return the paragraph."""
        lines = "".join(self._parts).split("\n")
        return "\n".join(filter(None, ("\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
                                       for line in lines)))  # fmt: skip


def _level(paragraph: Element) -> int:
    """Return the level of a heading, from 1; 0 for what is none."""
    if paragraph.tag != f"{TEXT}h":
        return 0
    level = paragraph.get(f"{TEXT}outline-level") or ""
    return int(level) if re.fullmatch(r"[1-9]\d?", level, re.ASCII) else 1


def _is_cell(element: Element) -> bool:
    return element.tag == f"{TABLE}table-cell"
