"""EPUB: one document per book, its chapters in reading order.

The format is a ZIP archive, two XML files and pages of HTML, all read by libraries; the one library that
reads it as a whole, EbookLib, is under the AGPL.
"""

import io
import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from index.errors import SourceError
from index.records import Document
from index.remarks import Remark, RemarkKind, remark
from index.sources.files.archive import open_archive, require_modest, unpack_path
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import modern
from index.sources.markup.elements import Element, local_name
from index.sources.markup.markup_equations import write_equations
from index.sources.markup.trees import MarkupBlock, blocks_of, parse_html, parse_xml
from index.sources.metadata.block_headings import BETWEEN, headings_of
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import parse_date
from index.sources.web.hidden import take_hidden_out

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


class _Book:
    """An opened book."""

    def __init__(self, file: Input, options: Options) -> None:
        self.name = file.name
        self._limits = options.limits
        self._archive = open_archive(io.BytesIO(file.read()), file.name, options.limits)
        require_modest(self._archive.infolist(), file.name, options.limits)

    def member(self, path: str) -> bytes | None:
        """Return what stands at a path of the book, None where nothing does."""
        return unpack_path(self._archive, path, self.name, self._limits)

    def xml(self, path: str) -> Element:
        """Return the XML at a path of the book."""
        data = self.member(path)
        if data is None:
            raise SourceError(
                "{name} is a damaged EPUB file ({path} is missing); save it again.", name=self.name, path=path
            )
        return parse_xml(data, self.name)


def read_epub(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a book; chapters that cannot be read are reported.

    Raises:
        SourceError: It is locked or damaged, or holds no text.
    """
    book = _Book(file, options)
    locks = book.member(_LOCKS)
    if locks and any(_is_lock(element) for element in parse_xml(locks, file.name).iter()):
        raise SourceError("{name} is locked by its publisher (DRM); it cannot be read.", name=file.name)
    package_path = next(
        (unquote(element.get("full-path") or "") for element in book.xml(_CONTAINER).iter()
         if local_name(element) == "rootfile"),
        "",
    )  # fmt: skip
    package = book.xml(package_path)
    chapters = _Chapters()
    size = 0
    for path in _spine(package, posixpath.dirname(package_path)):
        data = book.member(path)
        if data is None:
            report(
                SourceError("{name} has no chapter {path}; the others were read.", name=file.name, path=path)
            )
            continue
        size += chapters.add(data, f"{file.name}/{path}")
        if size > options.limits.text:
            raise SourceError(
                "{name} holds more text than the limit of {limit:,} characters; split it.",
                name=file.name,
                limit=options.limits.text,
            )
    text, _ = modern(BETWEEN.join(block.text for block in chapters.blocks), file.name)
    if not text:
        raise SourceError("{name} holds no text; left out.", name=file.name)
    said = _metadata(package)
    yield Document(
        file.id,
        text,
        title=said.get("title"),
        source=said.get("publisher"),
        date=parse_date(said.get("date", "")),
        author=said.get("creator"),
        language=language_code(said.get("language")),
        remarks=tuple(chapters.remarks()),
        headings=headings_of(((block.text, block.level) for block in chapters.blocks), text),
        lined=False,
    )


class _Chapters:
    """The text of chapters as they are read, and what was remarked."""

    def __init__(self) -> None:
        self.blocks: list[MarkupBlock] = []
        self._hidden: list[str] = []
        self._equations: list[str] = []
        self._unread = 0

    def add(self, data: bytes, name: str) -> int:
        """Add a chapter; return how long its text is."""
        declared = "utf-8" if b"encoding" not in data[:200] else None
        root = parse_html(decode(data, name, declared=declared)) if data.strip() else None
        if root is None:
            return 0
        equations, unread = write_equations(root)
        self._equations += equations
        self._unread += unread
        self._hidden += take_hidden_out(root)
        blocks = blocks_of(root)
        self.blocks += blocks
        return sum(len(block.text) + len(BETWEEN) for block in blocks)

    def remarks(self) -> Iterator[Remark]:
        """Yield what was hidden, and which equations there are."""
        yield from remark(RemarkKind.HIDDEN, len(self._hidden), (), self._hidden)
        yield from remark(RemarkKind.LINEAR_EQUATIONS, len(self._equations), (), self._equations)
        yield from remark(RemarkKind.EQUATIONS, self._unread)


def _is_lock(element: Element) -> bool:
    """Tell whether more than the fonts is locked."""
    uri = element.get("URI") or ""
    return local_name(element) == "cipherreference" and not uri.lower().endswith(
        (".ttf", ".otf", ".woff", ".woff2")
    )


def _spine(package: Element, folder: str) -> Iterator[str]:
    """Yield the paths of the chapters that are read one after another; the table of contents is none."""
    items: dict[str, tuple[str, str, str]] = {}
    for element in package.iter():
        if local_name(element) == "item":
            items[element.get("id") or ""] = (
                element.get("href") or "", element.get("media-type") or "", element.get("properties") or ""
            )  # fmt: skip
    for element in package.iter():
        if local_name(element) == "itemref":
            href, kind, properties = items.get(element.get("idref") or "", ("", "", ""))
            if href and kind in _PAGES and "nav" not in properties.split():
                yield posixpath.normpath(posixpath.join(folder, unquote(href)))


def _metadata(package: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in package.iter():
        name = local_name(element)
        words = " ".join((element.text or "").split())
        if name in ("title", "creator", "language", "date", "publisher") and words:
            if name == "creator" and name in found:
                found[name] += f", {words}"
            else:
                found.setdefault(name, words)
    return found
