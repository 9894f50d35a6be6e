"""Slides: what is shown on each, then what its speaker is to say."""

import pytest

from index.errors import SourceError
from index.remarks import RemarkKind, counted
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.ooxml.pptx import read_pptx
from tests.index.sources.problems import no_problem
from tests.index.sources.written.zipped import packed, shape, slides


def test_hidden_slides_keep_their_number() -> None:
    """They are left out and counted, and the next is cited by the number that it has; so are heads and feet."""
    table = "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>a</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>b</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
    data = slides(
        [(shape("Một."), ""), (shape("Kín."), ""), (shape("7", place="sldNum") + table, "Nói.")], hidden=[1]
    )
    (found,) = read_pptx(HeldFile("a.pptx", "a", data), no_problem, Options())
    assert found.text == "Một.\n\na\tb\n\nNói."
    assert found.page_at(found.text.index("a")) == 3
    assert counted(found.remarks) == {RemarkKind.HIDDEN: 1, RemarkKind.HEADS: 1}


def test_a_slide_that_is_not_there() -> None:
    """It is named, and the others are read."""
    problems: list[SourceError] = []
    data = slides([(shape("Một."), "")]).replace(b"ppt/slides/slide0.xml", b"ppt/slides/slide9.xml")
    with pytest.raises(SourceError, match="holds no text"):
        list(read_pptx(HeldFile("a.pptx", "a", data), problems.append, Options()))
    assert [str(each) for each in problems] == [
        "a.pptx has no slide ppt/slides/slide0.xml; the others were read."
    ]


def test_a_damaged_file() -> None:
    """A package without its main part is damage."""
    with pytest.raises(SourceError, match="damaged PowerPoint"):
        list(read_pptx(HeldFile("a.pptx", "a", packed({"ppt/x": "x"})), no_problem, Options()))
