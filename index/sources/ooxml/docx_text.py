"""The text of a Word document as it is read: paragraphs with their numbers, rows, boxes and notes."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from index.remarks import Remark, RemarkKind, remark
from index.sources.markup.elements import Element, local_name
from index.sources.markup.equations import linear
from index.sources.office.blocks import TextBlock, row_of
from index.sources.office.symbol_font import symbol
from index.sources.ooxml.docx_numbers import Numbers
from index.sources.ooxml.docx_styles import Styles, W, child, said, switch
from index.text.prose import GAP

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# Deleted text, the machinery of fields, the reading of a ruby, what is said of a part and not in it.
_SILENT = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "rt")
)
_BREAKS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_EQUATION_PROGRAMS = ("equation", "mathtype")

Notes = Mapping[tuple[str, str], Element]
"""Footnotes and endnotes, by "footnote" or "endnote" and their id."""


class DocxText:
    """What a document says; read its blocks once, after which the remarks are known."""

    def __init__(self, styles: Styles, numbers: Numbers, notes: Notes) -> None:
        self._styles = styles
        self._numbers = numbers
        self._notes = dict(notes)
        self._hidden: list[str] = []
        self._equations: list[str] = []
        self._unread = 0
        self._symbols = 0
        self._special: dict[str, Callable[[Element, _DocxLine], None]] = {
            f"{W}r": self._run,
            f"{W}sym": self._symbol,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{W}txbxContent": lambda box, line: line.hang(self.blocks(box)),
            _ALTERNATIVES: lambda forms, line: self._content(_branch(forms), line),
        }

    def blocks(self, parent: Element) -> Iterator[TextBlock]:
        """Yield each paragraph and each row of a table, and after it the boxes and notes that hang on it."""
        pending, waiting = "", list[TextBlock]()
        for element in parent:
            if element.tag == f"{W}p":
                text, hanging, goes_on = self._paragraph(element, pending)
                waiting += hanging
                pending = text if goes_on else ""
                if goes_on:
                    continue
                yield TextBlock(text.strip(), level=self._styles.level(element))
            elif element.tag == f"{W}tbl":
                for row in _found(element, "tr"):
                    yield from (TextBlock(block.text, is_alone=True) for block in self._row(row))
            elif element.tag == _ALTERNATIVES:
                yield from self.blocks(_branch(element))
            elif element.tag not in _SILENT and isinstance(element.tag, str):
                yield from self.blocks(element)  # a content control, or an insertion that is tracked
            else:
                continue
            yield from waiting
            waiting = []
        if pending.strip():
            yield TextBlock(pending.strip())
        yield from waiting

    def remarks(self) -> Iterator[Remark]:
        """Yield what was hidden, and which equations and symbols have no text of their own."""
        yield from remark(RemarkKind.HIDDEN, len(self._hidden), (), self._hidden)
        yield from remark(RemarkKind.LINEAR_EQUATIONS, len(self._equations), (), self._equations)
        yield from remark(RemarkKind.EQUATIONS, self._unread)
        yield from remark(RemarkKind.UNREAD_GLYPHS, self._symbols)

    def _row(self, row: Element) -> Iterator[TextBlock]:
        """Yield a row, and after it what stands in its cells by itself; a lone cell keeps its paragraphs."""
        if switch(row, "trPr", "del") is not None:
            return
        cells = [[block for block in self.blocks(cell) if block.text] for cell in _found(row, "tc")]
        if switch(row, "trPr", "hidden"):
            self._hidden.append(" ".join(block.text for cell in cells for block in cell))
            return
        yield from row_of(cells)

    def _paragraph(self, paragraph: Element, before: str) -> tuple[str, list[TextBlock], bool]:
        """Return the text of a paragraph, what hangs on it, and whether the next one goes on in its line."""
        properties = child(paragraph, "pPr")
        mark = child(properties, "rPr")
        line = _DocxLine(bool(self._styles.is_hidden(self._styles.of_paragraph(paragraph))))
        self._inline(paragraph, line)
        text = "".join(line.parts)
        frame = child(properties, "framePr")
        is_capital = frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")
        is_separator = bool(switch(mark, "vanish")) and bool(switch(mark, "specVanish"))
        is_joined = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        if line.was_hidden and not text.strip():
            return before, line.hanging, bool(before)
        if is_joined:
            return before + text, line.hanging, True
        label = self._numbers.next(paragraph)
        if not text.strip() and not before:
            return "", line.hanging, False
        return f"{label}{before}{text}", line.hanging, is_capital or is_separator

    def _inline(self, parent: Element, line: "_DocxLine") -> None:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SILENT:
                continue
            if tag == f"{W}r":
                self._run(element, line)
            elif tag.startswith(_MATH):
                if said_so := linear(element).strip():
                    self._equations.append(said_so)
                    line.add(said_so)
            elif tag == _ALTERNATIVES:
                self._inline(_branch(element), line)
            else:
                self._inline(element, line)

    def _run(self, run: Element, line: "_DocxLine") -> None:
        hidden = switch(run, "rPr", "vanish")
        if hidden is None:
            hidden = self._styles.is_hidden(said(run, "rPr", "rStyle"))
        if line.is_hidden if hidden is None else hidden:
            words = "".join(each.text or "" for each in run.iter() if each.tag == f"{W}t")
            if words.strip():
                if line.was_hidden:
                    self._hidden[-1] += words
                else:
                    self._hidden.append(words)
                line.was_hidden = True
            return
        self._content(run, line)

    def _content(self, parent: Element, line: "_DocxLine") -> None:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SILENT:
                continue
            if tag == f"{W}t":
                line.add(element.text or "")
            elif tag in _BREAKS:
                line.add(_BREAKS[tag])
            elif tag in self._special:
                self._special[tag](element, line)
            elif local_name(element) == "oleobject" and _is_equation(element):
                self._unread += 1
                line.add(GAP)
            else:
                self._content(element, line)

    def _symbol(self, element: Element, line: "_DocxLine") -> None:
        read = symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or "")
        self._symbols += read is None
        line.add(read or "")

    def _note(self, element: Element, line: "_DocxLine") -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        note = self._notes.pop((kind, element.get(f"{W}id") or ""), None)
        if note is not None:
            line.hang(self.blocks(note))


class _DocxLine:
    """A paragraph while it is read."""

    def __init__(self, is_hidden: bool) -> None:
        self.is_hidden = is_hidden
        self.was_hidden = False
        self.parts: list[str] = []
        self.hanging: list[TextBlock] = []

    def add(self, words: str) -> None:
        """Add words that are seen."""
        self.was_hidden = False if words else self.was_hidden
        self.parts.append(words)

    def hang(self, blocks: Iterable[TextBlock]) -> None:
        """Add what comes after the paragraph and is no part of it."""
        self.hanging += [TextBlock(block.text, is_alone=True) for block in blocks if block.text]


def _found(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, not those of tables inside it."""
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _found(element, name)


def _branch(alternatives: Element) -> Element:
    """Return the first form of a drawing that holds text, else the last."""
    last = alternatives
    for last in alternatives:
        if any(each.tag in (f"{W}t", f"{_MATH}t") for each in last.iter()):
            return last
    return last


def _is_equation(ole: Element) -> bool:
    return (ole.get("ProgID") or "").lower().startswith(_EQUATION_PROGRAMS)
