"""Which sentences are shown with the one before."""

import pytest

from retrieval.question import read_question
from retrieval.question.leaning import leans

SUBMARINE = "Tàu ngầm Hà Nội cập cảng Cam Ranh sáng nay."

LEANING = [
    ("Tàu ngầm Hà Nội dài bao nhiêu mét?", SUBMARINE, "Nó dài 73 mét."),
    ("tau ngam ha noi dai may met", SUBMARINE, "Nó dài 73 mét."),
    ("When did the submarine Hanoi arrive?", "The submarine Hanoi has arrived.", "It came on Monday."),
]
ALONE = [
    # it says itself what it is about
    ("Tàu ngầm Hà Nội dài bao nhiêu mét?", SUBMARINE, "Tàu ngầm Hà Nội dài 73 mét."),
    # the one before says less than half of it
    ("Tàu ngầm Hà Nội dài bao nhiêu mét?", "Thủ đô Hà Nội mưa.", "Nó dài 73 mét."),
    ("Tàu ngầm Hà Nội dài bao nhiêu mét?", "", "Nó dài 73 mét."),
    # in another language nothing is known
    ("How long is the boat?", SUBMARINE, "Nó dài 73 mét."),
]


@pytest.mark.parametrize(("question", "before", "text"), LEANING)
def test_leaning(question: str, before: str, text: str) -> None:
    """The sentence before names what is asked about, and the sentence does not."""
    assert leans(read_question(question), before, text)


@pytest.mark.parametrize(("question", "before", "text"), ALONE)
def test_alone(question: str, before: str, text: str) -> None:
    """In doubt a sentence stands alone."""
    assert not leans(read_question(question), before, text)
