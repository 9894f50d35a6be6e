"""What a file is: told from its first bytes, whatever stands before its first element, in linear time."""

import pytest

from index.sources.files.files import HeldFile
from index.sources.files.kinds import HEAD, Kind, kind_of
from index.sources.files.limits import Options
from index.sources.markdown import read_markdown
from index.text.datelines import dateline

BEFORE = {
    "nothing": "",
    "spaces": " \t\r\n" * 20,
    "declaration": '<?xml version="1.0" encoding="utf-8"?>\n',
    "declarations": "<?xml?>" * 30,
    "instruction": '<?xml-stylesheet type="text/xsl" href="a>b.xsl"?>\n',
    "comment": "<!-- a > b -- c -->\n",
    "doctype": '<!DOCTYPE rss PUBLIC "-//x//y" "http://a.b/c.dtd">\n',
    "all": '<?xml version="1.0"?>\n<!-- a -->\n<?b c?><!DOCTYPE x>  \n',
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ("<html><p>", Kind.HTML),
        ("<!doctype html>", Kind.HTML),
        ("<!DOCTYPE   HTML PUBLIC>", Kind.HTML),
        ("<rss>", Kind.FEED),
        ("<feed xmlns='a'>", Kind.FEED),
        ("<rdf:RDF>", Kind.FEED),
        ("x<html>", Kind.PLAIN),
        ("<htmlx>", Kind.PLAIN),
        ("<svg>", Kind.PLAIN),
    ],
)
def test_what_stands_before_the_root(before: str, root: str, kind: Kind) -> None:
    """Declarations, comments and document types are passed over, in whatever order and number."""
    assert kind_of("a.txt", (before + root).encode()) is kind


ENDLESS = [
    "<?xml?>",
    "<?a?>",
    "<!---->",
    "<!-- -->",
    "<?",
    "<!--",
    " ",
    "<!doctype a>",
    "<!doctype ",
    "<?xml?> ",
]


@pytest.mark.parametrize("unit", ENDLESS)
@pytest.mark.parametrize("end", ["x", "", "<", "<?xml"])
def test_a_beginning_without_end(unit: str, end: str) -> None:
    """However often it is repeated, what ends in nothing is told at once: here 211 bytes took for ever."""
    assert kind_of("a.txt", (unit * 30 + end).encode()) is Kind.PLAIN
    assert kind_of("a.txt", (unit * HEAD + end).encode()) is Kind.PLAIN


def test_lines_of_windows_without_an_end() -> None:
    """Front matter that is never closed is text, and so are headings and datelines of many spaces."""
    for text in (
        "---\r\n" + "a\r\n" * 40,
        "# a" + " " * 100_000 + "b",
        "---\na: b" + " " * 16_000 + "c\n---\n",
    ):
        (document,) = read_markdown(HeldFile("a.md", "a.md", text.encode()), print, Options())
        assert document.text == text
    assert dateline("Hà Nội" + " " * 100_000 + "x") is None
    assert dateline("Hà Nội, 22/4/2024" + " " * 100_000 + "x") is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Một", "Một"), ("# Một ##", "Một"), ("# Một#", "Một#"), ("# Một # hai", "Một # hai"), ("# #", "#"),
        ("#   Một  \t", "Một"), ("# ", None), ("# Một #\t# ", "Một #"),
    ],
)  # fmt: skip
def test_headings(line: str, title: str | None) -> None:
    """A row of signs that closes a heading is none of it, where a space parts it."""
    (document,) = read_markdown(HeldFile("a.md", "a.md", f"{line}\n\nCâu.".encode()), print, Options())
    assert document.title == title
