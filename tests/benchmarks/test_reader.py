"""The figures of the reader, on cases whose value is known."""

import pytest

from benchmarks.reader import f1


@pytest.mark.parametrize(
    ("marked", "wanted", "value"),
    [
        ("La Haye, Hà Lan", "La Haye, Hà Lan", 1.0),
        ("la haye", "La Haye", 1.0),
        ("La Haye", "Paris", 0.0),
        ("tại La Haye", "La Haye", 0.8),
        ("La La", "La", 2 / 3),
        ("", "La Haye", 0.0),
    ],
)
def test_f1(marked: str, wanted: str, value: float) -> None:
    """Twice the words in common by all words of both."""
    assert f1(marked, wanted) == pytest.approx(value)
