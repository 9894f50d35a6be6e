"""OpenDocument packages (text, sheets, slides): opened, unlocked or refused; and their own metadata.

The format is a ZIP archive of a few XML files, all read by libraries. What odfdo makes of them as text has
marks of its own around titles, notes and tables, and no numbers of lists, so their elements are read here.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator

from index.errors import SourceError
from index.sources.files.archive import open_archive, require_modest, unpack_path
from index.sources.files.files import Input
from index.sources.files.limits import Limits, Options
from index.sources.markup.elements import Element, local_name
from index.sources.markup.trees import parse_xml
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import parse_date
from index.sources.office.properties import SaidOfItself

_SPACES = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{_SPACES}text:1.0}}"
TABLE = f"{{{_SPACES}table:1.0}}"
DRAW = f"{{{_SPACES}drawing:1.0}}"
STYLE = f"{{{_SPACES}style:1.0}}"
OFFICE = f"{{{_SPACES}office:1.0}}"
PRESENTATION = f"{{{_SPACES}presentation:1.0}}"
LINK = "{http://www.w3.org/1999/xlink}"
_LOCK = "encryption-data"
_AUTHORS = ("initial-creator", "creator")


class OpenDocument:
    """An opened package.

    Attributes:
        body: What stands in `office:text`, `office:spreadsheet` or `office:presentation`.
        roots: The trees in which styles are defined, the document's own first.
        said: What it says about itself.
    """

    def __init__(self, file: Input, options: Options) -> None:
        """Open a file.

        Raises:
            SourceError: It is locked or damaged.
        """
        self._name = file.name
        self._limits: Limits = options.limits
        self._archive = open_archive(io.BytesIO(file.read()), file.name, options.limits)
        require_modest(self._archive.infolist(), file.name, options.limits)
        manifest = self.part("META-INF/manifest.xml")
        if manifest is not None and any(local_name(each) == _LOCK for each in manifest.iter()):
            raise SourceError("{name} is locked with a password; save it without one.", name=file.name)
        content = self.part("content.xml")
        body = None if content is None else next(_named(content, f"{OFFICE}body"), None)
        kinds = [] if body is None else list(body)
        if content is None or not kinds:
            raise SourceError("{name} is a damaged OpenDocument file; save it again.", name=file.name)
        self.body = kinds[0]
        styles = self.part("styles.xml")
        self.roots = [content] if styles is None else [content, styles]
        self.said = _said(self.part("meta.xml"))

    def part(self, path: str) -> Element | None:
        """Return the XML at a path of the package, None where nothing is.

        Raises:
            SourceError: It is damaged.
        """
        data = unpack_path(self._archive, path, self._name, self._limits)
        return parse_xml(data, self._name) if data and data.strip() else None

    def equation(self, path: str) -> Element | None:
        """Return the equation stored as an object at a path, None if it is not one."""
        try:
            found = self.part(posixpath.normpath(f"{path}/content.xml"))
        except (SourceError, zipfile.BadZipFile):
            return None
        return found if found is not None and local_name(found) == "math" else None

    def heads(self) -> Iterator[Element]:
        """Yield the headers and footers."""
        for root in self.roots[1:]:
            for element in root.iter():
                if local_name(element) in ("header", "footer", "header-left", "footer-left") and (
                    element.tag != f"{TEXT}header"
                ):
                    yield element


def _named(root: Element, tag: str) -> Iterator[Element]:
    return (element for element in root if element.tag == tag)


def _said(meta: Element | None) -> SaidOfItself:
    found: dict[str, str] = {}
    for element in () if meta is None else meta.iter():
        words = " ".join((element.text or "").split())
        if words:
            found.setdefault(local_name(element), words)
    return SaidOfItself(
        found.get("title"),
        next((found[name] for name in _AUTHORS if name in found), None),
        parse_date(found.get("creation-date", "")),
        language_code(found.get("language")),
    ).without_template()
