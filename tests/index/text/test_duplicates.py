"""Repeated news has one duplicate key; what differs in anything that counts has another."""

import re
import unicodedata
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.text.duplicates import duplicate_key, twins
from index.text.terms import terms

NEWS = "Ông Trần Đại Quang nói rằng 5.580 người ở 12 tỉnh đã nhận 3,7 tỷ đồng viện trợ vào ngày 22/4."


def of(text: str) -> int:
    """Return the duplicate key of a text."""
    return duplicate_key(text, terms(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nga thắng.", "NGA  THẮNG."),
        ("Nga thắng.", "Nga\nthắng. "),
        ("Nga thắng.", "Nga thắng!"),
        ("Nga thắng.", "“Nga thắng”"),
        ("Nga - Đức: hoà đàm", "Nga – Đức: hoà đàm"),
        ("hoà giải", unicodedata.normalize("NFD", "hoà giải")),
        ("hoà giải", "hòa giải"),
        ("Có 5.580 người.", "Có 5,580 người."),
        ("tăng 3,7%", "tăng 3.7%"),
        ("Có 5.580 người.", "Có 5580 người."),
        ("lãi 1.234.567 đồng", "lãi 1,234,567 đồng"),
        ("lãi 1.234,5 đồng", "lãi 1,234.5 đồng"),
        ("bán 1.500 tấn, tăng 3,7%", "bán 1,500 tấn, tăng 3.7%"),
        ("ngày 22/4 họp", "ngày 22-4 họp"),
        ("họp 12/7/2024", "họp 12-07-2024"),
        ("thắng 20-15", "thắng 20 – 15"),
        ("lạnh -5 độ", "lạnh −5 độ"),
        ("Ô tô bị cháy ở TP.HCM.", "Ôtô bị cháy ở TP HCM."),
        ("UBND TP Hà Nội họp", "Ủy ban nhân dân thành phố Hà Nội họp"),
        ("Lãi 5 tỉ đồng", "Lãi 5 tỷ đồng"),
        ("Bác sĩ khám ở Huế", "Bác sỹ khám tại Huế"),
        (NEWS, NEWS.replace(" rằng", "").replace("đã ", "")),
        (NEWS, NEWS.replace("vào ngày", "ngày")),
        (NEWS, NEWS.replace("Ông", "Cũng ông").replace("nói rằng", "nói là")),
        ("", " "),
        ("…", "…"),
    ],
)
def test_told_twice(one: str, other: str) -> None:
    """Case, spaces, punctuation, Unicode form, spelling and particles make no other news."""
    assert of(one) == of(other)


