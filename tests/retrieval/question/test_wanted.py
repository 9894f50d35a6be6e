"""What kind of quantity or time a question wants: only what is certain, whatever it is typed like."""

import pytest

from index.text.terms import fold
from retrieval.question import read_question
from retrieval.question.things import AMOUNT, QUANTITY, TIME, Thing

WANTED = [
    # the unit behind
    ("Con trăn gấm dài nhất dài bao nhiêu mét?", Thing.LENGTH),
    ("Bãi đỗ xe rộng bao nhiêu mét vuông?", Thing.AREA),
    ("Khung nhà rộng bao nhiêu m2?", Thing.AREA),
    ("Ông Thắm bị phạt bao nhiêu năm tù?", Thing.DURATION),
    ("OceanBank đã cho vay bao nhiêu tiền?", Thing.MONEY),
    ("Chelsea được định giá bao nhiêu tỉ đô?", Thing.MONEY),
    ("Giá dầu tăng mấy phần trăm?", Thing.SHARE),
    ("Pin của máy có bao nhiêu mAh?", Thing.MEASURE),
    ("Xe chạy bao nhiêu km/h?", Thing.SPEED),
    ("How many kilograms of ivory were found?", Thing.WEIGHT),
    ("How many million dollars did it cost?", Thing.MONEY),
    ("Combien d'années a-t-elle travaillé ?", Thing.DURATION),
    ("¿Cuántos kilómetros mide el cable?", Thing.LENGTH),
    # what is said before
    ("Con cá voi dạt vào Phú Yên dài bao nhiêu?", Thing.LENGTH),
    ("Quả bom bị chôn sâu khoảng bao nhiêu?", Thing.LENGTH),
    ("Ao tôm rộng bao nhiêu?", Thing.AREA | Thing.LENGTH),
    ("Cháu bé nặng bao nhiêu khi chào đời?", Thing.WEIGHT),
    ("Venezuela thắng với tỉ số bao nhiêu ở bán kết?", Thing.SCORE),
    ("Nokia 6 giá bao nhiêu tại Việt Nam?", Thing.MONEY),
    ("Tỉ lệ người mắc bệnh là bao nhiêu?", Thing.SHARE | Thing.COUNT),
    # what is said anywhere
    ("Giá tính lệ phí trước bạ của Mazda CX-9 là bao nhiêu?", Thing.MONEY),
    ("Nhiệt độ sôi của nước là bao nhiêu?", Thing.TEMPERATURE),
    ("How much did VNPT invest in the cable?", Thing.MONEY),
    ("How much did the fish weigh?", Thing.WEIGHT),
    ("Wie viel Schadenersatz muss das Theater zahlen?", Thing.MONEY),
    # the phrase itself
    ("Chị ấy bao nhiêu tuổi?", Thing.AGE),
    ("Ông qua đời năm bao nhiêu tuổi?", Thing.AGE),
    ("Chuyến thăm kéo dài bao lâu?", Thing.DURATION),
    ("Nơi ấy cách mũi Vũng Tàu bao xa?", Thing.LENGTH),
    ("Cá voi dài chừng nào?", Thing.LENGTH),
    ("Casemiro ghi bàn phút mấy?", Thing.ORDINAL),
    ("Việt Nam xếp thứ mấy?", Thing.ORDINAL),
    ("Ông bị trâu số mấy húc?", Thing.LABEL),
    ("Bao nhiêu phần thành phố bị ngập?", Thing.SHARE | Thing.COUNT),
    ("Gửi 12 tháng lãi bao nhiêu?", Thing.SHARE | Thing.MONEY),
    ("How old is Kang Kyung-wha?", Thing.AGE),
    ("How long did the truce last?", Thing.DURATION | Thing.LENGTH),
    ("Wie alt ist Isnilon Hapilon?", Thing.AGE),
    ("Сколько лет президенту?", Thing.AGE),
    ("이 남자는 몇 살입니까?", Thing.AGE),
    ("香港の最低賃金はいくらですか。", Thing.MONEY),
    ("東京スカイツリーの高さは何メートルですか。", Thing.LENGTH),
    ("阿拉斯加的男孩多大年纪？", Thing.AGE),
    # times
    ("Đoàn Thị Hương ra tòa ngày nào?", Thing.DAY),
    ("Nhà được xây từ năm nào?", Thing.YEAR),
    ("Phố đi bộ mở tháng mấy?", Thing.MONTH),
    ("Vụ nổ xảy ra lúc mấy giờ?", Thing.CLOCK),
    ("Thỏa thuận kéo dài mấy giờ đồng hồ?", Thing.DURATION),
    ("At what time was it completed?", Thing.CLOCK),
    ("Khi nào hội nghị diễn ra?", TIME | Thing.DURATION),
    # nothing is said
    ("Dữ liệu ấy đạt bao nhiêu?", QUANTITY),
    ("俄罗斯有多少核弹头？", QUANTITY),
    # no quantity, no time, or not certainly
    ("Ai làm tổng thư ký NATO?", None),
    ("Hội nghị họp ở đâu?", None),
    ("Đối thoại diễn ra bao lâu một lần?", None),
    ("At which hospital was Niels H. working when he was arrested?", None),
    ("Trăn ăn những con gì?", None),
]


