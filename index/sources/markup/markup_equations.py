"""Equations of pages and books, written into their text on one line before anything else reads it."""

import re

from index.sources.markup.elements import Element, local_name
from index.sources.markup.equations import linear
from index.text.prose import GAP

# What holds an equation twice, as MathML and as it is drawn.
_DRAWN_TWICE = re.compile(r"(?:^|\s)(?:katex|MathJax\w*|mjx-container|mwe-math-element)(?:\s|$)")
_PICTURE = re.compile(r"(?:^|[\s_-])(?:tex|latex|math|equation|formula)", re.IGNORECASE)


def write_equations(root: Element) -> tuple[list[str], int]:
    """Put words in place of equations; return what was written, and how many are pictures without any."""
    written: list[str] = []
    unread = 0
    for element in list(root.iter()):
        name = local_name(element)
        if name == "math":
            said = linear(element).strip()
            _replace(_whole(element), said or GAP)
            written += [said] if said else []
            unread += not said
        elif name == "img" and _PICTURE.search(element.get("class") or "") and _is_in(element, root):
            _replace(element, GAP)
            unread += 1
    return written, unread


def _whole(math: Element) -> Element:
    """Return the outermost element that is this equation and nothing else."""
    whole, above = math, math.getparent()
    while above is not None:
        if local_name(above).startswith("mjx-") or _DRAWN_TWICE.search(above.get("class") or ""):
            whole = above
        above = above.getparent()
    return whole


def _is_in(element: Element, root: Element) -> bool:
    """Tell whether an element has not been replaced together with one that it stood in."""
    above: Element | None = element
    while above is not None:
        if above is root:
            return True
        above = above.getparent()
    return False


def _replace(element: Element, words: str) -> None:
    """Make an element one that holds words and nothing else; what follows it stays."""
    for child in list(element):
        element.remove(child)
    element.tag = "span"
    for key in ("style", "hidden", "class"):
        if element.get(key) is not None:
            element.set(key, "")
    element.text = words
