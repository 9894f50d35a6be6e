"""The numbers that Word itself puts before paragraphs, which are not in the text: "Điều 2.", "b)", "1.3"."""

import re
from dataclasses import dataclass

from index.sources.markup.elements import Element
from index.sources.office.numerals import written
from index.sources.ooxml.docx_styles import InList, Styles, W, child, number, said, switch

_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of one level of a list look, and when they restart."""

    start: int
    format: str
    text: str
    restart: int | None
    joint: str
    is_legal: bool
    style: str | None
    is_hidden: bool


class Numbers:
    """Counts the lists of a document, whose paragraphs must come in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        elements = [] if root is None else list(root)
        self._abstract = {
            each.get(f"{W}abstractNumId"): each for each in elements if each.tag == f"{W}abstractNum"
        }
        self._lists = {number(each.get(f"{W}numId")): each for each in elements if each.tag == f"{W}num"}
        self._levels: dict[int, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def next(self, paragraph: Element) -> str:
        """Return what stands before the text of a paragraph, with the space after it; empty for nothing."""
        place = self._place(paragraph)
        if place is None:
            return ""
        which, at = place
        abstract, levels, starts = self._list(which)
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        before = counts[at]
        if at in starts and (which, at) not in self._begun:
            counts[at] = starts[at]
        else:
            counts[at] = level.start if before is None else before + 1
        self._begun.add((which, at))
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < restart:
                counts[deeper] = None
        label = self._label(level, levels, counts)
        return f"{label}{level.joint}" if label else ""

    def _label(self, level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
        if level.format == "bullet" or level.is_hidden:
            return ""

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            named = levels.get(at)
            if named is None:
                return ""
            count = counts[at]
            return written(
                named.start if count is None else count, "decimal" if level.is_legal else named.format
            )

        return _PRIVATE.sub("", _PLACE.sub(one, level.text)).strip()

    def _place(self, paragraph: Element) -> tuple[int, int] | None:
        """Return the list and the level that a paragraph is in, None for one in no list."""
        direct = child(paragraph, "pPr", "numPr")
        own = InList(number(said(direct, "numId")), number(said(direct, "ilvl")))
        styled, style = self._styles.in_list(self._styles.of_paragraph(paragraph))
        which = own.list if own.list is not None else styled.list
        if which is None or which not in self._lists:
            return None
        level = own.level
        if level is None and own.list is None:
            linked = (at for at, each in self._list(which)[1].items() if style and each.style == style)
            level = next(linked, styled.level)
        return which, min(max(level or 0, 0), _LEVELS - 1)

    def _list(self, which: int) -> tuple[str, dict[int, _Level], dict[int, int]]:
        """Return which counters a list uses, its levels, and where it restarts."""
        if which not in self._levels:
            entry = self._lists[which]
            name = self._linked(said(entry, "abstractNumId"))
            levels = _levels_of(self._abstract.get(name))
            starts: dict[int, int] = {}
            for override in entry:
                at = number(override.get(f"{W}ilvl"))
                if override.tag != f"{W}lvlOverride" or at is None:
                    continue
                levels |= _levels_of(override)
                start = number(said(override, "startOverride"))
                if start is not None:
                    starts[at] = start
            self._levels[which] = name or "", levels, starts
        return self._levels[which]

    def _linked(self, name: str | None) -> str | None:
        """Return the definition that a list has, which may be that of a style."""
        for _ in range(_LEVELS):
            style = said(self._abstract.get(name), "numStyleLink")
            which = self._styles.in_list(style)[0].list
            if which is None or which not in self._lists:
                break
            name = said(self._lists[which], "abstractNumId")
        return name


def _levels_of(parent: Element | None) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for each in () if parent is None else parent:
        at = number(each.get(f"{W}ilvl"))
        if each.tag != f"{W}lvl" or at is None:
            continue
        start = number(said(each, "start"))
        found[at] = _Level(
            start=0 if start is None else start,
            format=said(each, "numFmt") or "decimal",
            text=said(each, "lvlText") or "",
            restart=number(said(each, "lvlRestart")),
            joint="" if said(each, "suff") == "nothing" else " ",
            is_legal=bool(switch(each, "isLgl")),
            style=said(each, "pStyle"),
            is_hidden=bool(switch(each, "rPr", "vanish")),
        )
    return found
