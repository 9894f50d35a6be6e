"""The day that a line of a text states, and lines that only look so."""

import datetime as dt

import pytest

from index.sources.metadata import date_line

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
