"""OpenDocument text and slides (.odt, .odp), of LibreOffice and others: one document per file."""

from collections.abc import Iterator

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind, remark
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import recognise
from index.sources.markup.elements import local_name
from index.sources.metadata.text_metadata import day_of_text, heading, origin
from index.sources.office.blocks import headings_of_blocks, text_of_blocks
from index.sources.office.slides import Slide, slides_document
from index.sources.opendocument.odf_styles import OdfStyles
from index.sources.opendocument.odf_text import OdfText
from index.sources.opendocument.opendocument import DRAW, OpenDocument


def read_odt(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a text.

    Raises:
        SourceError: It is locked or damaged, or holds no text.
    """
    opened = OpenDocument(file, options)
    styles = OdfStyles(opened.roots)
    words = OdfText(styles, opened.equation)
    blocks = list(words.blocks(opened.body))
    text = text_of_blocks(blocks)
    if not text:
        raise SourceError("{name} holds no text; left out.", name=file.name)
    spelling = recognise(text, file.name)
    text = spelling.convert(text)
    source, url = origin(text)
    day = day_of_text(spelling.convert(text_of_blocks(blocks, with_rows=False)), opened.said.created)
    heads = [block.text for each in opened.heads() for block in OdfText(styles, opened.equation).blocks(each)]
    heads = list(filter(None, heads))
    yield Document(
        file.id,
        text,
        title=spelling.title(opened.said.title or words.title) or heading(text),
        source=source,
        url=url,
        date=day.date,
        dated=day.dated,
        author=spelling.title(opened.said.author),
        language=opened.said.language,
        remarks=(*words.remarks(), *remark(RemarkKind.HEADS, len(heads), (), heads)),
        headings=headings_of_blocks(blocks, text),
        lined=False,
    )


def read_odp(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of slides, each of them a page.

    Raises:
        SourceError: It is locked or damaged, or holds no text.
    """
    opened = OpenDocument(file, options)
    words = OdfText(OdfStyles(opened.roots), opened.equation, is_numbered=False)
    slides = [
        Slide(
            text_of_blocks(words.blocks(page)),
            text_of_blocks(
                block for notes in page if local_name(notes) == "notes" for block in words.blocks(notes)
            ),
        )
        for page in opened.body
        if page.tag == f"{DRAW}page"
    ]
    yield slides_document(file, slides, opened.said, tuple(words.remarks()))