APART = [
    ("5 người chết", "15 người chết"),
    ("2 người chết, 15 bị thương", "15 người chết, 2 bị thương"),
    ("tăng 3,7%", "tăng 37%"),
    ("tăng 3,7%", "tăng 3,7"),
    ("-5 độ ở Sa Pa", "5 độ ở Sa Pa"),
    ("lãi suất 3,725%", "lãi suất 3725%"),
    ("bán 1.500 tấn, tăng 3.7%", "bán 1,500 tấn, tăng 3.7%"),
    ("bán 1.500 tấn", "bán 15.00 tấn"),
    ("bán 1,5 tấn", "bán 1.500 tấn"),
    ("15/20 học sinh", "15-20 học sinh"),
    ("họp lúc 15:20", "họp lúc 15-20"),
    ("thắng 2-1", "thắng 2:10"),
    ("theo điều 1,2,3", "theo điều 1.2.3"),
    ("từ 1,5-2,5 độ", "từ 1,5/2,5 độ"),
    ("bà Lan và Anh bị bắt", "bà Lan Anh bị bắt"),
    ("bà Anh Ân bị bắt", "bà An Hân bị bắt"),
    ("Nga thắng", "Nga không thắng"),
    ("Nga thắng", "Nga chưa thắng"),
    ("Nga thắng", "Nga thắng?"),
    ("Nga thắng Đức", "Đức thắng Nga"),
    ("ông Nguyễn Văn An bị bắt", "ông Nguyễn Văn Ân bị bắt"),
    ("ông Lan bị bắt", "bà Lan bị bắt"),
    ("Chủ tịch tỉnh từ chức", "Phó Chủ tịch tỉnh từ chức"),
    ("Chủ tịch tỉnh từ chức", "Cựu Chủ tịch tỉnh từ chức"),
    ("họp ngày 22/4", "họp ngày 2/4"),
    ("họp ngày 22/4/2024", "họp ngày 22/4/2025"),
    ("giá xăng tăng", "giá xăng giảm"),
    ("họp sáng nay", "họp chiều nay"),
    ("mua 5 USD", "mua 5 EUR"),
    ("giá $5", "giá €5"),
    ("Tốt 👍", "Tốt 👎"),
    ("10² km", "102 km"),
    ("Ông H.A bị bắt", "Ông Ha bị bắt"),
    ("tỷ số 2 15", "tỷ số 21 5"),
    ("Ông A đưa ông B về", "Ông A được đưa ông B về"),
    ("tăng 5 triệu", "tăng từ 5 triệu"),
    ("5 người chết", "Hơn 5 người chết"),
    ("họp", "sẽ họp"),
    ("bắn", "bán"),
    ("ma", "má"),
    ("The deal was signed", "The deal was not signed"),
    ("It is over", "It isn't over"),
    ("Nghi phạm bị bắt", "Các nghi phạm bị bắt"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_news(one: str, other: str) -> None:
    """A number, a name, a negation, a date, a direction or a doubt makes other news, long or short."""
    assert of(one) != of(other)
    tail = " theo lời người phát ngôn chính phủ tỉnh Lâm Đồng hôm qua"
    assert of(one + tail) != of(other + tail)
    assert of("Theo báo cáo mới nhất từ hiện trường thì " + one) != of(
        "Theo báo cáo mới nhất từ hiện trường thì " + other
    )


def test_little_is_told_alike_only_word_for_word() -> None:
    """Where hardly anything else is said, particles count."""
    assert of("Vậy đó.") != of("Là vậy.")
    assert of("Vậy đó.") == of("vậy  đó!")


WORDS = (
    "Nga Đức họp tại Hà Nội ngày 22/4 12/7/2024 5.580 3,7% 15 người chết là đã và không ô tô tp cũng của "
    "F-16 NATO euro tỷ this is news"
)
sentences = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25).map(" ".join)


@settings(deadline=None)
@given(sentences, st.data())
def test_any_other_digit_is_other_news(text: str, data: st.DataObject) -> None:
    """Whatever digit is changed to another, the duplicate key is another."""
    places = [match.start() for match in re.finditer(r"\d", text)]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != text[place])
    changed = text[:place] + digit + text[place + 1 :]
    assert of(changed) != of(text)


@settings(deadline=None)
@given(sentences, st.sampled_from(["không", "chưa", "chẳng", "not", "no", "never"]), st.data())
def test_any_negation_is_other_news(text: str, word: str, data: st.DataObject) -> None:
    """Wherever a negation is put, the duplicate key is another."""
    words = text.split()
    place = data.draw(st.integers(0, len(words)))
    assert of(" ".join([*words[:place], word, *words[place:]])) != of(text)


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["upper", "spaces", "nfd"]))
def test_the_same_text_has_the_same_gist(text: str, change: str) -> None:
    """Case, spaces and Unicode form make nothing new of any text."""
    text = "".join(c for c in text if c.upper().casefold() == c.casefold() and not unicodedata.combining(c))
    text = unicodedata.normalize("NFC", text)
    changed = {
        "upper": text.upper(),
        "spaces": f" {text}  ",
        "nfd": unicodedata.normalize("NFD", text),
    }[change]
    assert of(changed) == of(text)


def test_a_word_that_is_too_long_counts_whole() -> None:
    """The term is cut off, the key is not: a digit at its end still counts."""
    assert of("a" * 100 + "1") != of("a" * 100 + "2")
    assert of("họp " + "9" * 100 + "1") != of("họp " + "9" * 100 + "2")


def test_hostile_texts_take_little_time() -> None:
    """A text of endless marks is taken as it is, and half a surrogate pair counts as a character."""
    text = "a" + "\u0301\u0323" * 200_000
    assert of(text) == of(text)
    assert of("\ud800") != of("a")


@settings(deadline=None)
@given(st.lists(st.integers(-3, 3), max_size=20))
def test_twins_are_the_rows_that_are_not_alone(numbers: list[int]) -> None:
    """As a plain grouping finds them."""
    rows = defaultdict(list)
    for row, number in enumerate(numbers):
        rows[number].append(row)
    expected = [row for number in sorted(rows) if len(rows[number]) > 1 for row in rows[number]]
    assert twins(np.asarray(numbers, dtype=np.int64)).tolist() == expected
