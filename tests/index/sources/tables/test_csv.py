"""Tables as Excel writes them."""

import pytest

from index.errors import SourceError
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.tables.csv import read_table
from index.sources.tables.tabular import ROWS
from index.text.segment import segment
from tests.index.sources.problems import no_problem


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


def test_a_table_without_a_known_text_is_read_by_rows() -> None:
    """Each row is one passage of "column: value"; the sentences of a cell stay together."""
    data = "Tỉnh;Dân số;Ghi chú;\nHuế;1,2 triệu;Đẹp. Cổ.;x\n;;;\nVinh;0,5 triệu;;\n".encode()
    (document,) = read_table(HeldFile("a.csv", "a.csv", data), no_problem, Options())
    rows = ["Tỉnh: Huế\tDân số: 1,2 triệu\tGhi chú: Đẹp. Cổ.\tx", "Tỉnh: Vinh\tDân số: 0,5 triệu"]
    assert (document.id, document.text) == ("a.csv", "\n\n".join(rows))
    assert [document.text[span.start : span.end] for span in segment(document.text)] == rows


def test_many_rows_are_several_documents() -> None:
    """So that no table is refused for its length; each after the first is called after its first row."""
    data = "a,b\n" + "x,y\n" * (ROWS + 1)
    first, second = read_table(HeldFile("a.csv", "a.csv", data.encode()), no_problem, Options())
    assert (first.id, second.id, second.text) == ("a.csv", f"a.csv:{ROWS + 2}", "a: x\tb: y")


def test_the_column_that_was_named() -> None:
    """It holds the text; where none has that name, it is said which there are, and the rows are read."""
    options = Options(columns={"Ghi chú": "text"})
    data = "id;Tỉnh;Ghi chú\n1;Huế;Đẹp. Cổ.\n".encode()
    (document,) = read_table(HeldFile("a.csv", "a.csv", data), no_problem, options)
    assert (document.id, document.text) == ("1", "Đẹp. Cổ.")
    problems: list[SourceError] = []
    (document,) = read_table(HeldFile("b.csv", "b", b"a,b\n1,2\n"), problems.append, options)
    assert document.text == "a: 1\tb: 2"
    assert [str(each) for each in problems] == [
        'b.csv has no column "Ghi chú" (there are: a, b); read by rows.'
    ]
