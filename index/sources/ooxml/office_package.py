"""Packages of Office Open XML: parts, what they refer to, and what the file says about itself."""

import io
import posixpath
from collections.abc import Iterator

from index.sources.files.archive import open_archive, require_modest, unpack_path
from index.sources.files.files import Input
from index.sources.files.limits import Options
from index.sources.markup.elements import Element, local_name
from index.sources.markup.trees import parse_xml
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import parse_date
from index.sources.office.properties import SaidOfItself


class OfficePackage:
    """An opened file."""

    def __init__(self, file: Input, options: Options) -> None:
        """Open a file.

        Raises:
            SourceError: It is damaged, or asks for too much.
        """
        self._name, self._limits = file.name, options.limits
        self._archive = open_archive(io.BytesIO(file.read()), file.name, options.limits)
        require_modest(self._archive.infolist(), file.name, options.limits)

    def data(self, path: str) -> bytes | None:
        """Return what stands at a path, None where nothing does.

        Raises:
            SourceError: It is damaged.
        """
        return unpack_path(self._archive, path, self._name, self._limits)

    def part(self, path: str) -> Element | None:
        """Return the XML at a path, None where nothing is.

        Raises:
            SourceError: It is damaged.
        """
        data = self.data(path)
        return None if data is None else parse_xml(data, self._name)

    def related(self, path: str) -> Iterator[tuple[str, str, str]]:
        """Yield what a part refers to inside the package: id, kind, and path."""
        folder, name = posixpath.split(path)
        relations = self.part(f"{folder}/_rels/{name}.rels")
        for each in () if relations is None else relations:
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target") or ""))
                kind = (each.get("Type") or "").rpartition("/")[2]
                yield each.get("Id") or "", kind, target.removeprefix("/")

    def said(self) -> SaidOfItself:
        """Return what the properties say."""
        core = self.part("docProps/core.xml")
        found = {
            local_name(each): " ".join((each.text or "").split()) for each in (() if core is None else core)
        }
        return SaidOfItself(
            found.get("title") or None,
            found.get("creator") or None,
            parse_date(found.get("created", "")),
            language_code(found.get("language")),
        ).without_template()


def reference(element: Element) -> str:
    """Return the id of what an element refers to, in the usual form of the standard or the strict one."""
    return next((value for key, value in element.items() if key.endswith("/relationships}id")), "")
