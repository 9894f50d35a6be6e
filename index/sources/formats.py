"""The readers, by the kind of the file."""

from collections.abc import Callable, Iterator

from index.records import Document
from index.sources.epub import read_epub
from index.sources.files.files import Input, Report
from index.sources.files.kinds import Kind
from index.sources.files.limits import Options
from index.sources.markdown import read_markdown
from index.sources.ooxml.docx import read_docx
from index.sources.ooxml.pptx import read_pptx
from index.sources.ooxml.xlsx import read_xlsx
from index.sources.opendocument.ods import read_ods
from index.sources.opendocument.odt import read_odp, read_odt
from index.sources.pdf.pdf import read_pdf
from index.sources.plain import read_plain
from index.sources.rtf.rtf import read_rtf
from index.sources.tables.csv import read_table
from index.sources.tables.jsonl import read_jsonl
from index.sources.web.feed import read_feed
from index.sources.web.html import read_html

Reader = Callable[[Input, Report, Options], Iterator[Document]]

READERS: dict[Kind, Reader] = {
    Kind.PLAIN: read_plain,
    Kind.MARKDOWN: read_markdown,
    Kind.HTML: read_html,
    Kind.PDF: read_pdf,
    Kind.DOCX: read_docx,
    Kind.EPUB: read_epub,
    Kind.CSV: read_table,
    Kind.JSONL: read_jsonl,
    Kind.FEED: read_feed,
    Kind.RTF: read_rtf,
    Kind.ODT: read_odt,
    Kind.ODS: read_ods,
    Kind.ODP: read_odp,
    Kind.XLSX: read_xlsx,
    Kind.PPTX: read_pptx,
}
"""Every kind but archives and letters, in which files are that are read each by its own kind."""
