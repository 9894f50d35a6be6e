"""The styles of an OpenDocument file: which text is hidden, and how the numbers of lists look."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.sources.markup.elements import Element, local_name
from index.sources.office.numerals import small_number, written
from index.sources.opendocument.opendocument import STYLE, TABLE, TEXT

LEVELS = 10
_DEEPEST = 20  # styles that stand on others
# By the names that Word has for the same.
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "01, 02, 03, ...": "decimalZero", "1st": "ordinal", "①, ②, ③, ...": "decimalEnclosedCircle",
    "一, 二, 三, ...": "japaneseCounting", "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
    "а, б, .., аа, аб, ... (ru)": "russianLower", "": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the numbers of one level look.

    Attributes:
        format: The kind of figures, by its name in Word; "none" for a level without numbers.
        before: What stands before them.
        after: What stands after them.
        shown: How many levels are shown, this one the last.
        start: The first number.
        pattern: The whole, `%2%` for the number of the second level; empty where it is made of the others.
    """

    format: str
    before: str
    after: str
    shown: int
    start: int
    pattern: str

    def label(self, level: int, counts: Sequence[int], levels: "dict[int, Numbering]") -> str:
        """Return the number of an item at a level, from 0; empty for none.

        Args:
            level: Where the item is.
            counts: How far each level has counted.
            levels: How the numbers of all levels look.
        """
        if self.format == "none" and not self.pattern:
            return ""

        def one(at: int) -> str:
            numbering = levels.get(at, self)
            return written(counts[at] or numbering.start, numbering.format)

        if self.pattern:
            label = self.pattern
            for at in range(LEVELS):
                label = label.replace(f"%{at + 1}%", one(at) if f"%{at + 1}%" in label else "")
            return label.strip()
        numbers = (one(at) for at in range(max(0, level - self.shown + 1), level + 1))
        return f"{self.before}{'.'.join(filter(None, numbers))}{self.after}".strip()


class OdfStyles:
    """Styles by their names, each with those it stands on."""

    def __init__(self, roots: Sequence[Element]) -> None:
        """Take the styles of some trees; those of the first go before the others'."""
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, Numbering]] = {}
        self.outline: dict[int, Numbering] = {}
        for root in roots:
            for element in root.iter():
                name = element.get(f"{STYLE}name") or ""
                if element.tag == f"{STYLE}style":
                    self._styles.setdefault((element.get(f"{STYLE}family") or "", name), element)
                elif element.tag == f"{TEXT}list-style":
                    self._lists.setdefault(name, _levels(element))
                elif element.tag == f"{TEXT}outline-style":
                    self.outline = self.outline or _levels(element)

    def levels(self, list_style: str | None) -> dict[int, Numbering]:
        """Return how the numbers of a list look, by its levels from 0; levels of bullets are not there."""
        return self._lists.get(list_style or "", {})

    def is_hidden(self, family: str, name: str | None) -> bool:
        """Tell whether text of a style is not shown."""
        return self._property(family, name, "text-properties", f"{TEXT}display") in ("none", "condition")

    def is_section_hidden(self, section: Element) -> bool:
        """Tell whether a section is not shown."""
        return section.get(f"{TEXT}display") == "none"

    def is_table_hidden(self, name: str | None) -> bool:
        """Tell whether sheets of a style are not shown."""
        return self._property("table", name, "table-properties", f"{TABLE}display") == "false"

    def list_of(self, paragraph_style: str | None) -> str | None:
        """Return the list that paragraphs of a style are in, empty for none, None where it is not said."""
        for style in self._chain("paragraph", paragraph_style):
            if (name := style.get(f"{STYLE}list-style-name")) is not None:
                return name
        return None

    def is_title(self, paragraph_style: str | None) -> bool:
        """Tell whether paragraphs of a style are the title of the document."""
        return paragraph_style == "Title" or any(
            style.get(f"{STYLE}name") == "Title" for style in self._chain("paragraph", paragraph_style)
        )

    def _property(self, family: str, name: str | None, group: str, key: str) -> str | None:
        for style in self._chain(family, name):
            for element in style:
                if local_name(element) == group and (value := element.get(key)) is not None:
                    return value
        return None

    def _chain(self, family: str, name: str | None) -> list[Element]:
        chain: list[Element] = []
        while name and (style := self._styles.get((family, name))) is not None and len(chain) < _DEEPEST:
            chain.append(style)
            name = style.get(f"{STYLE}parent-style-name")
        return chain


def _levels(style: Element) -> dict[int, Numbering]:
    found: dict[int, Numbering] = {}
    for element in style:
        level = small_number(element.get(f"{TEXT}level"), 0) - 1
        if local_name(element) not in ("list-level-style-number", "outline-level-style"):
            continue
        if not 0 <= level < LEVELS:
            continue
        found[level] = Numbering(
            _FORMATS.get(element.get(f"{STYLE}num-format") or "", "decimal"),
            element.get(f"{STYLE}num-prefix") or "",
            element.get(f"{STYLE}num-suffix") or "",
            small_number(element.get(f"{TEXT}display-levels"), 1),
            small_number(element.get(f"{TEXT}start-value"), 1),
            _pattern(element),
        )
    return found


def _pattern(element: Element) -> str:
    """Return how LibreOffice writes the numbers of a level, under a name of its own."""
    return next((value for key, value in element.items() if key.endswith("}num-list-format")), "")
