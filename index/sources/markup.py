"""HTML and XML as trees, and trees as text: the only door to lxml."""

import re
from typing import cast

from index.errors import SourceError
from index.sources.elements import Element, local_name
from index.sources.equations import linear

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
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset(
    ["head", "script", "style", "template", "noscript", "iframe", "object", "svg", "audio", "video"]
)
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
        raise SourceError(f"{name} is damaged (its XML cannot be read); save it again.") from None


def parse_html(text: str) -> Element | None:
    """Parse HTML as browsers do, whatever it is; None where there is no element in it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def text_of(root: Element) -> str:
    """Return what a tree says: a block a paragraph with an empty line between, cells of a row by a tab."""
    writer = _Writer()
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:  # not a recursion: trees may be deep
        element, is_end = stack.pop()
        name = local_name(element)
        if is_end:
            writer.end(name)
            if element is not root:
                writer.add(element.tail)
            continue
        if name == "math":
            writer.add(linear(element))
        if name and name not in _SILENT and name != "math":
            writer.begin(name)
            writer.add(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        elif element is not root:
            writer.add(element.tail)
    return writer.text()


class _Writer:
    """Puts words together to paragraphs."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._words: list[str] = []
        self._cells = 0
        self._rows = 0

    def add(self, words: str | None) -> None:
        if words:
            self._words.append(words)

    def begin(self, name: str) -> None:
        if name == "br":
            self._words.append("\v")
        elif name == "tr" and not self._cells:
            self._break()
            self._rows, self._cells = self._rows + 1, 0
        elif name in _CELLS and self._rows:
            if self._cells and "".join(self._words).strip():
                self._words.append(_CELL_END)
            self._cells += 1
        elif name in _BLOCKS and not (self._rows and self._cells):
            self._break()
        elif name in _BLOCKS:
            self._words.append(" ")

    def end(self, name: str) -> None:
        if name == "tr":
            self._break()
            self._rows, self._cells = max(0, self._rows - 1), 0
        elif name in _BLOCKS and name not in _CELLS:
            if self._rows and self._cells:
                self._words.append(" ")
            else:
                self._break()

    def _break(self) -> None:
        lines = "".join(self._words).split("\v")
        joined = "\n".join(filter(None, map(_one_line, lines)))
        if joined:
            self._paragraphs.append(joined)
        self._words = []

    def text(self) -> str:
        self._break()
        return "\n\n".join(self._paragraphs)


def _one_line(words: str) -> str:
    return _CELL.join(_SPACES.sub(" ", cell).strip() for cell in words.split(_CELL_END)).strip()
