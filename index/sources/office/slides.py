"""Slides as one document: each slide a page, its speaker's notes after what is shown."""

from collections.abc import Sequence
from typing import NamedTuple

from index.errors import SourceError
from index.records import Dated, Document
from index.remarks import Remark
from index.sources.files.files import Input
from index.sources.legacy import recognise
from index.sources.office.properties import SaidOfItself

_BETWEEN = "\n\n"


class Slide(NamedTuple):
    """The text of a slide, and of its notes."""

    text: str
    notes: str = ""


def slides_document(
    file: Input, slides: Sequence[Slide], said: SaidOfItself, remarks: tuple[Remark, ...]
) -> Document:
    """Return the slides as a document.

    Raises:
        SourceError: None has text.
    """
    texts = [_BETWEEN.join(filter(None, slide)) for slide in slides]
    spelling = recognise(_BETWEEN.join(filter(None, texts)), file.name)
    text, pages = "", []
    for each in texts:
        pages.append(len(text))
        if each:
            text += spelling.convert(each) + _BETWEEN
    if not text:
        raise SourceError("{name} holds no text; left out.", name=file.name)
    text = text.removesuffix(_BETWEEN)
    pages = [min(page, len(text)) for page in pages]
    first = next((slide.text for slide in slides if slide.text), "").split("\n", 1)[0]
    return Document(
        file.id,
        text,
        title=spelling.title(said.title or " ".join(first.split()) or None),
        date=said.created,
        dated=Dated.FILE if said.created else Dated.STATED,
        author=spelling.title(said.author),
        language=said.language,
        pages=tuple(pages),
        remarks=remarks,
    )
