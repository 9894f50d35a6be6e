"""The texts whose cost is measured are what they are called, and as long as they should be."""

import pytest

from benchmarks.long_texts import KINDS, divide, written
from index.text.segment import LONGEST_SENTENCE, judged


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_of_their_kind_and_length(kind: str) -> None:
    """The same each time; without an end of a sentence, and only the line is prose."""
    text = written(kind, 50_000)
    assert (len(text), text) == (50_000, written(kind, 50_000))
    assert divide(text) >= 50_000 // LONGEST_SENTENCE
    assert {is_quotable for _, is_quotable in judged(text)} == {kind == "one line"}
