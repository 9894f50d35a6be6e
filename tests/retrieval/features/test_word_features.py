"""Words and phrases of a question, looked up among the terms of sentences, against a loop over them."""

# ruff: noqa: S311 - seeded, so that a failure comes again
import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.generation import Generation
from index.records import Document
from index.text.terms import fold, terms
from retrieval.features.background import measure_background
from retrieval.features.word_features import _Holders, match_words
from retrieval.question.question import Alternative, Question
from tests.retrieval.conftest import Open

WORDS = ("An", "Ân", "Bình", "Binh", "Cao", "Đức", "Hà", "Nội", "Mỹ", "Nga")
UNKNOWN = ("Zeta", "Ypsilon")


@given(st.lists(st.tuples(st.integers(-3, 5), st.integers(0, 9)), max_size=60), st.integers(-4, 6))
def test_rows_that_hold_a_number(pairs: list[tuple[int, int]], wanted: int) -> None:
    """Those and no others, ascending, each as often as it does; nothing for a term that no sentence has."""
    pairs.sort(key=lambda pair: pair[1])
    numbers, rows = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    holders = _Holders(numbers, rows)
    assert holders.of(wanted).tolist() == [row for number, row in pairs if number == wanted]
    assert holders.of(None).tolist() == []


def drawn(draw: random.Random) -> tuple[Document, ...]:
    """Draw documents of few words, so that all meet and repeat, in paragraphs of several sentences."""

    def sentence() -> str:
        return " ".join(draw.choices(WORDS, k=draw.randint(1, 7)))

    def paragraph() -> str:
        return " ".join(f"{sentence()}." for _ in range(draw.randint(1, 4)))

    return tuple(
        Document(f"{number}.txt", "\n\n".join(paragraph() for _ in range(draw.randint(1, 3))))
        for number in range(4)
    )


def asked(draw: random.Random) -> Question:
    """Draw a question of some words, some unknown, with or without accents, some also called otherwise."""
    words = draw.sample(WORDS + UNKNOWN, k=draw.randint(1, 8))
    wanted = tuple(term for word in words for term in terms(word))
    accented = draw.random() < 0.5
    phrases = tuple(dict.fromkeys(pairwise(wanted)))
    others = tuple(tuple(terms(" ".join(draw.choices(WORDS, k=draw.randint(1, 2))))) for _ in range(2))
    alternatives = (Alternative(wanted[:2], others),) if draw.random() < 0.5 else ()
    return Question(" ".join(words), wanted, phrases, wanted, accented, None, alternatives=alternatives)


class Loop:
    """The same by going through all sentences."""

    def __init__(self, question: Question, generation: Generation) -> None:
        self.folded = not question.accented
        lines = [generation.sentence(row) for row in range(generation.sentences)]
        self.rows = [self.said(tuple(terms(line.text))) for line in lines]
        self.paragraphs = [(line.document, line.paragraph) for line in lines]
        self.words = list(dict.fromkeys(self.said(question.terms)))
        self.pairs = [self.said(pair) for pair in question.phrases]
        self.named = [
            (self.said(phrase), [self.said(other) for other in others])
            for phrase, others in question.alternatives
        ]

    def said(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return words as they are compared."""
        return tuple(map(fold, words)) if self.folded else tuple(words)

    def rarity(self, word: str) -> float:
        """Return how rare a word is."""
        frequency = sum(word in row for row in self.rows)
        return math.log(1 + (len(self.rows) - frequency + 0.5) / (frequency + 0.5))

    def also(self, word: str, row: int) -> bool:
        """Tell whether a row holds what the phrase of a word is also called."""
        return any(
            word in phrase and self.rows[row][at : at + len(other)] == other
            for phrase, others in self.named
            for other in others
            for at in range(len(self.rows[row]))
        )

    def count(self, word: str, row: int) -> int:
        """Return how often a row holds a word."""
        return max(self.rows[row].count(word), int(self.also(word, row)))

    def together(self, pair: tuple[str, ...], row: int) -> bool:
        """Tell whether two words are neighbours in a row, or it holds what both are also called."""
        neighbours: list[tuple[str, ...]] = list(pairwise(self.rows[row]))
        return pair in neighbours or all(self.also(word, row) for word in pair)

    def around(self, row: int) -> list[int]:
        """Return the rows of a paragraph."""
        return [other for other, where in enumerate(self.paragraphs) if where == self.paragraphs[row]]

    def before(self, row: int) -> float:
        """Return the share of words in a row or the one before it in its paragraph."""
        near = [other for other in self.around(row) if other in (row - 1, row)]
        return sum(self.rarity(w) for w in self.words if any(self.count(w, r) for r in near)) / self.total()

    def paragraph(self, row: int) -> float:
        """Return BM25 of a paragraph."""
        rows = self.around(row)
        average = sum(map(len, self.rows)) / len(set(self.paragraphs))
        norm = 1.2 * (1 - 0.75 + 0.75 * sum(len(self.rows[r]) for r in rows) / average)
        counts = {word: sum(self.count(word, r) for r in rows) for word in self.words}
        return sum(self.rarity(word) * tf / (tf + norm) for word, tf in counts.items()) / self.total()

    def phrases(self, rows: list[int]) -> float:
        """Return the share of pairs that are neighbours in one of some rows."""
        weights = [sum(map(self.rarity, pair)) for pair in self.pairs]
        found = [any(self.together(pair, row) for row in rows) for pair in self.pairs]
        return sum(w for w, there in zip(weights, found, strict=True) if there) / max(sum(weights), 1e-9)

    def lacked(self, rows: list[int]) -> list[str]:
        """Return the words that no row holds, where no paragraph of these rows has another name of theirs."""
        near = {other for row in rows for other in self.around(row)}
        unknown = [word for word in self.words if not any(word in row for row in self.rows)]
        return [word for word in unknown if not any(self.also(word, row) for row in near)]

    def total(self) -> float:
        """Return the rarity of all words."""
        return sum(map(self.rarity, self.words))


@pytest.mark.parametrize("seed", range(3))
def test_words_are_matched_as_by_going_through_all(open_collection: Open, seed: int) -> None:
    """Repeated, unknown, folded, next to each other, across sentences, by another name: 40 questions each."""
    draw = random.Random(seed)
    generation, model = open_collection(drawn(draw))
    background = measure_background(generation, model)
    for _ in range(40):
        question = asked(draw)
        rows = sorted(
            draw.sample(range(generation.sentences), k=draw.randint(1, min(6, generation.sentences)))
        )
        paragraphs = background.cache.around(np.array(rows, dtype=np.int64))
        found, slow = match_words(question, generation, background, paragraphs), Loop(question, generation)
        lacked = slow.lacked(rows)
        expected = {
            "before": [slow.before(row) for row in rows],
            "paragraph": [slow.paragraph(row) for row in rows],
            "phrases": [slow.phrases([row]) for row in rows],
            "phrases_paragraph": [slow.phrases(slow.around(row)) for row in rows],
            "unknown": sum(map(slow.rarity, lacked)) / slow.total(),
            "foreign": 2 * len(lacked) > len(slow.words),
            "total": slow.total(),
        }
        for name, value in expected.items():
            assert getattr(found, name) == pytest.approx(value), (name, question)
