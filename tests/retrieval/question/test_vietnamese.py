"""Whether a question is Vietnamese: with accents, without, and where names outweigh the rest."""

import unicodedata

import pytest

from retrieval.question.vietnamese import looks_vietnamese


@pytest.mark.parametrize(
    "question",
    [
        "Hội nghị được tổ chức ở đâu?",
        "hoi nghi to chuc o dau",
        "Mark Rutte là ai?",
        "Joe Biden là ai",
        "Storm Shadow là gì?",
        "Mark Rutte sinh năm nào?",
    ],
)
def test_vietnamese(question: str) -> None:
    """However its letters are composed."""
    for form in ("NFC", "NFD"):
        assert looks_vietnamese(unicodedata.normalize(form, question))


@pytest.mark.parametrize(
    "question",
    [
        "Who is Mark Rutte?",
        "Qui est là, Mark Rutte ?",
        "Où est-il allé, et qui est là aussi ?",
        "Là, j'ai vu Mark Rutte ?",
        "Wer ist Mark Rutte?",
        "È là che abita Mark Rutte?",
        "Quién es Mark Rutte?",
    ],
)
def test_other_languages(question: str) -> None:
    """French and Italian write the same letter."""
    assert not looks_vietnamese(question)
