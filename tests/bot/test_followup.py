"""Follow-ups are spelled out; questions that stand alone are left alone."""

from collections.abc import Callable

import pytest

from bot.followup import Turn, leans, points_back, understand
from bot.followup.completion import complete
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
        ("Ai bế mạc hội nghị?", "khi nào vậy?", False, "Ai bế mạc hội nghị khi nào vậy?"),
        ("ai be mac hoi nghi", "o dau the", False, "ai be mac hoi nghi o dau the?"),
        ("Who closed the summit?", "And when?", False, "Who closed the summit And when?"),
        ("My vien tro bao nhieu?", "con Duc?", False, "My vien tro bao nhieu Duc?"),
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
        "Con Dao?", "gì?", "What?", "có không?", "Là ai?",
        "con số thương vong là bao nhiêu", "Thế giới nói gì về Ukraine?", "còn lại bao nhiêu tên lửa",
    ],
)  # fmt: skip
def test_what_stands_alone_is_never_bent(question: str) -> None:
    """Whole questions stay as they are, even when they begin like a follow-up."""
    assert complete(question, "Mỹ viện trợ bao nhiêu?", replying=False, names=NAMES) is None


TURNS = (
    Turn("Ai gặp Giuseppe Dragone?", "Tổng thư ký Jasem Albudaiwi"),
    Turn("Phần Lan và Thụy Điển cam kết gì?"),
    Turn("Le Pen là ai?", "Tổng thống Pháp"),
    Turn("mark rutte la ai"),
    Turn("Căn cứ mới của Mỹ ở đâu?", "bờ biển Baltic của Ba Lan"),
    Turn("Ai gặp Chủ tịch Ủy ban Quân sự?", "Jasem Albudaiwi"),
)


@pytest.mark.parametrize(
    ("turn", "question", "wanted"),
    [
        (0, "Họ nói gì?", "Giuseppe Dragone và Jasem Albudaiwi nói gì?"),
        (0, "What did they discuss?", "What did Giuseppe Dragone and Jasem Albudaiwi discuss?"),
        (1, "họ đồng ý gì với Ankara?", "Phần Lan và Thụy Điển đồng ý gì với Ankara?"),
        (0, "Ông công du nước nào?", "Jasem Albudaiwi công du nước nào?"),
        (0, "Ông tổ chức họp ở đâu?", "Jasem Albudaiwi tổ chức họp ở đâu?"),
        (2, "bà ấy đề xuất gì?", "Le Pen đề xuất gì?"),
        (3, "ong ay di dau", "Mark rutte di dau"),
        (4, "Thủ tướng nước đó là ai?", "Thủ tướng Ba Lan là ai?"),
        (5, "ông ấy từ đâu đến?", "Jasem Albudaiwi từ đâu đến?"),
    ],
)  # fmt: skip
def test_whom_the_talk_named(turn: int, question: str, wanted: str) -> None:
    """Several people together, one before any verb, whom "là ai?" introduced, the country of an answer."""
    assert understand(question, TURNS[turn : turn + 1], NAMES) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Họ Nguyễn có bao nhiêu người?", "Họ hàng của Trump là ai?", "Ông chủ Nhà Trắng là ai?",
        "Bà con ở đâu?", "Ông tổ nghề gốm là ai?", "Ông Trump đi đâu?",
        "Người Mỹ nghĩ gì về tổng thống của họ?", "What did Germany say they need?", "Tại sao họ nói vậy?",
    ],
)  # fmt: skip
def test_words_that_only_look_like_somebody(question: str) -> None:
    """Words of two syllables, names, and people named in the question itself."""
    assert understand(question, TURNS[:1], NAMES) is None


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
    "people": ("", "ông ", "y"),
    "who": ("", "a ", "là ai"),
    "filters": ("", "since:2024-01-01 ", "x"),
    "outlets": ('source:"', "a ", "x"),
}


def _as_previous(text: str) -> object:
    return complete("còn Đức thì sao?", text, replying=True, names=NAMES)


def _as_question(text: str) -> object:
    return complete(text, "Mỹ viện trợ gì cho Ukraine?", replying=True, names=NAMES)


def _understood(text: str) -> object:
    return understand(text, TURNS[:1], NAMES)


@pytest.mark.parametrize("work", [leans, points_back, _understood, _as_question, _as_previous, filtered])
@pytest.mark.parametrize(("head", "unit", "tail"), HOSTILE.values(), ids=HOSTILE)
def test_no_question_takes_long(head: str, unit: str, tail: str, work: Callable[[str], object]) -> None:
    """Twice the text takes about twice the time, even if it looks like a form until its very end."""
    assert is_linear(lambda text: work(head + text + tail), unit, 1500)
