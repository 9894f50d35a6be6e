"""Vietnamese with words of other languages in it: which words, from which entries, in which order."""

import random

import pytest

from training.corpora import Pair
from training.switching import EnglishSwitcher, Switcher

DICTIONARY = [
    Pair("vi", "", "war", "chiến tranh"),
    Pair("vi", "", "prime minister", "thủ tướng"),
    Pair("vi", "", "painting", "tranh"),
    Pair("fr", "", "war", "guerre"),
    Pair("fr", "", "prime minister", "premier ministre"),
    Pair("de", "", "war", "Krieg"),
    Pair("tlh", "", "war", "veS"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thủ tướng nói gì về chiến tranh",
            {"prime minister nói gì về war", "premier ministre nói gì về guerre"},
        ),
        ("tranh của thủ tướng", set()),  # one word of two syllables is not enough
        ("không có từ nào", set()),
        ("", set()),
    ],
)
def test_switched(text: str, expected: set[str]) -> None:
    """All words of a text come from one language; of a language with too few of them, nothing does."""
    switcher = Switcher(DICTIONARY, ["fr", "de"])
    found = {switcher.switch(text, random.Random(seed)) for seed in range(50)}  # noqa: S311 - reproducible
    assert found - {None} == expected


def test_other_languages_are_left_out() -> None:
    """Only the languages asked for are read."""
    switcher = Switcher(DICTIONARY, ["tlh"])
    found = {switcher.switch("chiến tranh chiến tranh", random.Random(seed)) for seed in range(50)}  # noqa: S311
    assert found == {"war war", "veS veS"}


def test_without_english() -> None:
    """English words are left out where only other languages are to be learned."""
    switcher = Switcher(DICTIONARY, ["fr"], with_english=False)
    found = {switcher.switch("chiến tranh chiến tranh", random.Random(seed)) for seed in range(20)}  # noqa: S311
    assert found == {"guerre guerre"}


def test_english() -> None:
    """The longest entry counts, marks behind are no part of it, and short words stay unless they ask."""
    entries = [
        Pair("de", "", "prime minister", "Premierminister"),
        Pair("de", "", "minister", "Minister"),
        Pair("de", "", "of", "von"),
        Pair("de", "", "who", "wer"),
        Pair("de", "", "vietnam", "Viet Nam"),
        Pair("fr", "", "vietnam", "Viêt Nam"),
    ]
    switcher, question = EnglishSwitcher(entries, ["de", "fr", "es"]), "Who is the prime minister of Vietnam?"
    found = {switcher.switch(question, random.Random(seed)) for seed in range(30)}  # noqa: S311 - reproducible
    assert found == {"wer is the Premierminister of Viet Nam", None}
