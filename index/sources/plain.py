"""Plain text: one document per file."""

from collections.abc import Iterator

from index.records import Document
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import recognise
from index.sources.metadata.text_metadata import date_line, heading, origin


def read_plain(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the one document of a text file, with what it says about itself."""
    text = decode(file.read(), file.name)
    text = recognise(text, file.name).convert(text)
    source, url = origin(text)
    date = date_line(text)
    yield Document(file.id, text, title=heading(text), source=source, url=url, date=date)
