"""What the ranker learns from: names that make a topic, and sentences that state the same fact."""

import pytest

from training.lessons import _asks_for_its_fact, _names, _states
from training.questions import Made

MADE = Made(
    "Iran phóng bao nhiêu tên lửa vào đêm qua", "12", ("Iran", "phóng", "tên", "lửa", "vào", "đêm", "qua")
)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Hàn Quốc và Triều Tiên gặp nhau ở Bàn Môn Điếm", ["Quốc", "Triều Tiên", "Bàn Môn Điếm"]),
        ("Giá vàng tăng", []),
        ("", []),
    ],
)
def test_names(title: str, names: list[str]) -> None:
    """Names are runs of capitalised words; the first word of a title is capitalised anyway."""
    assert _names(title) == names


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("Đêm qua, Iran phóng 12 tên lửa vào Israel.", True),
        ("Iran bắn 12 tên lửa hôm nay.", False),
        ("Iran phóng 12 tên lửa vào đêm qua , theo quân đội.", True),
        ("Iran phóng 15 tên lửa vào đêm qua.", False),
        ("Có 12 người gặp nạn.", False),
    ],
)
def test_statements(sentence: str, states: bool) -> None:
    """A sentence states a fact if it has it, and nearly all that the question names."""
    assert _states(sentence, MADE) is states


@pytest.mark.parametrize(
    ("question", "fact", "sentence", "asks"),
    [
        ("Iran phóng bao nhiêu tên lửa", "12", "Iran phóng 12 tên lửa.", True),
        ("Iran bắn mấy tên lửa", "8/7", "Ngày 8/7, Iran bắn 12 tên lửa.", False),
        ("Việt Nam đá với Lào ngày bao nhiêu", "24", "Việt Nam đá với Lào ngày 24/3.", False),
        ("hội nghị họp khi nào", "ngày 9/7", "Hội nghị họp ngày 9/7.", True),
        ("when did the summit take place", "July 9", "The summit took place on July 9.", True),
        ("what the men did when", "leave their homes", "The men leave their homes when it rains.", False),
        ("ai dẫn đầu phái đoàn", "ông Rutte", "Dẫn đầu phái đoàn là ông Rutte.", True),
        ("", "12", "Iran phóng 12 tên lửa.", False),
    ],
)
def test_facts_that_are_asked_for(question: str, fact: str, sentence: str, asks: bool) -> None:
    """Where a time or a number is asked for, the hidden fact is one; other kinds cannot be told so surely."""
    assert _asks_for_its_fact(Made(question, fact, ()), sentence) is asks
