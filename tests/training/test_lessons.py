"""What the ranker learns from: names that make a topic, and sentences that state the same fact."""

import pytest

from training.lessons import _names, _states
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
