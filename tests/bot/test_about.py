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
    """A place, a day, a figure or an office is asked for; what the collection does not answer is dropped."""
    sentences = [
        "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.",
        "Ngày 11/7, các nhà lãnh đạo NATO đã gặp gỡ Thủ tướng Nhật Bản.",
        "Mỹ cung cấp thêm gói viện trợ quân sự trị giá 275 triệu USD cho Ukraine.",
        "Hôm qua Tổng thống Ukraine Volodymyr Zelensky lên tiếng.",
        "Không có gì để hỏi ở đây.",
    ]
    asked = (
        "Ai là tổng thống Ukraine?",
        "Các nhà lãnh đạo NATO đã gặp gỡ Thủ tướng Nhật Bản khi nào?",
        "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?",
    )
    found = questions(sentences, lambda question, among: among <= set(sentences), ("Ukraine", "NATO"))
    assert set(found) == set(asked)
    assert questions(sentences, lambda question, among: False) == ()


def test_of_each_kind_one_comes_first() -> None:
    """Three offices and a place give the place and two offices."""
    held = [f"Tổng thống {land} Jan Van Dam đã đến." for land in ("Ba Lan", "Séc", "Đức")]
    placed = "Hội nghị các nhà lãnh đạo Liên minh châu Âu năm 2025 diễn ra tại Paris, Pháp."
    found = questions([*held, placed], lambda question, among: True, ("Ba Lan", "Séc", "Đức"))
    assert len(found) == 3
    assert "Hội nghị các nhà lãnh đạo Liên minh châu Âu năm 2025 diễn ra ở đâu?" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Vợ của ông Fritz Müller ở làng đã sinh cho ông 7 người con.",
        "Tổng thư ký Jens Stoltenberg của khối đã hoan nghênh việc 32 thành viên cùng ký.",
        "Ngày 1/8, chuyển xã Trung Hưng của huyện Ba Vì về thị xã Sơn Tây quản lý.",
        "Ngày 5/5, tượng đài này được quản lý bởi tổ chức National Trust, theo báo.",
        "Ngày 5/5, các nước châu Âu đã họp và thông báo rằng, mọi việc tốt đẹp.",
        "Tổng thống Ukraine Volodymyr Zelensky tuyên bố Kiev sẵn sàng nhận 5 tỷ USD cho quốc phòng.",
        "Ngày 9/7, Tổng thống đắc cử Donald Trump thông báo chọn ông Matthew Whitaker, đặt ở NATO.",
        "Ngày 9/7, các nhà lãnh đạo NATO đã gặp gỡ các nhà lãnh đạo Australia, Nhật Bản và Hàn Quốc.",
        "Mỹ vừa thông báo sẽ cung cấp thêm gói viện trợ quân sự trị giá 275 triệu USD cho Ukraine.",
        "Xã họp bàn và sau đó đã huy động 300 người cho việc chung.",
        "Hôm qua, tại Paris các nước châu Âu đã họp bàn về việc viện trợ, mọi việc tốt đẹp.",
    ],
)
def test_what_would_read_stiffly_is_no_example(sentence: str) -> None:
    """No question leans on another sentence, begins with a verb, breaks off, is two, or names nothing."""
    assert questions([sentence], lambda question, sentence: True) == ()
