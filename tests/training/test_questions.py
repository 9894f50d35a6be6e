"""Questions made of statements: what they hide, what they keep, and that chance is all in the seed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.questions import key_words, pseudo_question, with_typo

SENTENCE = "Ngày 22/4, Tổng thống Zelensky nói Kiev đã nhận 425 triệu USD tại Paris."


def made(language: str, sentence: str, seed: int) -> str:
    """Return the question that a seed makes of a sentence."""
    return pseudo_question(sentence, language, random.Random(seed))  # noqa: S311 - reproducible


def test_questions_hide_a_fact_and_ask_for_it() -> None:
    """Over many seeds each kind of fact is hidden behind a word that asks for it, and never shown with it."""
    questions = [made("vi", SENTENCE, seed) for seed in range(300)]
    amounts = [made("vi", "Kiev đã nhận 425 triệu USD.", seed) for seed in range(100)]
    assert any("bao nhiêu" in question for question in amounts)
    assert not any("425" in question for question in amounts if "bao nhiêu" in question)
    assert any(question.startswith(("khi nào", "ngày nào", "hôm nào", "bao giờ")) for question in questions)
    assert any(question.endswith(("ở đâu", "tại đâu", "nơi nào")) for question in questions)


def test_the_seed_decides() -> None:
    """The same seed makes the same question."""
    assert made("vi", SENTENCE, 3) == made("vi", SENTENCE, 3)
    assert len({made("vi", SENTENCE, seed) for seed in range(20)}) > 10


@pytest.mark.parametrize("language", ["vi", "en"])
@given(st.text(min_size=1, max_size=80), st.integers(0, 1000))
def test_any_text_makes_a_question(language: str, sentence: str, seed: int) -> None:
    """However odd a sentence is, a question comes out."""
    assert made(language, sentence, seed).strip()


@given(st.text(min_size=8, max_size=60), st.integers(0, 1000))
def test_a_typo_is_one_slip(text: str, seed: int) -> None:
    """At most one letter is dropped, doubled or swapped."""
    slipped = with_typo(text, random.Random(seed))  # noqa: S311 - reproducible
    assert abs(len(slipped) - len(text)) <= 1
    assert sum(a != b for a, b in zip(sorted(slipped), sorted(text), strict=False)) <= len(text)
    assert with_typo("ngắn", random.Random(seed)) == "ngắn"  # noqa: S311


@given(
    st.lists(st.text(alphabet="abcđê", min_size=1, max_size=6), min_size=1, max_size=40), st.integers(0, 99)
)
def test_key_words_stand_near_each_other(words: list[str], seed: int) -> None:
    """They are at most ten words of the text, in its order."""
    kept = key_words(" ".join(words), random.Random(seed)).split()  # noqa: S311 - reproducible
    rest = iter(words)
    assert len(kept) <= 10
    assert all(word in rest for word in kept)


def test_key_words_of_scripts_without_spaces() -> None:
    """A Chinese sentence is cut as well, and stays without spaces."""
    sentence = "中国国家主席习近平和俄罗斯总统普京在莫斯科举行会谈并签署联合声明"
    kept = {key_words(sentence, random.Random(seed)) for seed in range(20)}  # noqa: S311 - reproducible
    assert len(kept) > 10
    assert all(len(text) <= 20 and " " not in text for text in kept)
