"""Where sentences are, and what they are understood with."""

from itertools import groupby

from index.generation.places import SHORT_SECTION, places_of
from index.records import Document
from index.text.headings import numbered

RULES = """Nội quy.

Điều 1. Mức phạt

1. Phạt hai triệu. Tịch thu xe.

2. Cảnh cáo.

Điều 2. Mọi người nộp phí. Không ai được miễn.
"""


def contexts(text: str) -> list[list[str]]:
    """Return the sentences of a text, those together that have one context."""
    rows = places_of(Document("a", text, headings=numbered(text))).tolist()
    assert [context for *_, context in rows] == sorted(context for *_, context in rows)
    return [
        [text[start:end] for start, end, *_ in together] for _, together in groupby(rows, lambda row: row[4])
    ]


def test_a_short_section_is_one_context() -> None:
    """From its heading on; the text before the first heading goes by paragraphs."""
    assert contexts(RULES) == [
        ["Nội quy."],
        ["Điều 1. Mức phạt", "1. Phạt hai triệu.", "Tịch thu xe.", "2. Cảnh cáo."],
        ["Điều 2. Mọi người nộp phí.", "Không ai được miễn."],
    ]


def test_of_a_long_section_the_heading_goes_with_its_first_paragraph() -> None:
    """The others stand alone, as without headings."""
    lines = [f"{number}) Việc số {number}." for number in range(SHORT_SECTION)]
    text = "\n\n".join(["Điều 1. Việc phải làm", *lines])
    assert contexts(text) == [["Điều 1. Việc phải làm", lines[0]], *([line] for line in lines[1:])]


def test_without_headings_contexts_are_paragraphs() -> None:
    """Whatever their numbers."""
    rows = places_of(Document("a", "Một. Hai.\n\nBa.\n\nBốn.")).tolist()
    assert [paragraph for *_, paragraph, _ in rows] == [context for *_, context in rows] == [0, 0, 1, 2]
