"""The styles of a Word document: which list a paragraph is in, and which text is hidden."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.sources.markup.elements import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The name space of Word, before the name of every element."""
_OFF = ("0", "false", "off")


_NAMED = re.compile(r"heading ([1-9])", re.IGNORECASE)
_NO_LEVEL = 9


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element that stands under the first child of each of these names in turn, or None."""
    for name in names:
        element = (
            next((each for each in element if each.tag == f"{W}{name}"), None)
            if element is not None
            else None
        )
    return element


def said(element: Element | None, *names: str) -> str | None:
    """Return the value of the element under these names, or None."""
    found = child(element, *names)
    return None if found is None else found.get(f"{W}val")


def number(text: str | None) -> int | None:
    """Return a whole number, None where there is none."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def switch(element: Element | None, *names: str) -> bool | None:
    """Tell whether a property is on, None where nothing is said of it."""
    found = child(element, *names)
    return None if found is None else found.get(f"{W}val") not in _OFF


class InList(NamedTuple):
    """The list and the level that a paragraph is in, each None where it is not said."""

    list: int | None
    level: int | None


class Styles:
    """Styles by their ids, each with those it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for style in () if root is None else root:
            identifier = style.get(f"{W}styleId")
            if style.tag == f"{W}style" and identifier:
                self._styles[identifier] = style
                is_paragraph = style.get(f"{W}type") == "paragraph"
                if is_paragraph and style.get(f"{W}default") not in (None, *_OFF):
                    self._default = identifier

    def of_paragraph(self, paragraph: Element) -> str | None:
        """Return the id of the style of a paragraph."""
        return said(paragraph, "pPr", "pStyle") or self._default

    def in_list(self, style: str | None) -> tuple[InList, str | None]:
        """Return the list that a style puts its paragraphs in, and which style it is that says so."""
        level = None
        for each in self._chain(style):
            numbered = child(self._styles[each], "pPr", "numPr")
            level = number(said(numbered, "ilvl")) if level is None else level
            if (found := number(said(numbered, "numId"))) is not None:
                return InList(found, level), each
        return InList(None, level), None

    def level(self, paragraph: Element) -> int:
        """Return the level of a paragraph as a heading, from 1; 0 for what is none."""
        own = number(said(paragraph, "pPr", "outlineLvl"))
        if own is None:
            chain = (self._styles[each] for each in self._chain(self.of_paragraph(paragraph)))
            own = next((level for style in chain if (level := _level_of(style)) is not None), _NO_LEVEL)
        return own + 1 if 0 <= own < _NO_LEVEL else 0

    def is_hidden(self, style: str | None) -> bool | None:
        """Tell whether a style hides its text, None where it does not say."""
        hidden = (switch(self._styles[each], "rPr", "vanish") for each in self._chain(style))
        return next((each for each in hidden if each is not None), None)

    def _chain(self, style: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield style
            style = said(self._styles[style], "basedOn")


def _level_of(style: Element) -> int | None:
    """Return the level that a style gives its paragraphs, from 0, None where it does not say."""
    level = number(said(style, "pPr", "outlineLvl"))
    named = _NAMED.fullmatch(said(style, "name") or "") if level is None else None
    return int(named[1]) - 1 if named else level
