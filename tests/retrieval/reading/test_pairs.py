"""The rows of pieces that the network is given, against what they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.model_files import Vocabulary
from retrieval.reading.network import BUNDLED
from retrieval.reading.pairs import (
    APART,
    BEFORE,
    END,
    EXACT,
    FOLDED,
    LONGEST,
    QUESTION,
    SENTENCE,
    START,
    TITLE,
    Passage,
    rows,
)

TEXT = st.text(max_size=300)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Open the reader's vocabulary."""
    return Vocabulary.open(BUNDLED / "tokenizer.json")


def test_the_parts_stand_in_order(vocabulary: Vocabulary) -> None:
    """Question, title, sentence before and sentence, each closed, after one mark of the beginning."""
    (pair,) = rows(vocabulary, "ai nói?", [Passage("Tiêu đề", "Câu trước.", "Ông Rutte nói.")])
    wanted = [START]
    for text in ("ai nói?", "Tiêu đề", "Câu trước.", "Ông Rutte nói."):
        wanted += [*vocabulary.pieces([text])[0].ids, END]
    assert pair.ids.tolist() == wanted
    parts = pair.parts.tolist()
    assert parts == sorted(parts)
    assert set(parts) == {QUESTION, TITLE, BEFORE, SENTENCE}
    assert parts[pair.first - 1] == BEFORE
    assert parts[pair.first] == SENTENCE


@given(question=TEXT, title=TEXT, before=TEXT, text=TEXT)
def test_lengths_and_offsets(question: str, title: str, before: str, text: str) -> None:
    """No part is longer than its limit, and the offsets are those of the sentence's own pieces."""
    vocabulary = Vocabulary.open(BUNDLED / "tokenizer.json")
    (pair,) = rows(vocabulary, question, [Passage(title, before, text)])
    assert len(pair.ids) == len(pair.parts) == len(pair.matches) <= sum(LONGEST) + len(LONGEST) + 1
    whole = vocabulary.pieces([text])[0]
    assert list(pair.offsets) == whole.offsets[: LONGEST[SENTENCE]]
    assert pair.ids[pair.first : -1].tolist() == whole.ids[: LONGEST[SENTENCE]]


def test_the_end_of_the_sentence_before_is_kept(vocabulary: Vocabulary) -> None:
    """What leans on a sentence leans mostly on its end."""
    before = " ".join(f"từ{n}" for n in range(100))
    (pair,) = rows(vocabulary, "gì?", [Passage("", before, "Xong.")])
    ids = pair.ids[pair.parts == BEFORE].tolist()
    assert ids[:-1] == vocabulary.pieces([before])[0].ids[-LONGEST[BEFORE] :]


@pytest.mark.parametrize(
    ("question", "sentence", "word", "match"),
    [
        ("Tổng thống nói gì?", "Tổng thống im lặng.", "Tổng", EXACT),
        ("tong thong noi gi", "Tổng thống im lặng.", "Tổng", FOLDED),
        ("Thủ tướng nói gì?", "Tổng thống im lặng.", "Tổng", APART),
        ("TỔNG thống nói gì?", "tổng thống im lặng.", "tổng", EXACT),
        ("北约峰会", "北约明年再见", "北约", EXACT),
    ],
)
def test_matches(vocabulary: Vocabulary, question: str, sentence: str, word: str, match: int) -> None:
    """A piece knows whether its word is on the other side, with its accents or without."""
    (pair,) = rows(vocabulary, question, [Passage("", "", sentence)])
    at = sentence.index(word)
    marks = [
        int(pair.matches[pair.first + place])
        for place, (start, end) in enumerate(pair.offsets)
        if start < at + len(word) and end > at and sentence[start:end].strip()
    ]
    assert marks
    assert set(marks) == {match}
