"""The letters of Vietnamese, against the alphabet as it is taught."""

import ast
import unicodedata
from itertools import product
from pathlib import Path
from typing import Literal

import pytest

from index.text.vietnamese import MARKS, OWN, SELDOM, SHARED, TONES, has_marks, has_own_letter, own_letters

ROOT = Path(__file__).parents[3]
VOWELS = "aăâeêioôơuưy"
SPOKEN = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING TILDE}",
          "\N{COMBINING HOOK ABOVE}", "\N{COMBINING DOT BELOW}")  # fmt: skip
ALPHABET = {unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, SPOKEN)} | {"đ"}
BEYOND_ASCII = {each for letter in ALPHABET for each in (letter, letter.upper()) if not each.isascii()}


def members(letters: str) -> set[str]:
    """Return the characters of a class of a pattern, ranges written out."""
    found, rest = set(), letters
    while rest:
        if rest[1:2] == "-":
            found |= {chr(code) for code in range(ord(rest[0]), ord(rest[2]) + 1)}
            rest = rest[3:]
        else:
            found.add(rest[0])
            rest = rest[1:]
    return found


def test_every_letter_stands_in_one_set() -> None:
    """The three sets are the alphabet beyond ASCII, with nothing twice and nothing else."""
    sets = [members(OWN), members(SELDOM), members(SHARED)]
    assert set().union(*sets) == BEYOND_ASCII
    assert sum(map(len, sets)) == len(BEYOND_ASCII)


def test_marks_are_what_the_letters_bear() -> None:
    """What NFD takes off the letters are the marks, and what is spoken are the tones."""
    borne = {c for letter in BEYOND_ASCII for c in unicodedata.normalize("NFD", letter)[1:]}
    assert borne == set(MARKS)
    assert set(TONES) == {tone for tone in SPOKEN if tone}


@pytest.mark.parametrize(
    "text", ["être où ça, naïve façon", "Übergröße", "mañana acción", "São João", "żółw", "čaj"]
)
def test_other_languages_have_none_of_their_own(text: str) -> None:
    """French, German, Spanish, Portuguese, Polish, Czech."""
    assert not has_own_letter(text)
    assert own_letters(text) == 0


@pytest.mark.parametrize(
    ("text", "count"), [("Hội nghị thượng đỉnh", 6), ("HỘI NGHỊ", 2), ("hoi nghi", 0), ("", 0)]
)
def test_own_letters_are_counted(text: str, count: int) -> None:
    """Each of them, small or capital."""
    assert own_letters(text) == count
    assert has_own_letter(text) == (count > 0)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_are_seen_in_any_form(form: Literal["NFC", "NFD"]) -> None:
    """Whether they are separate from their letters or not."""
    assert all(has_marks(unicodedata.normalize(form, letter)) for letter in BEYOND_ASCII)
    assert not any(
        has_marks(unicodedata.normalize(form, word)) for word in ("nghi", "Größe", "год", "会议", "")
    )


def test_the_letters_are_written_once() -> None:
    """No other module writes the range of letters, or the marks of tone, anew."""
    for floor in ("index", "retrieval", "bot"):
        for path in (ROOT / floor).rglob("*.py"):
            texts = [
                n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)
            ]
            again = [
                text for text in texts if isinstance(text, str) and ("\u1ea0-\u1ef9" in text or TONES in text)
            ]
            assert not again or path.name == "vietnamese.py", path
