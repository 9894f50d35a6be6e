"""The day that a line of a text states, and lines that only look so."""

import datetime as dt

import pytest

from index.records import Dated, Document
from index.sources.metadata.dating import dated
from index.sources.metadata.text_metadata import date_line, day_of_text

ENGLISH = "\n\nThe harbour company reported that nine workers of the state lost their jobs.\n"
VIETNAMESE = "\n\nCông ty cảng cho biết chín người lao động của tỉnh đã mất việc làm.\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Layoffs\n\n07/01/2015{ENGLISH}", None),
        (f"Layoffs\n\nDate: 07/01/2015{ENGLISH}", None),
        (f"Layoffs\n\n17/09/2015{ENGLISH}", "2015-09-17"),
        (f"Layoffs\n\n07/07/2015{ENGLISH}", "2015-07-07"),
        (f"Layoffs\n\n2015-07-01{ENGLISH}", "2015-07-01"),
        (f"Tin vắn\n\n07/01/2015{VIETNAMESE}", "2015-01-07"),
        (f"Tin vắn\n\n07/01/2015\n\n08/01/2015{VIETNAMESE}", None),
        (f"Tin vắn\n\n07/01/2015\n\nNgày đăng: 08/01/2015{VIETNAMESE}", "2015-01-08"),
    ],
)
def test_a_date_line(text: str, day: str | None) -> None:
    """A day of either order is none, several bare dates are a table, and a labelled line goes before."""
    assert date_line(text) == (dt.date.fromisoformat(day) if day else None)


def test_the_day_of_a_file_counts_last() -> None:
    """What the text, its dateline or the name of the file says goes before the making of the file."""
    made = dt.date(2024, 5, 1)
    for text, name, day, how in (
        ("Một.\n\nNgày: 22/4/2024\n\nHai.", "a.pdf", dt.date(2024, 4, 22), Dated.STATED),
        ("Hà Nội, 22/4/2024 - Một.", "a.pdf", dt.date(2024, 4, 22), Dated.DATELINE),
        ("Một.", "2024-04-22.pdf", dt.date(2024, 4, 22), Dated.FILE_NAME),
        ("Một.", "a.pdf", made, Dated.FILE),
        ("Huế\t22/4/2024\nVinh\t23/4/2024", "a.pdf", made, Dated.FILE),
    ):
        stated = day_of_text(text, made)
        found = dated(Document(name, text, date=stated.date, dated=stated.dated), name)
        assert (found.date, found.dated) == (day, how), text
