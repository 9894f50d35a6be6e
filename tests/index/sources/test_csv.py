"""Tables as Excel writes them."""

import pytest

from index.errors import SourceError
from index.sources.csv import read_table
from index.sources.files import HeldFile
from index.sources.limits import Options


def no_problem(error: SourceError) -> None:
    """Fail where a problem is reported."""
    pytest.fail(str(error))


@pytest.mark.parametrize("first", ["sep=;\n", "sep=;\r\n", "SEP=;\n", '"sep=;"\n', "\ufeffsep=;\r\n"])
def test_the_line_that_names_the_separator_is_no_row(first: str) -> None:
    """What it names parts the cells, and rows are counted as the lines of the file."""
    problems: list[SourceError] = []
    data = f"{first}title;text\nGiá, mới;Một, hai, ba.\nx;y;z\n".encode()
    (document,) = read_table(HeldFile("a.csv", "a.csv", data), problems.append, Options())
    assert (document.id, document.title, document.text) == ("a.csv:3", "Giá, mới", "Một, hai, ba.")
    assert [str(problem).split(" has")[0] for problem in problems] == ["Row 4 of a.csv"]


def test_a_separator_that_would_not_be_guessed() -> None:
    """Excel takes any sign."""
    data = "sep=^\ntitle^text\na^Một, hai.\n".encode()
    (document,) = read_table(HeldFile("a.csv", "a.csv", data), no_problem, Options())
    assert document.text == "Một, hai."
