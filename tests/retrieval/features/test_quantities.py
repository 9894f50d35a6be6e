"""The quantities and times of sentences, and digits that are neither, written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.features.quantities import quantities
from retrieval.question.things import Thing

FOUND = [
    ("Bà nhận 5 tỷ đồng.", [(Thing.MONEY, "5 tỷ đồng")]),
    ("Xe giá 18,8 triệu USD.", [(Thing.MONEY, "18,8 triệu USD")]),
    ("Vé giá $300.", [(Thing.MONEY, "300")]),
    ("Ước tính nửa triệu USD.", [(Thing.MONEY, "nửa triệu USD")]),
    ("Ông còn nợ gần 900 tỷ.", [(Thing.MONEY | Thing.COUNT, "900 tỷ")]),
    ("Nhà rộng 70 m2.", [(Thing.AREA, "70 m2")]),
    ("Nhà rộng 70 mét vuông.", [(Thing.AREA, "70 mét vuông")]),
    ("Trăn dài 4,3 m.", [(Thing.LENGTH, "4,3 m")]),
    ("Cao 1,7m.", [(Thing.LENGTH, "1,7m")]),
    ("Cách mũi Vũng Tàu khoảng 9 hải lý.", [(Thing.LENGTH, "9 hải lý")]),
    ("Quả bom nặng 300 kg.", [(Thing.WEIGHT, "300 kg")]),
    ("Xe chạy 60 km/h.", [(Thing.SPEED, "60 km/h")]),
    ("Nhiệt độ là 29 - 32 độ C.", [(Thing.TEMPERATURE, "29 - 32 độ C")]),
    ("Ông bị phạt hai mươi năm tù.", [(Thing.DURATION, "hai mươi năm")]),
    ("Họ chờ trong 3 giờ.", [(Thing.DURATION, "3 giờ")]),
    ("Họ gặp lúc 3 giờ sáng.", [(Thing.CLOCK, "3 giờ")]),
    ("Vụ nổ xảy ra lúc 17h30.", [(Thing.CLOCK, "17h30")]),
    ("Lúc 22 giờ 15 phút anh đi.", [(Thing.CLOCK, "22 giờ 15 phút")]),
    ("Nghi phạm 22 tuổi.", [(Thing.AGE, "22 tuổi")]),
    ("Ông qua đời ở tuổi 89.", [(Thing.AGE, "89")]),
    ("Nợ công bằng 63,7% GDP.", [(Thing.SHARE, "63,7%")]),
    ("Pin 3.000 mAh.", [(Thing.MEASURE, "3.000 mAh")]),
    ("Có 37 người chết.", [(Thing.COUNT, "37")]),
    ("Có 5-7 người.", [(Thing.COUNT | Thing.SCORE, "5-7")]),
    ("Three soldiers died.", [(Thing.COUNT, "Three")]),
    ("Hàng triệu người xem.", [(Thing.COUNT, "triệu")]),
    ("Đội thua với tỷ số 0-6.", [(Thing.COUNT | Thing.SCORE, "0-6")]),
    ("Anh ghi bàn ở phút 27.", [(Thing.ORDINAL, "27")]),
    ("Ông sinh năm 1984.", [(Thing.YEAR, "1984")]),
    ("Từ tháng 6/2016 ông đi.", [(Thing.MONTH | Thing.YEAR, "6/2016")]),
    ("Vào tháng 4 ông đi.", [(Thing.MONTH, "4")]),
    ("Hội nghị họp ngày 22/4.", [(Thing.DAY | Thing.MONTH, "22/4")]),
    ("Rạng sáng 2-6 anh bước vào.", [(Thing.DAY | Thing.MONTH, "2-6")]),
    ("Wanda sinh 19/12/1986.", [(Thing.DAY | Thing.MONTH | Thing.YEAR, "19/12/1986")]),
    ("Căn hộ ở quận 9.", [(Thing.LABEL, "9")]),
    ("Năm 2000 có 2000 người.", [(Thing.YEAR, "2000"), (Thing.YEAR, "2000")]),
]


@pytest.mark.parametrize(("sentence", "found"), FOUND)
def test_what_is_found(sentence: str, found: list[tuple[Thing, str]]) -> None:
    """Each quantity of a kind, with its unit."""
    kinds = [(each.thing, sentence[each.start : each.end]) for each in quantities(sentence, Thing.COUNT)]
    assert [each for each in kinds if each[0]] == found


NONE = [
    "Nga bán S-400 và F-16.",
    "Xe CX-9 có 4G.",
    "Kíp lái rời khỏi xe (Ảnh: United24).",
    "Kíp lái rời khỏi xe – Ảnh: TTXVN, 3 bức.",
    "United24 gom tiền.",
    "Gọi số 0912345678.",
    "Ba Lan ký hiệp định.",
    "Ông nhấn mạnh việc ngừng bắn.",
    "",
]


@pytest.mark.parametrize("sentence", NONE)
def test_what_is_none(sentence: str) -> None:
    """Names, credits and telephone numbers count nothing."""
    counting = [each for each in quantities(sentence) if each.thing & ~Thing.LABEL]
    assert counting == []


def test_nouns() -> None:
    """What is counted comes after the number, without accents; after a weak number too."""
    (first, second) = quantities("Có 37 người thiệt mạng, ba con trâu bị thương.")
    assert (first.noun[:1], second.noun[:2]) == (("nguoi",), ("con", "trau"))
    assert (first.thing, bool(second.thing)) == (Thing.COUNT, False)


def test_times_in_words() -> None:
    """Looked for where they are wanted."""
    sentence = "Hôm thứ Tư ông về nhì."
    assert [each.thing for each in quantities(sentence, Thing.DAY)] == [Thing.DAY]
    assert quantities(sentence, Thing.MONEY) == []


@given(st.text(alphabet="0123456789.,-/: ốnămbahikgtỷđồ%$()\n", max_size=60))
def test_places(sentence: str) -> None:
    """Whatever the text: places lie inside, and what is found begins with a digit, a word or a sign."""
    for each in quantities(sentence):
        assert 0 <= each.start < each.end <= len(sentence)
        assert sentence[each.start].isalnum()
