"""Markdown: one document per file, with its front matter if it has any.

Only lines `key: value` of the front matter are read; anything else there is left alone.
"""

import re
from collections.abc import Iterator

from index.records import Document, Heading
from index.sources.files.decode import decode
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.legacy import recognise
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import parse_date

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<lines>(?:(?!---[ \t]*\r?$).*\n)*?)---[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)
_ENTRY = re.compile(r"^(?P<key>[A-Za-z]+):[ \t]*(?P<value>\S.*)$", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<said>.*)")
_LINE = re.compile(r"[^\n\r]+")
_LONGEST_FRONT_MATTER = 16_384


def read_markdown(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the document of a Markdown file; its front matter stays in the text but is not for quoting."""
    text = decode(file.read(), file.name)
    text = recognise(text, file.name).convert(text)
    front = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER)
    entries = _entries(front["lines"]) if front else {}
    body = front.end() if front else 0
    url = entries.get("url")
    if url and not url.startswith(("http://", "https://")):
        url = None
    date = parse_date(entries.get("date", ""))
    headings = tuple(_headings(text, body))
    first = next((text[each.start : each.end] for each in headings if each.level == 1), None)
    yield Document(
        file.id,
        text,
        title=entries.get("title") or first,
        source=entries.get("source"),
        url=url,
        date=date,
        body=body,
        author=entries.get("author"),
        language=language_code(entries.get("language") or entries.get("lang")),
        headings=headings,
    )


def _entries(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ENTRY.finditer(lines):
        value = match["value"].rstrip(" \t\r")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if value:
            found.setdefault(match["key"].lower(), value)
    return found


def _headings(text: str, body: int) -> Iterator[Heading]:
    """Yield the headings of a text, without their signs; those in fences are none."""
    fenced = False
    for line in _LINE.finditer(text, body):
        if _FENCE.match(line[0]):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.fullmatch(line[0])) and (said := _unclosed(heading["said"])):
            start = line.start() + heading.start("said")
            yield Heading(start, start + len(said), len(heading["marks"]))


def _unclosed(title: str) -> str:
    """Return a heading without the signs that may close it: `# Title ##`."""
    title = title.rstrip(" \t")
    before = title.rstrip("#")
    return before.rstrip(" \t") if before != title and before.endswith((" ", "\t")) else title
