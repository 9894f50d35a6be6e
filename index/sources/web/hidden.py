"""What a reader of a page does not see: removed before anything else is done with it."""

import re
from collections.abc import Iterator, Mapping

from index.sources.markup.elements import Element, local_name
from index.sources.markup.trees import cut_out

Declarations = Mapping[str, str]

_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What holds on a screen of some size, in print or while something moves is not how the page is seen.
_AT = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FAR = -500.0
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"})
_NO_COLOUR = frozenset({"transparent", "inherit", "initial", "unset", "none"})
_WHOLE = ("html", "body", "head")  # a page that is shown only after a program has run is meant to be seen
_CLIPPED = re.compile(
    r"rect\((?:0|1)(?:px)?[ ,]+(?:0|1)(?:px)?[ ,]+(?:0|1)(?:px)?[ ,]+(?:0|1)(?:px)?\)|inset\((?:50|100)%"
)
_MOST_SELECTORS = 5_000


def take_hidden_out(root: Element) -> list[str]:
    """Remove what is not seen from the tree of a page; return its text.

    Style sheets in the page count with selectors of a name, classes and ids; those elsewhere are not known.
    """
    styles = _StyleSheet(root)
    found = [element for element in root.iter() if styles.is_hidden(element)]
    said = []
    gone: set[Element] = set()
    for element in found:
        if element is root or any(above in gone for above in _above(element)):
            continue
        gone.add(element)
        if words := " ".join("".join(_words(element)).split()):
            said.append(words)
    cut_out(root, gone)
    return said


class _StyleSheet:
    """The rules within a page."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[str, list[tuple[str, frozenset[str], dict[str, str]]]] = {}
        self._count = 0
        self._is_linked = False
        for element in root.iter():
            name = local_name(element)
            if name == "style" and (element.get("media") or "all") in ("all", "screen"):
                self._add(element.text or "")
            elif name == "link" and "stylesheet" in (element.get("rel") or "").lower():
                self._is_linked = True

    def is_hidden(self, element: Element) -> bool:
        """Tell whether an element is not seen, whatever it stands in."""
        name = local_name(element)
        if not name or name in _WHOLE:
            return False
        if element.get("hidden") is not None:
            return True
        style = self._of(element, name)
        if not style:
            return False
        return _is_nowhere(style) or (style.get("color") in _WHITE and self._is_on_white(element))

    def _add(self, sheet: str) -> None:
        sheet = _AT.sub(" ", _COMMENT.sub(" ", sheet))
        for match in _RULE.finditer(sheet):
            declarations = _declarations(match[2])
            for selector in match[1].split(","):
                self._count += 1
                if self._count > _MOST_SELECTORS:
                    return
                simple = _SIMPLE.fullmatch(selector.strip())
                if declarations and simple and selector.strip():
                    marks = frozenset(re.findall(r"[.#][\w-]+", simple[2]))
                    key = min(marks, default=(simple[1] or "").lower())
                    self._rules.setdefault(key, []).append(((simple[1] or "").lower(), marks, declarations))

    def _of(self, element: Element, name: str) -> dict[str, str]:
        style: dict[str, str] = {}
        if self._rules:
            marks = {f".{each}" for each in (element.get("class") or "").split()}
            marks.add(f"#{element.get('id') or ''}")
            for key in (name, *marks):
                for tag, needed, declarations in self._rules.get(key, ()):
                    if tag in ("", name) and needed <= marks:
                        style |= declarations
        return style | _declarations(element.get("style") or "")

    def _is_on_white(self, element: Element) -> bool:
        """Tell whether what is behind an element is white for certain."""
        for each in (element, *_above(element)):
            style = self._of(each, local_name(each))
            if "background-image" in style or "url(" in style.get("background", ""):
                return False
            said = style.get("background-color") or style.get("background") or each.get("bgcolor")
            if said and said.lower() not in _NO_COLOUR:
                return said.lower() in _WHITE
        return not self._is_linked


def _declarations(text: str) -> dict[str, str]:
    return {
        match[1].lower(): "".join(match[2].lower().replace("!important", "").split())
        if match[1].lower() in ("color", "background", "background-color")
        else " ".join(match[2].lower().replace("!important", "").split())
        for match in _DECLARATION.finditer(text)
    }


def _is_nowhere(style: Declarations) -> bool:
    """Tell whether an element with these declarations has no place that anybody sees."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if style.get("opacity") in ("0", "0.0", "0%") or style.get("font-size") in ("0", "0px", "0pt", "0em"):
        return True
    if _CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", "")):
        return True
    is_moved = style.get("position") in ("absolute", "fixed", "relative")
    places = [
        "text-indent",
        *(["left", "top", "right", "bottom", "margin-left"] if is_moved else ["margin-left"]),
    ]
    if any(_number(style.get(place)) <= _FAR for place in places):
        return True
    is_cut = style.get("overflow") in ("hidden", "clip")
    return is_cut and any(0 <= _number(style.get(side), 2) <= 1 for side in ("width", "height", "max-height"))


def _number(said: str | None, default: float = 0.0) -> float:
    match = _NUMBER.match(said or "")
    if match is None:
        return default
    return float(match[0]) * (16 if (said or "").endswith("em") else 1)


def _above(element: Element) -> Iterator[Element]:
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()


def _words(element: Element) -> Iterator[str]:
    for each in element.iter():
        if local_name(each) not in ("script", "style", ""):
            yield each.text or ""
        if each is not element:
            yield f" {each.tail or ''}"
