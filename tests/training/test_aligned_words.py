"""Which words of sentence pairs are taken to translate each other."""

import random

import pytest

from training.aligned_words import ALIKE, OFTEN, SELDOM, aligned_words
from training.corpora import Pair

_LETTERS = "abcdefghijklmnopqr"
WORDS = {f"word{one}{other}": f"wort{one}{other}" for one in _LETTERS for other in _LETTERS}


def pairs(count: int) -> list[Pair]:
    """Make sentences of five words, told word for word in another order, beside one that stands anywhere."""
    random_ = random.Random(1)  # noqa: S311 - reproducible, not secret
    found = []
    for _ in range(count):
        said = random_.sample(sorted(WORDS), 5)
        told = random_.sample([WORDS[word] for word in said], 5)
        found.append(Pair("de", "made", " ".join(["The", *said]), " ".join([*told, "der"])))
    return found


def test_words_that_come_together() -> None:
    """The one translation of each is found, and first; what stands in every sentence translates nothing."""
    found: dict[str, list[str]] = {}
    for pair in aligned_words(pairs(1500), "de"):
        found.setdefault(pair.left, []).append(pair.right)
    assert {word: others[0] for word, others in found.items()} == WORDS


@pytest.mark.parametrize("count", [0, 1, SELDOM - 1])
def test_what_is_seldom_tells_nothing(count: int) -> None:
    """Of too few pairs nothing is learned."""
    assert list(aligned_words([Pair("de", "", "rare", "selten")] * count, "de")) == []


def test_against_the_definition() -> None:
    """The coefficient is twice the pairs with both words, by those with one and with the other."""
    made = pairs(400)
    kept = {(pair.left, pair.right) for pair in aligned_words(made, "de")}
    sides = [(set(pair.left.lower().split()), set(pair.right.lower().split())) for pair in made]
    for left in sorted(WORDS)[:12]:
        for right in sorted(WORDS.values())[:12]:
            one, other = sum(left in a for a, _ in sides), sum(right in b for _, b in sides)
            both = sum(left in a and right in b for a, b in sides)
            frequent = all(SELDOM <= n <= OFTEN * len(made) for n in (one, other))
            assert ((left, right) in kept) == (frequent and 2 * both / (one + other) >= ALIKE)
