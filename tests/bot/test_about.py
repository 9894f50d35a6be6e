"""What a collection is about, from its own words."""

from pathlib import Path

import pytest

from bot.about import questions, subject

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_the_sample_collection_is_about_the_war_and_its_parties() -> None:
    """The most frequent names of the seeds, and no halves of words ("Tổng" of "Tổng thống")."""
    found = subject(path.read_text("utf-8") for path in SEEDS)
    assert found.names[:4] == ("Ukraine", "NATO", "Mỹ", "Nga")
    assert {"Pháp", "Đức", "Trump"} <= found.words
    assert "Tổng" not in found.words


def test_texts_without_names_give_none() -> None:
    """Nothing is made up."""
    assert subject(["chỉ có chữ thường. Câu hai. câu ba.", ""]).names == ()


def test_questions_come_from_sentences_that_answer_them() -> None:
    """A date becomes "when", a figure "how many"; what the collection does not answer is dropped."""
    sentences = [
        "Ngày 11/7, Tổng thư ký NATO Jens Stoltenberg đã tuyên bố bế mạc hội nghị tại Washington.",
        "Mỹ vừa thông báo sẽ cung cấp thêm gói viện trợ quân sự trị giá 275 triệu USD cho Ukraine.",
        "Không có gì để hỏi ở đây.",
    ]
    assert questions(sentences, lambda question, sentence: sentence in sentences) == (
        "Mỹ vừa thông báo sẽ cung cấp thêm gói viện trợ quân sự trị giá bao nhiêu triệu USD?",
        "Tổng thư ký NATO Jens Stoltenberg đã tuyên bố bế mạc hội nghị tại Washington khi nào?",
    )
    assert questions(sentences, lambda question, sentence: False) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Vợ của ông Fritz Müller ở làng đã sinh cho ông 7 người con.",
        "Tổng thư ký Jens Stoltenberg của khối đã hoan nghênh việc 32 thành viên cùng ký.",
        "Ngày 1/8, chuyển xã Trung Hưng của huyện Ba Vì về thị xã Sơn Tây quản lý.",
        "Ngày 5/5, tượng đài này được quản lý bởi tổ chức National Trust, theo báo.",
        "Ngày 5/5, các nước châu Âu đã họp và thông báo rằng, mọi việc tốt đẹp.",
        "Hôm qua, tại Paris các nước châu Âu đã họp bàn về việc viện trợ, mọi việc tốt đẹp.",
    ],
)
def test_what_would_read_stiffly_is_no_example(sentence: str) -> None:
    """No question leans on another sentence, begins with a verb, breaks off, or counts half a word."""
    assert questions([sentence], lambda question, sentence: True) == ()
