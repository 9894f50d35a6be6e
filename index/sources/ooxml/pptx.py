"""PowerPoint slides (.pptx): one document per file, each slide a page, with its notes.

The format is a ZIP archive of XML files. python-pptx, the library for it, brings two others along that draw
pictures and write sheets, and leaves what diagrams say to whoever calls it.
"""

from collections.abc import Iterator

from index.errors import SourceError
from index.records import Document
from index.remarks import Remark, RemarkKind, remark
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.markup.elements import Element, local_name
from index.sources.markup.equations import linear
from index.sources.office.blocks import TextBlock, row_of, text_of_blocks
from index.sources.office.slides import Slide, slides_document
from index.sources.ooxml.office_package import OfficePackage, reference

# What stands on every slide, or is filled in by the program: number, date, head and foot.
_REPEATED = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
_PRESENTATION = "ppt/presentation.xml"


class _SlideText:
    """What slides say, and what was remarked."""

    def __init__(self) -> None:
        self.equations: list[str] = []
        self.hidden: list[str] = []
        self.heads: list[str] = []

    def blocks(self, parent: Element) -> Iterator[TextBlock]:
        """Yield paragraphs and rows, the title first, as programs that read aloud do."""
        for element in parent:
            name = local_name(element)
            if name in ("sp", "graphicframe", "pic") and _is_repeated(element):
                words = (each.text or "" for each in element.iter() if local_name(each) == "t")
                self.heads += filter(str.strip, words)
            elif name == "p":
                yield TextBlock(self._paragraph(element))
            elif name == "tr":
                yield from row_of([list(self.blocks(cell)) for cell in element if local_name(cell) == "tc"])
            elif name == "alternatecontent":
                yield from self.blocks(next(iter(element), element))
            elif name:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element) -> str:
        parts: list[str] = []
        for element in paragraph:
            name = local_name(element)
            if name == "br":
                parts.append("\n")
            elif name in ("r", "fld"):
                parts += [each.text or "" for each in element if local_name(each) == "t"]
            elif name in ("m", "alternatecontent"):
                root = element if name == "m" else next(iter(element), element)
                if said := "".join(map(linear, root)).strip():
                    self.equations.append(said)
                    parts.append(said)
        lines = "".join(parts).replace("\v", "\n").split("\n")
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def read_pptx(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of slides; hidden ones are left out and counted.

    Raises:
        SourceError: It is damaged, or holds no text.
    """
    package = OfficePackage(file, options)
    presentation = package.part(_PRESENTATION)
    if presentation is None:
        raise SourceError("{name} is a damaged PowerPoint file; save it again.", name=file.name)
    paths = {name: path for name, _, path in package.related(_PRESENTATION)}
    words = _SlideText()
    slides: list[Slide] = []
    for element in presentation.iter():
        if local_name(element) != "sldid":
            continue
        path = paths.get(reference(element), "")
        slide = package.part(path)
        if slide is None:
            report(
                SourceError(
                    "{name} has no slide {path}; the others were read.", name=file.name, path=path or "?"
                )
            )
        elif slide.get("show") in ("0", "false"):
            words.hidden.append(text_of_blocks(_SlideText().blocks(slide)))
            slides.append(Slide(""))  # it has its number all the same
        else:
            slides.append(_slide(package, path, slide, words))
    yield slides_document(file, slides, package.said(), tuple(_remarks(words)))


def _slide(package: OfficePackage, path: str, slide: Element, words: _SlideText) -> Slide:
    blocks = list(words.blocks(slide))
    notes = ""
    for _, kind, target in package.related(path):
        part = package.part(target) if kind in ("notesSlide", "diagramData") else None
        if part is not None and kind == "notesSlide":
            notes = text_of_blocks(words.blocks(part))
        elif part is not None:
            blocks += words.blocks(part)
    return Slide(text_of_blocks(blocks), notes)


def _is_repeated(shape: Element) -> bool:
    """Tell whether a shape is the number of the slide, its date, head or foot."""
    for properties in shape:
        if local_name(properties) in ("nvsppr", "nvgraphicframepr", "nvpicpr"):
            return any(
                local_name(each) == "ph" and each.get("type") in _REPEATED for each in properties.iter()
            )
    return False


def _remarks(words: _SlideText) -> Iterator[Remark]:
    yield from remark(RemarkKind.HEADS, len(words.heads), (), words.heads)
    yield from remark(RemarkKind.HIDDEN, len(words.hidden), (), filter(None, words.hidden))
    yield from remark(RemarkKind.LINEAR_EQUATIONS, len(words.equations), (), words.equations)