@pytest.mark.parametrize(("text", "thing"), WANTED)
def test_the_kind_wanted(text: str, thing: Thing | None) -> None:
    """Each question wants its kind."""
    wanted = read_question(text).wanted
    assert (wanted.thing if wanted else None) == thing


PLAIN = [
    "Con trăn gấm dài nhất dài bao nhiêu mét?",
    "Bãi đỗ xe rộng bao nhiêu mét vuông?",
    "Ông Thắm bị phạt bao nhiêu năm tù?",
    "OceanBank đã cho vay bao nhiêu tiền?",
    "Giá tính lệ phí trước bạ của Mazda CX-9 là bao nhiêu?",
    "Bảo vệ trộm vàng bao nhiêu tuổi?",
    "Vụ cháy làm bao nhiêu người bị thương?",
    "Nhà được xây từ năm nào?",
]


@pytest.mark.parametrize("text", PLAIN)
def test_without_accents(text: str) -> None:
    """Typed without accents and marks a question wants the same."""
    assert read_question(fold(text).lower().rstrip("?")).wanted == read_question(text).wanted


COUNTED = [
    ("Tòa Grenfell có bao nhiêu căn hộ vậy ạ?", ("can", "ho"), False),
    ("Vụ cháy làm bao nhiêu công nhân bị thương?", ("cong", "nhan"), True),
    ("Chương trình giết được bao nhiêu con?", ("con",), False),
    ("vụ nổ làm bn ng chết vậy", ("nguoi", "chet"), True),
    ("ga ra co may chiec o to trong", ("chiec",), False),
    ("How many soldiers died?", (), True),
    ("How many flats does the tower have?", (), False),
    ("何人が死亡しましたか？", (), True),
    ("사고로 숨진 군인은 몇 명입니까?", (), True),
]


@pytest.mark.parametrize(("text", "counted", "people"), COUNTED)
def test_what_is_counted(text: str, counted: tuple[str, ...], people: bool) -> None:
    """The noun of Vietnamese is known, of other languages only whether persons are counted."""
    wanted = read_question(text).wanted
    assert wanted is not None
    assert wanted.thing == Thing.COUNT
    assert (wanted.counted[: len(counted)], wanted.people) == (counted, people)
    assert bool(wanted.counted) is bool(counted)


def test_an_uncountable_is_not_counted() -> None:
    """A "how much" wants no count, though a noun follows."""
    wanted = read_question("How much rice is exported?").wanted
    assert wanted is not None
    assert wanted.thing in (QUANTITY, AMOUNT)
    assert not wanted.counted
