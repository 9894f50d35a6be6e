"""Headings that name themselves, and the text below them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Document, Heading, parse_headings
from index.text.headings import numbered, with_numbered
from index.text.segment import quotable

LAW = """LUẬT GIAO THÔNG

Phần thứ nhất
QUY ĐỊNH CHUNG

Chương II - HÀNH VI

Điều 4. Mức phạt

1. Phạt tiền 2.000.000 đồng.

a) Đi sai làn.

Điều 5. Người vi phạm bị phạt 5 triệu đồng. Người tái phạm bị phạt gấp đôi.

**Điều 6. Hiệu lực**

Luật có hiệu lực từ 1/7/2024.
"""


def test_a_law() -> None:
    """Part, chapter with the title in its line, article with a title and without; nothing else."""
    found = [(LAW[each.start : each.end], each.level) for each in numbered(LAW)]
    part, chapter, article = (level for _, level in found[:3])
    assert part < chapter < article
    assert found == [
        ("Phần thứ nhất\nQUY ĐỊNH CHUNG", part),
        ("Chương II - HÀNH VI", chapter),
        ("Điều 4. Mức phạt", article),
        ("Điều 5.", article),
        ("Điều 6. Hiệu lực", article),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Điều 4 của Luật này không áp dụng.",  # prose that begins with the name of an article
        "Điều kiện: đủ 18 tuổi.",
        "điều 4. Mức phạt",
        "Điều 4. Mức phạt .............. 12",  # a table of contents
        "Theo Điều 4. Mức phạt là 2 triệu đồng.",
        "Phần lớn người dân đồng ý.",
        "Article 5 was amended.",
    ],
)
def test_no_heading(line: str) -> None:
    """What only begins like one."""
    assert numbered(line) == ()


def test_each_sentence_knows_what_it_stands_below() -> None:
    """From the widest to the nearest; a heading is not below itself, nor below one beside it."""
    document = Document("a", LAW, headings=numbered(LAW), lined=False)
    part, chapter = "Phần thứ nhất QUY ĐỊNH CHUNG", "Chương II - HÀNH VI"
    assert [
        (
            LAW[start:end],
            [document.said_by(each) for each in document.headings_above(start, end)],
            document.paragraph_of(start, end),
        )
        for start, end, _ in quotable(LAW)[3:]
    ] == [
        ("Chương II - HÀNH VI", [part], 1),
        ("Điều 4. Mức phạt", [part, chapter], 1),
        ("1. Phạt tiền 2.000.000 đồng.", [part, chapter, "Điều 4. Mức phạt"], 1),
        ("a) Đi sai làn.", [part, chapter, "Điều 4. Mức phạt"], 2),
        ("Điều 5. Người vi phạm bị phạt 5 triệu đồng.", [part, chapter], 4),
        ("Người tái phạm bị phạt gấp đôi.", [part, chapter, "Điều 5."], 1),
        ("**Điều 6. Hiệu lực**", [part, chapter], 5),
        ("Luật có hiệu lực từ 1/7/2024.", [part, chapter, "Điều 6. Hiệu lực"], 1),
    ]


def test_paragraphs_without_a_heading() -> None:
    """They are counted from the beginning; where lines are seen, they are not counted."""
    text = "Một.\n\nHai. Ba."
    document = Document("a", text, lined=False)
    assert [document.paragraph_of(start, end) for start, end, _ in quotable(text)] == [
        1, 2, 2,
    ]  # fmt: skip
    assert Document("a", text).paragraph_of(0, 4) is None


def test_a_reader_knows_better() -> None:
    """What overlaps with one of its headings is that heading; a numbered one is below all of its levels."""
    read = (Heading(5, 12, 1), Heading(LAW.index("Điều 4"), LAW.index("Điều 4") + 16, 3))
    both = with_numbered(read, LAW)
    assert set(read) <= set(both)
    assert len(both) == 6
    assert all(each.level > 9 for each in both if each not in read)
    assert parse_headings([list(each) for each in both], len(LAW)) == both


def test_a_title_of_an_article_is_one_sentence_with_its_label() -> None:
    """And so is the first sentence of an article without a title."""
    text = "Điều 4. Mức phạt\n\nArticle 5. Scope\n\nMục 2. Ai cũng phải nộp phí. Không ai được miễn."
    assert [text[start:end] for start, end, _ in quotable(text)] == [
        "Điều 4. Mức phạt", "Article 5. Scope", "Mục 2. Ai cũng phải nộp phí.", "Không ai được miễn.",
    ]  # fmt: skip


@given(st.sets(st.integers(0, len(LAW)), max_size=24))
def test_only_headings_that_stand_apart_are_added(cuts: set[int]) -> None:
    """Against looking at each pair, with headings anywhere among those that name themselves."""
    places = sorted(cuts)
    read = [Heading(a, b, 1) for a, b in zip(places[::2], places[1::2], strict=False)]
    apart = [
        own
        for own in numbered(LAW)
        if not any(own.start < each.end and each.start < own.end for each in read)
    ]
    assert with_numbered(read, LAW) == tuple(sorted((*read, *apart)))
