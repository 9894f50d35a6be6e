"""Whether a sentence offers a date, a number, a place, a person or a reason."""

import unicodedata

import pytest

from retrieval.features.answer_types import offers
from retrieval.records import AnswerType

CASES = [
    ("when", "Ngày 22/4, Tổng thống tuyên bố.", 1.0),
    ("when", "Hội nghị năm 2025 sẽ họp.", 1.0),
    ("when", "Hôm thứ Tư ông rời đi.", 1.0),
    ("when", "Ông nhấn mạnh việc ngừng bắn.", -1.0),
    ("when", "They met on Monday.", 1.0),
    ("when", "They met.", -1.0),
    ("when", "会议于7月9日举行。", 1.0),
    ("when", "Chiều nay Chủ tịch lên đường.", 1.0),
    ("when", "Hôm Chủ nhật họ gặp nhau.", 1.0),
    ("when", "Căng thẳng ngày càng tăng.", -1.0),
    ("when", "Thập niên trước đã khác.", 1.0),
    ("quantity", "Nga có 5.580 đầu đạn.", 1.0),
    ("quantity", "Ba nước đã ký.", 1.0),
    ("quantity", "Hàng triệu người xem.", 1.0),
    ("quantity", "Ngày 20-11, năm 2024, ông thăm Ba Lan.", -1.0),
    ("quantity", "Nga bán S-400 cho các quốc gia.", -1.0),
    ("quantity", "Năm 2024 có 2.024 người.", 1.0),
    ("quantity", "Ông nhấn mạnh việc ngừng bắn.", -1.0),
    ("quantity", "Three countries signed.", 1.0),
    ("quantity", "三十个国家", 1.0),
    ("quantity", "Kíp lái rời khỏi xe (Ảnh: United24).", -1.0),
    ("quantity", "United24 gom tiền.", -1.0),
    ("quantity", "Kíp lái rời khỏi xe – Ảnh: TTXVN, 3 bức.", -1.0),
    ("quantity", "Kíp lái có 3 người (Ảnh: United24).", 1.0),
    ("quantity", "Bức ảnh: 3 người đứng cạnh xe và nhìn theo. Trời mưa.", 1.0),
    ("where", "NATO họp tại Brussels.", 1.0),
    ("where", "They met in Paris.", 1.0),
    ("where", "Ông nhấn mạnh việc ngừng bắn.", -1.0),
    ("where", "họp tại nhà", -1.0),
    ("who", "Cuộc họp do ông Mark Rutte chủ trì.", 1.0),
    ("who", "Cuộc họp kết thúc.", -1.0),
    ("who", "Cuộc Họp.", -1.0),
    ("who", "Cuộc họp kết thúc. Ảnh: Lan Anh/TTXVN", -1.0),
    ("who", "Cuộc họp kết thúc (Nguồn: Tân Hoa Xã).", -1.0),
    ("who", "Cuộc họp do ông Mark Rutte chủ trì (Ảnh: AFP).", 1.0),
    ("why", "Ông đi vì lo ngại.", 1.0),
    ("why", "He left because of it.", 1.0),
    ("why", "Ông rời đi.", -1.0),
    ("what", "Ông rời đi.", 0.0),
    ("how", "Ông rời đi.", 0.0),
    (None, "Ông rời đi 22/4.", 0.0),
    ("when", "Họ rời đi khi Pháp lập thuộc địa.", 0.0),
    ("when", "Cuộc chiến 1898 làm thay đổi hòn đảo.", 1.0),
    ("when", "Giữa thế kỉ trước, họ đến đây.", 1.0),
    ("when", "The island changed after the war.", 0.0),
    ("when", "Der Gipfel fand im März statt.", 0.0),
    ("quantity", "Quốc hội thông qua năm đạo luật.", 0.0),
    ("quantity", "Họ sống ở đây 2000 năm.", 1.0),
    ("quantity", "Nga bán S-400 cho một quốc gia.", 0.0),
    ("quantity", "The flag has Thirteen stripes.", 1.0),
    ("when", "It was made in the 1950s.", 1.0),
    ("when", "Hai nước cam kết thể hiện sự đoàn kết, đồng thời dẫn đầu khối.", -1.0),
    ("when", "Kiến lan rộng sau sự kiện ấy.", 0.0),
    ("quantity", "Встреча прошла вчера.", 0.0),
    ("when", "", 0.0),
    ("who", "- ' -", 0.0),
]


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES)
def test_offers(kind: str | None, sentence: str, expected: float) -> None:
    """A sentence offers what it contains, in either Unicode form; the unknown is 0."""
    wanted = AnswerType(kind) if kind else None
    assert offers(wanted, sentence) == expected
    assert offers(wanted, unicodedata.normalize("NFD", sentence)) == expected
