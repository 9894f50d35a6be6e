"""Highlights: whole words of the quote that the question names, or that mean the same in another language."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoders import StaticModel
from index.text.terms import located_terms
from retrieval.highlight import highlight
from retrieval.question import QuestionRefused, read_question
from tests.index.encoders.models import write_static

# Axes: help, euro, germany, nato, and one of its own for each other word.
MEANINGS = {
    "viện": 0, "trợ": 0, "aid": 0, "euro": 1, "euros": 1, "đức": 2, "germany": 2, "nato": 3, "北约": 3,
}  # fmt: skip
OTHERS = ["ma", "má", "mà", "của", "the", "khoai", "tỷ", "40", ",", ".", "ông"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> StaticModel:
    """Make a model in which translations are the same vector and all other words stand apart."""
    words = [*MEANINGS, *OTHERS]
    rows = np.zeros((len(words) + 1, 4 + len(OTHERS)), dtype=np.int8)
    for place, word in enumerate(words, 1):
        rows[place, MEANINGS.get(word, 4 + place - 1 - len(MEANINGS))] = 100
    scales = np.full(len(words) + 1, 0.01, dtype=np.float32)
    return StaticModel.open(write_static(tmp_path_factory.mktemp("model"), words, rows, scales))


def shown(question: str, text: str, model: StaticModel) -> list[str]:
    """Return the highlighted pieces of a text."""
    [ranges] = highlight(read_question(question), [text], model)
    return [text[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("khoai của ai?", "Ông ăn khoai của bà.", ["khoai"]),
        ("ma của ai", "Má của ông, ma, mà.", ["ma"]),
        ("khoai mua", "Khoái khoai, mưa, mủa.", ["Khoái khoai", "mưa", "mủa"]),
        ("má của ai?", "Má của ông, ma, mà.", ["Má"]),
        ("Hoà bình", "Nền hòa bình.", ["hòa bình"]),
        ("ngày 22/4", "Hôm 22-4 và 22 tháng 4, không phải 23/4.", ["22-4", "22 tháng 4"]),
        ("5580 đầu đạn", "Có 5.580 đầu đạn.", ["5.580 đầu đạn"]),
        ("germany aid", "Đức, Pháp: viện trợ 40 tỷ.", ["Đức", "viện trợ"]),
        ("北约", "Khối NATO", ["NATO"]),
        ("khoai", "Không có.", []),
        ("khoai", "", []),
        ("germany", "🎉🎉 Đức!", ["Đức"]),
    ],
)
def test_highlights(question: str, text: str, expected: list[str], model: StaticModel) -> None:
    """Words of the question and their translations are shown, words that only join others are not."""
    assert shown(question, text, model) == expected


def test_decomposed_text_is_highlighted_at_its_own_places(model: StaticModel) -> None:
    """The ranges count the code points of the text as it is."""
    text = unicodedata.normalize("NFD", "Ngày mai Đức viện trợ.")
    assert shown("đức aid", text, model) == [unicodedata.normalize("NFD", "Đức viện trợ")]


texts = st.lists(
    st.sampled_from([*MEANINGS, *OTHERS, "F-16", "22/4", "đo\u0301", "🎉", "\u200b"]), max_size=12
)


@settings(deadline=None)
@given(question=texts.map(" ".join), text=texts.map(" ".join))
def test_ranges_are_sound(model: StaticModel, question: str, text: str) -> None:
    """Ranges are in range, ascending, apart, and begin and end where words do."""
    try:
        asked = read_question(question)
    except QuestionRefused:
        return
    [ranges] = highlight(asked, [text], model)
    assert highlight(asked, ["đức viện trợ", text, "", text], model)[1::2] == [ranges, ranges]
    words = list(located_terms(text))
    for start, end in ranges:
        assert 0 <= start < end <= len(text)
        assert start in {word.start for word in words}
        assert end in {word.end for word in words}
    for (_, end), (start, _) in pairwise(ranges):
        assert not text[end:start].isspace()
        assert end < start


def test_a_long_text_takes_little_time(model: StaticModel) -> None:
    """A hundred thousand words are highlighted, not compared each with each."""
    text = "khoai, má. " * 50_000
    assert len(shown("khoai", text, model)) == 50_000


def test_the_writer_of_models_is_here(tmp_path: Path) -> None:
    """Nothing of the model is needed to highlight by words alone."""
    model = StaticModel.open(write_static(tmp_path, ["x"], np.zeros((2, 4), np.int8), np.ones(2, np.float32)))
    assert shown("khoai", "Củ khoai.", model) == ["khoai"]
