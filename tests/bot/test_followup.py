"""Follow-ups: what leans on the talk is spelled out, what stands alone is left alone."""

from collections.abc import Callable

import pytest

from bot.followup import complete, leans
from bot.question_filters import filtered
from tests.test_linear_time import is_linear

NAMES = frozenset(("Mỹ", "Đức", "Pháp", "Ukraine", "NATO", "Na", "Uy", "Germany", "France"))


@pytest.mark.parametrize(
    ("previous", "question", "replying", "wanted"),
    [
        ("Mỹ viện trợ gì cho Ukraine?", "còn Đức thì sao?", False, "Đức viện trợ gì cho Ukraine?"),
        ("Mỹ viện trợ bao nhiêu?", "Còn Na Uy thì sao nhỉ?", False, "Na Uy viện trợ bao nhiêu?"),
        ("Mỹ viện trợ bao nhiêu?", "thế còn Pháp?", False, "Pháp viện trợ bao nhiêu?"),
        ("Mỹ viện trợ bao nhiêu?", "Còn Đức?", False, "Đức viện trợ bao nhiêu?"),
        ("NATO họp ở đâu năm 2024?", "còn năm 2025?", False, "NATO họp ở đâu năm 2025?"),
        ("NATO họp ở đâu năm 2024?", "còn năm 2025 thì sao", False, "NATO họp ở đâu năm 2025?"),
        ("How much did France give?", "what about Germany?", False, "How much did Germany give?"),
        ("How much did France give?", "And what about Germany", False, "How much did Germany give?"),
        ("Phap vien tro bao nhieu", "con duc thi sao", False, "Phap vien tro bao nhieu duc?"),
        ("Ai bế mạc hội nghị?", "khi nào?", True, "Ai bế mạc hội nghị khi nào?"),
        ("Mỹ viện trợ bao nhiêu?", "Đức?", True, "Đức viện trợ bao nhiêu?"),
    ],
)  # fmt: skip
def test_what_leans_is_spelled_out(previous: str, question: str, replying: bool, wanted: str) -> None:
    """A name takes the place of the name, a time of the time; anything else is asked for in addition."""
    assert complete(question, previous, replying=replying, names=NAMES) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Hội nghị NATO năm 2025 tổ chức ở đâu?", "Thế nào là NATO?", "Còn ai phát biểu tại hội nghị?",
        "Còn bao nhiêu người mất tích?", "Còn nước nào viện trợ cho Ukraine nữa?", "Vì sao Mỹ rút quân?",
        "What about the money that Germany promised to give Ukraine?", "Andorra ở đâu?", "", "???",
        "Còn ốm đau", "Còn ạ", "CÒN Đức", "x" * 1001, "còn " + "x" * 1000 + " thì sao?",
        "con số thương vong là bao nhiêu", "Thế giới nói gì về Ukraine?", "còn lại bao nhiêu tên lửa",
    ],
)  # fmt: skip
def test_what_stands_alone_is_never_bent(question: str) -> None:
    """Whole questions stay as they are, even when they begin like a follow-up."""
    assert complete(question, "Mỹ viện trợ bao nhiêu?", replying=False, names=NAMES) is None


def test_without_a_talk_there_is_no_subject() -> None:
    """The first question is taken as it is, whatever its form."""
    assert complete("còn Đức thì sao?", None, replying=False, names=NAMES) is None


def test_the_same_again_is_not_exchanged_with_itself() -> None:
    """Asking about what was just asked adds nothing in its place."""
    assert complete("còn Mỹ thì sao?", "Mỹ viện trợ bao nhiêu?", replying=False, names=NAMES) == (
        "Mỹ viện trợ bao nhiêu Mỹ?"
    )


def test_rows_of_spaces_are_one_space() -> None:
    """However the words are set apart, and whether their accents are letters of their own."""
    previous, question = "Mỹ  viện trợ\n bao nhiêu?", "co\u0300n \t Đức\n\n thì" + " " * 4000 + "sao ?"
    assert complete(question, previous, replying=False, names=NAMES) == "Đức viện trợ bao nhiêu?"


def test_a_subject_longer_than_a_question_is_none() -> None:
    """Spelling out does not make ever longer questions of a talk."""
    assert complete("còn Đức thì sao?", "Mỹ " * 334, replying=False, names=NAMES) is None


HOSTILE = {
    "spaces": ("còn", " ", "x"),
    "words": ("còn ", "x ", "y"),
    "endings": ("còn ", "x thì ", "y"),
    "openings": ("", "còn ", "y"),
    "English": ("what about ", "a ", "?x"),
    "years": ("còn năm 1", " ", "năm x"),
    "marks": ("còn ", "? ", "x"),
    "filters": ("", "since:2024-01-01 ", "x"),
    "outlets": ('source:"', "a ", "x"),
}


def _as_previous(text: str) -> object:
    return complete("còn Đức thì sao?", text, replying=True, names=NAMES)


def _as_question(text: str) -> object:
    return complete(text, "Mỹ viện trợ gì cho Ukraine?", replying=True, names=NAMES)


@pytest.mark.parametrize("work", [leans, _as_question, _as_previous, filtered])
@pytest.mark.parametrize(("head", "unit", "tail"), HOSTILE.values(), ids=HOSTILE)
def test_no_question_takes_long(head: str, unit: str, tail: str, work: Callable[[str], object]) -> None:
    """Twice the text takes about twice the time, also where it looks to the end like a form and is none."""
    assert is_linear(lambda text: work(head + text + tail), unit, 1500)
