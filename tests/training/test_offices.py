"""Offices and holders in sentences, and the questions that they answer."""

import pytest

from index.records import Document
from training.offices import held, may_answer, office_questions
from training.situations import Situation


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Thủ tướng Nhật Bản Shinzo Abe đến Huế.", [("thủ tướng Nhật Bản", "Shinzo Abe")]),
        (
            "Theo Thủ tướng Chính phủ Nguyễn Xuân Phúc, giá giảm.",
            [("thủ tướng Việt Nam", "Nguyễn Xuân Phúc")],
        ),
        ("Bộ trưởng Bộ Công Thương Trần Tuấn Anh nói.", [("bộ trưởng Bộ Công Thương", "Trần Tuấn Anh")]),
        (
            "Tổng thống Mỹ Donald Trump gặp Thủ tướng Đức Angela Merkel.",
            [("tổng thống Mỹ", "Donald Trump"), ("thủ tướng Đức", "Angela Merkel")],
        ),
        ("Tổng thống Mỹ và Nga gặp nhau.", []),
        ("Tổng thống Mỹ đã đến Hà Nội.", []),
        ("Giám đốc Sở Y tế Hà Nội từ chối.", []),
        ("Thủ tướng Anh, bà May.", []),
        ("Giám đốc Nguyễn Văn Nam.", []),  # of what?
        ("", []),
    ],
)
def test_held(sentence: str, expected: list[tuple[str, str]]) -> None:
    """The office ends where the name begins; where either is unclear there is none."""
    found = list(held(sentence))
    assert [(each.office, each.name) for each in found] == expected
    for each in found:
        assert sentence[each.name_start :].startswith(each.name)
        assert sentence[each.start :].lower().startswith(each.office.split()[0])


def test_questions() -> None:
    """Whatever is said to answer does: the words stand at the place, and are the holder or the office."""
    text = "Thủ tướng Nhật Bản Shinzo Abe đến Huế. Mưa to. Thủ tướng Nhật Bản Shinzo Abe đã về."
    other = "Bộ trưởng Bộ Công Thương Trần Tuấn Anh nói với báo chí."
    documents = (Document("a", text), Document("b", other))
    asked, spans = office_questions(Situation("some", documents, ()), 1)
    texts = {document.id: document.text for document in documents}
    assert asked.documents == documents
    assert all(texts[document].startswith(words, start) for (document, start), words in spans.items())
    for question in (each for each in asked.asked if each.places):
        for words in {spans[place] for place in question.places}:
            name = "Shinzo Abe" if "Abe" in question.question + words else "Trần Tuấn Anh"
            assert words == name if name not in question.question else words.lower().startswith(("thủ", "bộ"))
    both = [each for each in asked.asked if len(each.places) == 2]
    assert both
    assert all("Abe" in each.question or "Nhật" in each.question or "Japan" in each.question for each in both)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Shinzo Abe là thủ tướng.", True),
        ("Shinzo Abe là thủ tướng.", True),
        ("Thủ tướng hôm nay đi Huế.", False),
        ("Ông Shinzo Abe hôm nay đi Huế.", False),
    ],
)
def test_what_may_answer_is_not_held_to_be_wrong(text: str, expected: bool) -> None:
    """It names an office and the one who is asked about."""
    assert may_answer("Shinzo Abe giữ chức vụ gì?", text) is expected
