"""RTF, the exchange format of word processors: one document per file."""

import unicodedata
from collections.abc import Iterator

from index.errors import SourceError
from index.records import Document
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import recognise
from index.sources.metadata.stated_dates import parse_date
from index.sources.metadata.text_metadata import day_of_text, heading, origin
from index.sources.office.blocks import headings_of_blocks, text_of_blocks
from index.sources.office.properties import SaidOfItself
from index.sources.rtf.rtf_text import RtfText


def read_rtf(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a file.

    Raises:
        SourceError: It is damaged, or holds no text.
    """
    try:
        words = RtfText(file.read().decode("latin-1"))
    except RecursionError:
        raise SourceError("{name} is a damaged RTF file; save it again.", name=file.name) from None
    # Some of the old encodings have tones as characters of their own.
    text = unicodedata.normalize("NFC", text_of_blocks(words.blocks))
    if not text:
        raise SourceError("{name} holds no text; left out.", name=file.name)
    spelling = recognise(text, file.name)
    text = spelling.convert(text)
    title, author = (" ".join(words.told.get(name, "").split()) or None for name in ("title", "author"))
    said = SaidOfItself(title, author, parse_date(words.told.get("creatim", ""))).without_template()
    source, url = origin(text)
    day = day_of_text(spelling.convert(text_of_blocks(words.blocks, with_rows=False)), said.created)
    yield Document(
        file.id,
        text,
        title=spelling.title(said.title) or heading(text),
        source=source,
        url=url,
        date=day.date,
        dated=day.dated,
        author=spelling.title(said.author),
        remarks=tuple(words.remarks()),
        headings=headings_of_blocks(words.blocks, text),
        lined=False,
    )
