"""HTML and XML as trees, and trees as text: the only door to lxml."""

import re
from collections.abc import Iterable
from typing import NamedTuple, cast

from index.errors import SourceError
from index.sources.markup.elements import Element, local_name

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# What stands in no cell of words.
_PARTS = frozenset({"h1", "h2", "h3", "h4", "article", "section", "main", "table"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset(
    ["head", "script", "style", "template", "noscript", "iframe", "object", "svg", "audio", "video"]
)
_BACK = "doc-backlink"  # the arrow behind a note
_GONE = "{urn:trichdan}gone"  # no page has an element of this name
_SPACES = re.compile(r"[ \t\n\r\f\u200b\ufeff]+")
_CELL = "\t"
_CELL_END = "\x1f"  # a tab in a page is a space


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML; no entity is resolved, and nothing is fetched.

    Raises:
        SourceError: It is not well formed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return cast(Element, etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("{name} is damaged (its XML cannot be read); save it again.", name=name) from None


def parse_html(text: str) -> Element | None:
    """Parse HTML as browsers do, however broken; None if there is no element in it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def text_of(root: Element) -> str:
    """Return the text of a tree: one paragraph per block, an empty line between, tabs between cells."""
    return "\n\n".join(block.text for block in blocks_of(root))


def html_of(root: Element) -> str:
    """Return a tree as HTML."""
    from lxml import etree

    return str(etree.tostring(root, method="html", encoding="unicode"))


def cut_out(root: Element, elements: Iterable[Element]) -> None:
    """Remove elements from a tree; what follows each stays where it was."""
    from lxml import etree

    for element in elements:
        element.tag = _GONE
    etree.strip_elements(root, _GONE, with_tail=False)


class MarkupBlock(NamedTuple):
    """A paragraph of a tree.

    Attributes:
        text: What it says.
        element: In which it begins, a row of a table or a block such as `p`, `li` or `h1`.
        linked: The share of its characters that are links.
    """

    text: str
    element: Element
    linked: float

    @property
    def level(self) -> int:
        """Its level as a heading, from 1; 0 for what is none."""
        name = local_name(self.element)
        return int(name[1]) if name in _HEADINGS else 0


def blocks_of(root: Element) -> list[MarkupBlock]:
    """Return the text of a tree, paragraph by paragraph; equations must have been written into it."""
    writer = _Writer(root)
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:  # not a recursion: trees may be deep
        element, is_end = stack.pop()
        name = local_name(element)
        if is_end:
            writer.end(name)
            if element is not root:
                writer.add(element.tail)
            continue
        if name and name not in _SILENT and element.get("role") != _BACK:
            writer.begin(name, element)
            writer.add(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        elif element is not root:
            writer.add(element.tail)
    return writer.blocks()


class _Writer:
    """Puts words together into paragraphs."""

    def __init__(self, root: Element) -> None:
        self._blocks: list[MarkupBlock] = []
        self._words: list[str] = []
        self._is_filled = False
        self._cells = 0
        self._rows = 0
        self._open = [root]
        self._links = 0
        self._linked = 0

    def add(self, words: str | None) -> None:
        if words:
            self._words.append(words)
            self._is_filled = self._is_filled or not words.isspace()
            self._linked += len(words) if self._links else 0

    def begin(self, name: str, element: Element) -> None:
        if name == "br":
            self._words.append("\v")
        elif name == "a":
            self._links += 1
        elif name == "tr" and not self._cells and not _lays_out(element):
            self._break()
            self._rows, self._cells = self._rows + 1, 0
        elif name in _CELLS and self._rows:
            if self._cells and self._is_filled:
                self._words.append(_CELL_END)
            self._cells += 1
        elif name in _BLOCKS and not (self._rows and self._cells):
            self._break()
        elif name in _BLOCKS:
            self._words.append(" ")
        if name in _BLOCKS:
            self._open.append(element)

    def end(self, name: str) -> None:
        if name == "tr" and self._rows:
            self._break()
            self._rows, self._cells = max(0, self._rows - 1), 0
        elif name == "a":
            self._links = max(0, self._links - 1)
        elif name in _BLOCKS and name not in _CELLS:
            if self._rows and self._cells:
                self._words.append(" ")
            else:
                self._break()
        if name in _BLOCKS:
            self._open.pop()

    def _break(self) -> None:
        words = "".join(self._words)
        joined = "\n".join(filter(None, map(_one_line, words.split("\v"))))
        if joined:
            self._blocks.append(MarkupBlock(joined, self._open[-1], self._linked / max(len(words), 1)))
        self._words, self._is_filled, self._linked = [], False, 0

    def blocks(self) -> list[MarkupBlock]:
        self._break()
        return self._blocks


def _lays_out(row: Element) -> bool:
    """Tell whether a row of a table only puts parts of the page side by side."""
    return any(local_name(each) in _PARTS for each in row.iter() if each is not row)


def _one_line(words: str) -> str:
    return _CELL.join(_SPACES.sub(" ", cell).strip() for cell in words.split(_CELL_END)).strip()
