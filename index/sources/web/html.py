"""Web pages: the main text without menus, and the page's own metadata; the only door to trafilatura."""

import datetime as dt
import logging
import re
from collections.abc import Iterator, Mapping
from typing import cast

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind, remark
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import UNCHANGED, VIQR, recognise
from index.sources.markup.elements import Element, local_name
from index.sources.markup.markup_equations import write_equations
from index.sources.markup.trees import MarkupBlock, blocks_of, html_of, parse_html, text_of
from index.sources.metadata.block_headings import BETWEEN, headings_of
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import parse_date
from index.sources.web.hidden import take_hidden_out
from index.sources.web.main_text import main_text, whole_text

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_HEAD = 4096
# What trafilatura calls them in what it extracts.
_ELEMENTS = {
    "row": "tr", "cell": "td", "list": "ul", "item": "li", "head": "h2", "quote": "blockquote", "lb": "br",
}  # fmt: skip
_SAID = ("title", "author", "url", "sitename", "date", "text", "body")
_LANGUAGE = re.compile(r"<html\b[^>]{0,400}?\b(?:xml:)?lang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def read_html(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a page.

    Raises:
        SourceError: It has no main text, or its encoding is not known.
    """
    yield page_document(file.read(), file.name, file.id)


def page_document(
    data: bytes, name: str, identifier: str, *, url: str | None = None, charset: str | None = None
) -> Document:
    """Return what a page says.

    Args:
        data: The page.
        name: What to call it in an error.
        identifier: The id of the document.
        url: Where it was fetched, for a page that does not say its own address.
        charset: The encoding that its server named.

    Raises:
        SourceError: It has no main text, or its encoding is not known.
    """
    declared = _DECLARED.search(data[:_HEAD])
    text = decode(data, name, declared=charset or (declared[1].decode("ascii") if declared else None))
    text = text.translate({code: " " for code in (*range(9), 11, 12, *range(14, 32))})
    tree = parse_html(text)
    if tree is None:
        raise _empty(name)
    # Before anything is taken out: what is a soft hyphen elsewhere is a letter of TCVN3.
    spelling = recognise(text_of(tree), name)
    if spelling.name and spelling.name != VIQR:
        text = spelling.convert(text)
        tree = parse_html(text)
        spelling = UNCHANGED
    if tree is None:
        raise _empty(name)
    equations, unread = write_equations(tree)
    hidden = take_hidden_out(tree)
    said = _extracted(html_of(tree), url)
    blocks = blocks_of(tree)
    found = str(said.get("text") or "").strip()
    main = main_text(blocks, found) if found else []
    if main is None:
        main = _lines(said.get("body"))
    main = main or whole_text(blocks, is_short=bool(found))
    if not main:
        raise _empty(name)
    language = _LANGUAGE.search(text)
    address = _string(said.get("url"))
    if address is None or not address.startswith(("http://", "https://")):
        address = url
    date = parse_date(str(said.get("date") or ""))
    said_so = spelling.convert(BETWEEN.join(block.text for block in main))
    return Document(
        identifier,
        said_so,
        title=spelling.title(_string(said.get("title"))),
        source=_string(said.get("sitename")),
        url=address,
        date=date,
        author=spelling.title(_string(said.get("author"))),
        language=language_code(language[1] if language else None),
        remarks=(
            *remark(RemarkKind.HIDDEN, len(hidden), (), hidden),
            *remark(RemarkKind.LINEAR_EQUATIONS, len(equations), (), equations),
            *remark(RemarkKind.EQUATIONS, unread),
        ),
        headings=headings_of(((block.text, block.level) for block in main), said_so),
        lined=False,
    )


def _extracted(page: str, url: str | None) -> Mapping[str, object]:
    """Return what trafilatura finds in a page, and what the page says about itself."""
    from trafilatura import bare_extraction, extract_metadata

    dates = {
        "extensive_search": False,
        "original_date": True,
        "outputformat": "%Y-%m-%d",
        "max_date": dt.date.max.isoformat(),
    }
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds odd is no news to a person
    found = bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=True, deduplicate=False,
        date_extraction_params=dates,
    )  # fmt: skip
    if found is None:
        found = extract_metadata(page, default_url=url, date_config=dates)
    return found if isinstance(found, dict) else {name: getattr(found, name, None) for name in _SAID}


def _lines(body: object) -> list[MarkupBlock]:
    """Return the paragraphs of what was extracted, without the marks that its text form has."""
    if body is None:
        return []
    for element in cast(Element, body).iter():
        element.tag = _ELEMENTS.get(local_name(element), element.tag)
    return blocks_of(cast(Element, body))


def _empty(name: str) -> SourceError:
    return SourceError(
        "{name} has no main text (a page of menus, or one that only a browser fills); left out.", name=name
    )


def _string(value: object) -> str | None:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text or None
