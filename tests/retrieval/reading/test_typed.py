"""Whether sentences hold what is asked for: traps of both polarities, judged by hand."""

import pytest

from retrieval.question import read_question
from retrieval.reading.typed import TYPED, holdings, typed

HELD = [
    # question, sentence, whether it holds the kind
    ("Con cá voi dài bao nhiêu?", "Ngày 30/5, lúc 5 giờ, ngư dân phát hiện con cá voi.", -1),
    ("Con cá voi dài bao nhiêu?", "Con cá voi dài hơn 10 mét.", 1),
    ("Xe giá bao nhiêu tiền?", "Nhà rộng 70 m2.", -1),
    ("Xe giá bao nhiêu tiền?", "Xe được bán với giá 4 tỷ đồng.", 1),
    ("Bà cao bao nhiêu?", "Bà 22 tuổi.", -1),
    ("Bà bao nhiêu tuổi?", "Bà cao được 1,7 m.", -1),
    ("Bà bao nhiêu tuổi?", "Bà 22 tuổi.", 1),
    ("Kíp lái có bao nhiêu người?", "Kíp lái rời khỏi xe (Ảnh: United24).", -1),
    ("Kíp lái có bao nhiêu người?", "Kíp lái có 3 người (Ảnh: United24).", 1),
    ("Giết được bao nhiêu con trăn?", "Trăn gấm sinh sôi rất nhanh.", -1),
    ("Giết được bao nhiêu con trăn?", "Một con trăn đã bị giết.", 1),
    ("Ông sinh năm nào?", "Sáng 21/6 ông qua đời.", -1),
    ("Ông sinh năm nào?", "Ông (SN 1986) quê ở Lạng Sơn.", 1),
    ("Vụ nổ xảy ra lúc mấy giờ?", "Vụ nổ xảy ra hôm thứ Tư.", -1),
    ("Vụ nổ xảy ra lúc mấy giờ?", "Vụ nổ xảy ra lúc 0 giờ 5 phút.", 1),
    ("Anh ghi bàn phút mấy?", "Anh ghi được 2 bàn.", -1),
    ("Anh ghi bàn phút mấy?", "Anh ghi bàn ở phút 64.", 1),
    ("How long was the snake?", "Con rắn bò vào nhà ông Derrick.", -1),
    ("How many soldiers died?", "Ít nhất 13 binh sĩ thiệt mạng.", 1),
    # what the question says itself is no answer
    ("Người chết ngày 21/6 bao nhiêu tuổi?", "Ngày 21/6 có người chết.", -1),
    ("Trong 15 quả có bao nhiêu quả chứa ma túy?", "Họ gửi 15 quả.", -1),
    ("Trong 15 quả có bao nhiêu quả chứa ma túy?", "Trong 15 quả, 9 quả chứa ma túy.", 1),
    # what cannot be told
    ("Ai là chủ tọa?", "Phiên xử bắt đầu lúc 9 giờ.", 0),
    ("Khi nào hòn đảo đổi chủ?", "Hòn đảo đổi chủ khi Pháp lập thuộc địa.", 0),
    ("Khi nào hòn đảo đổi chủ?", "Hòn đảo rất đẹp.", -1),
    ("Wie alt ist Ali?", "Ali ist in Hanoi geboren.", 0),
]


@pytest.mark.parametrize(("question", "sentence", "kind"), HELD)
def test_kind(question: str, sentence: str, kind: float) -> None:
    """The kind is there, is not, or is unknown."""
    (held,) = holdings(read_question(question), [sentence])
    assert held.kind == kind


OF_COUNTRY = [
    # question, sentence, the words that answer, whether they are said of the country
    ("Mỹ có bao nhiêu đầu đạn?", "Theo các nhà khoa học Mỹ, Nga có 5.580 đầu đạn.", "5.580", -1),
    ("Nga có bao nhiêu đầu đạn?", "Theo các nhà khoa học Mỹ, Nga có 5.580 đầu đạn.", "5.580", 1),
    ("How many warheads does Russia have?", "Nga có 5.580 đầu đạn, hơn Mỹ.", "5.580", 1),
    ("Nga có bao nhiêu đầu đạn?", "Có 5.580 đầu đạn ở Mỹ.", "5.580", 0),
    ("Có bao nhiêu đầu đạn?", "Nga có 5.580 đầu đạn.", "5.580", 0),
    ("Ai đứng đầu Nga?", "Tổng thống Nga Putin gặp Tổng thống Mỹ Trump.", "Putin", 1),
    ("Ai đứng đầu Nga?", "Tổng thống Nga Putin gặp Tổng thống Mỹ Trump.", "Trump", -1),
    ("Ai đứng đầu Nga?", "Tổng thống Nga Putin gặp Tổng thống Mỹ Trump.", None, 0),
]


@pytest.mark.parametrize(("question", "sentence", "words", "told"), OF_COUNTRY)
def test_of_which_country_the_words_are_said(
    question: str, sentence: str, words: str | None, told: float
) -> None:
    """The last one that is named before them."""
    marked = None if words is None else (sentence.index(words), sentence.index(words) + len(words))
    found = typed(holdings(read_question(question), [sentence]), [marked])
    assert found[0, TYPED.index("of_country")] == told


COUNTED = [
    ("Kíp lái có bao nhiêu người?", "Chiếc xe cháy làm 37 người chết.", 1),
    ("Vụ nổ làm bao nhiêu công nhân bị thương?", "Có 37 nạn nhân.", 1),
    ("Túi khí lỗi làm bao nhiêu người chết?", "Khoảng 100 triệu xe bị thu hồi.", -1),
    ("Có bao nhiêu con trâu tham gia?", "Có 16 con trâu và 3 người.", 1),
    ("Có bao nhiêu con trâu tham gia?", "Có 3 người tham gia.", -1),
    ("How many soldiers died?", "Khoảng 100 triệu xe bị thu hồi.", -1),
    ("How many flats does it have?", "Tòa nhà có 120 căn hộ.", 0),
    ("Trăn dài bao nhiêu?", "Trăn dài 4 mét.", 0),
]


@pytest.mark.parametrize(("question", "sentence", "counted"), COUNTED)
def test_counted(question: str, sentence: str, counted: float) -> None:
    """A count comes with the noun asked for, or with a word for people."""
    (held,) = holdings(read_question(question), [sentence])
    assert held.counted == counted


def test_marked_words() -> None:
    """The marked words are of the kind, are not, or do not exist; without a kind nothing is said."""
    question = read_question("Ông nhận bao nhiêu tiền?")
    sentence = "Ông 40 tuổi nhận 5 tỷ đồng."
    held = holdings(question, [sentence] * 3)
    money, age = sentence.index("5 tỷ"), sentence.index("40")
    found = typed(held, [(money, money + 9), (age, age + 7), None])
    assert found[:, TYPED.index("marked")].tolist() == [1, -1, 0]
    untold = typed(holdings(read_question("Ai nhận tiền?"), [sentence]), [(0, 3)])
    assert untold.tolist() == [[0] * len(TYPED)]


def test_nothing_to_look_at() -> None:
    """No sentences give no rows."""
    assert typed([], []).shape == (0, len(TYPED))
