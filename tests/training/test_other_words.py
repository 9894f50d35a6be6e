"""Words of other languages, and the script that tells their languages apart."""

import pytest

from training.other_words import script, words_of


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("война", "CYRILLIC"),
        ("πόλεμος", "GREEK"),
        ("حرب", "ARABIC"),
        ("युद्ध", "DEVANAGARI"),
        ("สงคราม", "THAI"),
        ("▁전쟁", "HANGUL"),
        ("savaş", ""),
        ("战争", ""),
        ("24", ""),
    ],
)
def test_script(word: str, expected: str) -> None:
    """The border of a word and marks have none."""
    assert script(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Война и мир, 1869", ["война", "и", "мир"]),
        ("युद्ध हुआ।", ["युद्ध", "हुआ"]),  # signs of vowels are marks, not letters
        ("ＡＢＣ", ["abc"]),
        ("covid19", ["covid"]),
        ("…", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """Runs of letters with their marks, as the vocabulary normalises them."""
    assert words_of(text) == expected
